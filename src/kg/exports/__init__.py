"""The whole store in other formats, chosen by the suffix of the file.

The same data gives the same bytes, in every format and on every run, unless the order is left to the engine; nothing
tells the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import UnknownFormat
from ..files import replacing
from ..store import Store
from .graphs import gexf, graphml
from .parquet import folder_of_facts
from .sheets import folder_of_sheets, zipped
from .standard import STREAMED, jsonld, nquads, ntriples, rdfxml, streamed
from .turtle import from_triples, trig, turtle

__all__ = ["TEXT_FORMATS", "export", "from_triples", "write"]


def _written(pieces: Callable[[Store], Iterator[str]]) -> Callable[[Store, BinaryIO], None]:
    return lambda store, out: out.writelines(piece.encode() for piece in pieces(store))


_WRITERS: Final[dict[str, Callable[[Store, BinaryIO], None]]] = {
    ".ttl": _written(turtle),
    ".trig": _written(trig),
    ".nt": _written(ntriples),
    ".nq": _written(nquads),
    ".jsonld": jsonld,
    ".rdf": rdfxml,
    ".graphml": graphml,
    ".gexf": gexf,
    ".csv.zip": zipped,
}

_FOLDERS: Final[dict[str, Callable[[Store, Path], None]]] = {".csv": folder_of_sheets, ".parquet": folder_of_facts}

TEXT_FORMATS: Final = tuple(suffix for suffix in _WRITERS if suffix != ".csv.zip")
"""The formats that can be written to a terminal or a pipe."""


def export(store: Store, target: Path, *, ordered: bool = True) -> Path:
    """Write the store to a file or, for `.csv` and `.parquet`, to a folder; the old one is replaced only when done.

    Parquet holds the facts alone. Without `ordered` triples come as the engine has them, faster and in little memory.
    Raises UnknownFormat for another suffix, OutputError where the place cannot be written, InputError where the
    library of a format is missing.
    """
    suffix = _suffix(target.name)
    if suffix in _FOLDERS and ordered:
        _FOLDERS[suffix](store, target)
        return target
    write_in = _writer(suffix, ordered)
    with replacing(target) as out:
        write_in(store, out)
    return target


def write(store: Store, suffix: str, out: BinaryIO, *, ordered: bool = True) -> None:
    """Write the store to a stream in one of TEXT_FORMATS; raises UnknownFormat for another one."""
    if suffix not in TEXT_FORMATS:
        raise UnknownFormat(suffix, TEXT_FORMATS)
    _writer(suffix, ordered)(store, out)


def _writer(suffix: str, ordered: bool) -> Callable[[Store, BinaryIO], None]:
    if ordered:
        return _WRITERS[suffix]
    if suffix not in STREAMED:
        raise UnknownFormat(f"{suffix} in any order", tuple(STREAMED))
    return lambda store, out: streamed(store, suffix, out)


def _suffix(name: str) -> str:
    known = (*_WRITERS, *_FOLDERS)
    found = next((suffix for suffix in known if name.lower().endswith(suffix)), None)
    if found is None:
        raise UnknownFormat(name, known)
    return found
