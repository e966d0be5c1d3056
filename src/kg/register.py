"""What a store knows of the files that it was filled from: a named graph that no query and no export sees.

For each file there is the hash of what was read, "" while it is not read to its end, who has read it, and which
readings it gave; for a reading its manner, what besides its article and reader made it what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from .model import RULES
from .namespaces import DCTERMS, PROV
from .store import Draft, Store
from .store.layout import FILES

_SOURCE, _DIGEST, _READER = (ox.NamedNode(iri) for iri in (DCTERMS.source, DCTERMS.identifier, PROV.wasAssociatedWith))
_GIVEN: Final = "SELECT ?file ?run WHERE { ?run dcterms:source ?file }"

Node = ox.NamedNode


@dataclass(frozen=True, slots=True)
class Record:
    """What a store knows of a file: the hash of what was read, "" while it is not read to its end, and who read."""

    digest: str
    readers: frozenset[str] = frozenset({RULES})


def records(store: Store, files: Iterable[Path] | None = None) -> dict[Path, Record]:
    """The files that the store was filled from, or those of some."""
    wanted = None if files is None else [path.as_uri() for path in files]
    readers: dict[str, set[str]] = {}
    for file, reader in store.beside(FILES, _READER.value, wanted):
        readers.setdefault(file, set()).add(cast(ox.Literal, reader).value)
    digests = store.beside(FILES, _DIGEST.value, wanted)
    return {
        _path(file): Record(cast(ox.Literal, digest).value, frozenset(readers.get(file, {RULES})))
        for file, digest in digests
    }


def manners(store: Store, path: Path) -> dict[str, str]:
    """The readings that a store has of a file, each with its manner."""
    runs = [run for run, _ in store.beside(FILES, _SOURCE.value, object=path.as_uri())]
    known = {run: cast(ox.Literal, manner).value for run, manner in store.beside(FILES, _READER.value, runs)}
    return {run: known.get(run, "") for run in runs}


def given(draft: Draft, files: Iterable[Node]) -> dict[Node, set[Node]]:
    """The readings that files gave, for those files that gave any."""
    found: dict[Node, set[Node]] = {}
    for file, run in draft.graph.select(_GIVEN, "?file", files, graph=_graph(draft)):
        found.setdefault(file, set()).add(run)
    return found


def given_by_none_but(draft: Draft, runs: Iterable[Node], files: Collection[Node]) -> set[Node]:
    """Those of the readings that no other file gave than these."""
    wanted = set(runs)
    found = draft.graph.select(_GIVEN, "?run", wanted, graph=_graph(draft))
    return wanted - {run for file, run in found if file not in files}


def givers(draft: Draft, runs: Iterable[Node]) -> set[Node]:
    """The files that gave any of the readings."""
    return {file for file, _ in draft.graph.select(_GIVEN, "?run", runs, graph=_graph(draft))}


def manners_of(draft: Draft, runs: Iterable[Node]) -> dict[str, str]:
    """The manner of readings, of those that have one."""
    said = draft.graph.about(runs, graph=_graph(draft))
    return {str(quad.subject)[1:-1]: cast(ox.Literal, quad.object).value for quad in said if quad.predicate == _READER}


def record(draft: Draft, file: Node, record: Record, runs: Iterable[str]) -> Iterator[ox.Quad]:
    """What the store is to know of a file and of the readings that it gave."""
    graph = _graph(draft)
    yield ox.Quad(file, _DIGEST, ox.Literal(record.digest), graph)
    if record.readers != {RULES}:
        yield from (ox.Quad(file, _READER, ox.Literal(reader), graph) for reader in sorted(record.readers))
    yield from (ox.Quad(Node(run), _SOURCE, file, graph) for run in runs)


def manner(draft: Draft, run: str, manner: str) -> ox.Quad:
    """What the store is to know of how a reading came."""
    return ox.Quad(Node(run), _READER, ox.Literal(manner), _graph(draft))


def forget(draft: Draft, files: Collection[Node]) -> None:
    """Let the store know nothing of files any more, nor that they gave any reading."""
    gave = given(draft, files)
    forget_files(draft, files)
    graph = _graph(draft)
    draft.graph.delete(ox.Quad(run, _SOURCE, file, graph) for file, runs in gave.items() for run in runs)


def forget_files(draft: Draft, files: Iterable[Node]) -> None:
    """Forget the hash of files and who read them."""
    draft.graph.delete(list(draft.graph.about(files, graph=_graph(draft))))


def forget_manners(draft: Draft, runs: Iterable[Node]) -> None:
    """Forget how readings came."""
    said = draft.graph.about(runs, graph=_graph(draft))
    draft.graph.delete([quad for quad in said if quad.predicate == _READER])


def _graph(draft: Draft) -> ox.NamedNode:
    return ox.NamedNode(draft.base + FILES)


def _path(file: str) -> Path:
    return Path(unquote(urlsplit(file).path))
