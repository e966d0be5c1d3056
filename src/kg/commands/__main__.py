"""`python -m kg.commands` equals `kg`."""

from . import main

if __name__ == "__main__":
    main(prog_name="kg")
