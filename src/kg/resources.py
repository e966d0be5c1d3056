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


def knowledge_file(name: str | Path) -> Path:
    """The path of one file below `ontology/`, e.g. `lexicon/units.tsv`."""
    path = ontology() / name
    if not path.is_file():
        raise KnowledgeError("no such file in the ontology folder", path=str(name))
    return path


def knowledge_files(pattern: str) -> tuple[Path, ...]:
    """All files below `ontology/` that match a glob, sorted by name."""
    return tuple(sorted(ontology().glob(pattern)))


def knowledge_name(path: Path) -> str:
    """How messages name a file: its path below `ontology/`, or for a file that lies elsewhere its whole path."""
    return path.relative_to(ontology()).as_posix() if path.is_relative_to(ontology()) else path.as_posix()


def knowledge_text(name: str | Path) -> str:
    """The text of a file; raises KnowledgeError where it cannot be read or is not UTF-8."""
    path = knowledge_file(name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = f"the file is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise KnowledgeError(problem, path=knowledge_name(path)) from error
    except OSError as error:
        raise KnowledgeError(f"the file cannot be read ({error.strerror})", path=knowledge_name(path)) from error


def knowledge_triples(name: str | Path) -> Iterator[ox.Quad]:
    """The triples of a Turtle file; raises KnowledgeError where it is not valid Turtle."""
    import pyoxigraph as ox

    text = knowledge_text(name)
    try:
        yield from ox.parse(text, format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise KnowledgeError(f"no valid Turtle ({error})", path=knowledge_name(knowledge_file(name))) from error
