"""`python cli.py …` from a clone equals `kg …`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from kg.commands import main

if __name__ == "__main__":
    main(prog_name="kg")
