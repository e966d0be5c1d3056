"""Where the ontology folder lies: beside `src/` in a clone, inside the package when installed.

The only module that knows. Every other one asks for a file by its path below `ontology/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .errors import KnowledgeError


@cache
def ontology() -> Path:
    """The ontology folder."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_ontology", package.parents[1] / "ontology"):
        if folder.is_dir():
            return folder
    raise KnowledgeError("the ontology folder is missing; install the package again", path=str(package))


def knowledge_file(name: str) -> Path:
    """The path of one file below `ontology/`, e.g. `lexicon/units.tsv`."""
    path = ontology() / name
    if not path.is_file():
        raise KnowledgeError("no such file in the ontology folder", path=name)
    return path


def knowledge_files(pattern: str) -> tuple[Path, ...]:
    """All files below `ontology/` that match a glob, sorted by name."""
    return tuple(sorted(ontology().glob(pattern)))
