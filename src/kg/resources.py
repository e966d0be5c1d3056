"""Where the ontology folder lies: beside `src/` in a clone, inside the package when installed.

The only module that knows, and the one door through which its files are read. Every other module asks for a file by
its path below `ontology/`; that path also names the file in every KnowledgeError.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import KnowledgeError

if TYPE_CHECKING:
    import pyoxigraph as ox


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


def knowledge_name(path: Path) -> str:
    """How messages name a file: its path below `ontology/`, or for a file that lies elsewhere its whole path."""
    return path.relative_to(ontology()).as_posix() if path.is_relative_to(ontology()) else path.as_posix()


def knowledge_text(file: str | Path) -> str:
    """The text of a file, given by its path below `ontology/`; raises KnowledgeError where it is not UTF-8."""
    path = ontology() / file
    if not path.is_file():
        raise KnowledgeError("no such file in the ontology folder", path=knowledge_name(path))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = f"the bytes from {error.start} on are not UTF-8; save the file as UTF-8"
        raise KnowledgeError(problem, path=knowledge_name(path)) from error
    except OSError as error:
        raise KnowledgeError(f"cannot be read ({error.strerror})", path=knowledge_name(path)) from error


def knowledge_triples(file: str | Path) -> Iterator[ox.Triple]:
    """The triples of a Turtle file; raises KnowledgeError where it is not valid Turtle."""
    import pyoxigraph as ox

    text = knowledge_text(file)
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise KnowledgeError(f"no valid Turtle ({error})", path=knowledge_name(ontology() / file)) from error
