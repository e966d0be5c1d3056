"""A store that grows: files are added, changed ones replace what they gave before, and articles are removed.

A file is known by its path and by the hash of its bytes, an article by the hash of its content. Which file gave which
reading stands in a named graph of its own, which no query and no export sees. Work is done in batches, each of which
counts when it is complete: a command that was killed goes on where it stopped when it is called again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, cast
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from .errors import InputError, UnknownName
from .holdings import Entry, enter
from .holdings import add as add_entries
from .holdings import remove as remove_runs
from .namespaces import DCTERMS, DEFAULT_BASE
from .pipeline import article_files, read_all
from .store import Draft, Store, change_store, is_address, is_store, open_store
from .store.layout import FILES
from .tables import Rows

BATCH: Final = 500
"""How many files make one batch: enough to make the end of a batch cheap, few enough to lose little."""
_SOURCE, _DIGEST = (ox.NamedNode(iri) for iri in (DCTERMS.source, DCTERMS.identifier))

Progress = Callable[[int, int, Path], None]
Taking = Callable[[Sequence[Path], str], Iterator["Taken"]]
"""What reads files for a store under a base, and gives what was taken out of each, in their order."""


@dataclass(slots=True)
class Change:
    """What a command did: the files that were added, gave something else than before, or were held already, the ids
    of the articles removed, and what went wrong."""

    added: list[Path] = field(default_factory=list)
    replaced: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[InputError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out of one file: its hash, an entry for each article, what was wrong."""

    path: Path
    digest: str
    entries: tuple[Entry, ...] = ()
    errors: tuple[InputError, ...] = ()


def take(path: Path, *, base: str) -> Taken:
    """Read a file and take the facts out of its articles; what is wrong with it stops no other file."""
    errors: list[InputError] = []
    try:
        entries = tuple(enter(reading, base=base) for reading in read_all(path, on_error=errors.append))
        return Taken(path, digest_of(path), entries, tuple(errors))
    except InputError as error:
        return Taken(path, "", (), (*errors, error))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex; raises InputError where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path=str(path), hint="Check the path.") from error


def add(
    store: Path | str,
    paths: Iterable[Path],
    *,
    base: str = DEFAULT_BASE,
    workers: int = 1,
    on_progress: Progress | None = None,
    taking: Taking | None = None,
) -> Change:
    """Add files, or all files of folders, to a store, which is made where there is none.

    A file that the store holds as it is is left alone; one that has changed replaces what it gave before. Errors in
    files are collected. `workers` processes read, or `taking` does; `on_progress` is told after each file how many are
    done, of how many.
    """
    files = list(dict.fromkeys(path.resolve() for path in article_files(paths)))
    change = Change()
    base, known = _known(store, base, files)
    wanted: list[Path] = []
    for path in files:
        (change.kept if path in known and known[path] == _digest(path) else wanted).append(path)
    done = len(change.kept)
    for batch in _batches(taking(wanted, base) if taking else _all_taken(wanted, base, workers)):
        with _changing(store, base=base) as draft:
            _put(draft, batch, change)
        for taken in batch:
            done += 1
            if on_progress:
                on_progress(done, len(files), taken.path)
    return change


def _known(store: Path | str, base: str, files: Iterable[Path]) -> tuple[str, dict[Path, str]]:
    """The base of a store, and the hash of every file that it holds of some."""
    if not is_address(store) and not is_store(Path(store)):
        return base, {}
    with open_store(store) as held:
        fresh = is_address(store) and held.is_empty()
        return base if fresh else held.base, dict(_files(held, [path.as_uri() for path in files]))


@contextmanager
def _changing(store: Path | str, *, base: str = DEFAULT_BASE) -> Iterator[Draft]:
    """A draft of the store, without what a killed writer left half done."""
    with change_store(store, base=base) as draft:
        if half := draft.unfinished():
            _forget_runs(draft, half)
            remove_runs(draft, half)
        yield draft


def _digest(path: Path) -> str | None:
    try:
        return digest_of(path)
    except InputError:
        return None


def _all_taken(files: Sequence[Path], base: str, workers: int) -> Iterator[Taken]:
    """What was taken out of each file, in order; many files are read by several processes."""
    if workers == 1 or len(files) == 1:
        yield from map(partial(take, base=base), files)
        return
    with ProcessPoolExecutor(workers) as pool:
        waiting = iter(files)
        running = [pool.submit(take, path, base=base) for path in islice(waiting, workers * 8)]
        while running:
            yield running.pop(0).result()
            running += [pool.submit(take, path, base=base) for path in islice(waiting, 1)]


def _batches(taken: Iterator[Taken]) -> Iterator[list[Taken]]:
    while batch := list(islice(taken, BATCH)):
        yield batch


def _put(draft: Draft, batch: Sequence[Taken], change: Change) -> None:
    """Let each file of the batch replace what it gave before."""
    read = {ox.NamedNode(taken.path.as_uri()): taken for taken in batch if taken.digest}
    before = _given(draft, read)
    entries: dict[str, Entry] = {}
    for entry in (entry for taken in read.values() for entry in taken.entries):
        entries.setdefault(entry.run, entry)
    gone = {run for runs in before.values() for run in runs} - set(map(ox.NamedNode, entries))
    remove_runs(draft, _held_by(draft, gone, read))
    held = {run.value for (run,) in draft.graph.select(_HELD, "?run", map(ox.NamedNode, entries))}
    add_entries(draft, [entry for run, entry in entries.items() if run not in held])
    _forget(draft, read)
    draft.done()
    draft.graph.insert(quad for file, taken in read.items() for quad in _record(draft, file, taken))
    for file, taken in read.items():
        (change.replaced if file in before else change.added).append(taken.path)
    change.failed += [error for taken in batch for error in taken.errors]


def remove(store: Path | str, names: Iterable[str]) -> Change:
    """Take articles out of a store, each by its id, the beginning of its id, its source or its title.

    Raises UnknownName where the store holds no such article or more than one; then nothing is removed.
    """
    with open_store(store) as held:
        runs = {run: id for name in names for run, id in _runs_of(held, name)}
    change = Change(removed=sorted(set(runs.values())))
    if runs:
        with _changing(store) as draft:
            _forget_runs(draft, runs)
            remove_runs(draft, runs)
    return change


def update(store: Path | str, *, prune: bool = False, workers: int = 1, on_progress: Progress | None = None) -> Change:
    """Read the files that a store was filled from again where they have changed.

    A file that is gone is an error of the change; with `prune`, what it gave is removed.
    """
    with open_store(store) as held:
        known = dict(_files(held))
    gone = [path for path in known if not path.is_file()]
    change = add(store, [path for path in known if path.is_file()], workers=workers, on_progress=on_progress)
    if not prune:
        hint = "Bring it back, or call `kg update --prune` to remove what it gave."
        change.failed += [InputError("the file is gone.", path=str(path), hint=hint) for path in gone]
    elif gone:
        with _changing(store) as draft:
            change.removed += _prune(draft, gone)
    return change


def listing(store: Store) -> Rows:
    """The articles of a store, by date and title: id, title, source, date, main area, readers, facts."""
    return store.select(_LIST)


_LIST: Final = """SELECT ?article ?title ?source ?date ?place
    (GROUP_CONCAT(DISTINCT ?who; SEPARATOR=", ") AS ?readers) (COUNT(DISTINCT ?fact) AS ?facts) {
  ?article a kg:Article ; dcterms:title ?title ; dcterms:identifier ?source .
  OPTIONAL { ?article dcterms:issued ?date } OPTIONAL { ?article dcterms:spatial ?place }
  OPTIONAL { ?run prov:used ?article ; prov:wasAssociatedWith/rdfs:label ?who }
  OPTIONAL { ?fact kg:article ?article }
} GROUP BY ?article ?title ?source ?date ?place ORDER BY ?date ?title ?article"""


_RUNS: Final = """SELECT ?run ?article ?source ?title {
  ?run prov:used ?article . ?article dcterms:title ?title ; dcterms:identifier ?source
} ORDER BY ?article ?run"""


def _runs_of(store: Store, name: str) -> list[tuple[str, str]]:
    """The runs over the one article of that name, each with the article's id."""
    rows = [
        (str(run), str(article).rsplit("/", 1)[-1], source, title)
        for run, article, source, title in store.select(_RUNS).rows
    ]
    found = [(run, id) for run, id, source, title in rows if name in (id, source, title)]
    found = found or [(run, id) for run, id, _, _ in rows if id.startswith(name)]
    if len({id for _, id in found}) == 1:
        return found
    nearest = tuple(sorted({id for _, id in found})[:5])
    hint = "Several articles are called so; name one by its id." if found else "`kg list` names all."
    raise UnknownName("article", name, nearest, hint)


_HELD: Final = "SELECT DISTINCT ?run WHERE { ?run prov:used ?article }"
_GIVEN: Final = "SELECT ?file ?run WHERE { ?run dcterms:source ?file }"
_ARTICLES: Final = "SELECT DISTINCT ?article WHERE { ?run prov:used ?article }"


def _graph(draft: Draft) -> ox.NamedNode:
    """The named graph that knows which file gave which reading."""
    return ox.NamedNode(draft.base + FILES)


def _files(store: Store, files: Iterable[str] | None = None) -> Iterator[tuple[Path, str]]:
    """The files that the store was filled from, or those of some, each with the hash of what was read."""
    for file, digest in store.beside(FILES, _DIGEST.value, files):
        yield Path(unquote(urlsplit(file).path)), cast(ox.Literal, digest).value


def _record(draft: Draft, file: ox.NamedNode, taken: Taken) -> Iterator[ox.Quad]:
    """What the store is to know of a file: its hash, and the readings that it gave."""
    yield ox.Quad(file, _DIGEST, ox.Literal(taken.digest), _graph(draft))
    for entry in taken.entries:
        yield ox.Quad(ox.NamedNode(entry.run), _SOURCE, file, _graph(draft))


def _given(draft: Draft, files: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, set[ox.NamedNode]]:
    """The readings that files gave, for those files that gave any."""
    given: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for file, run in draft.graph.select(_GIVEN, "?file", files, graph=_graph(draft)):
        given.setdefault(file, set()).add(run)
    return given


def _held_by(draft: Draft, runs: Iterable[ox.NamedNode], files: Collection[ox.NamedNode]) -> list[str]:
    """Those of the readings that no other file gave than these."""
    wanted = set(runs)
    held = draft.graph.select(_GIVEN, "?run", wanted, graph=_graph(draft))
    return sorted(run.value for run in wanted - {run for file, run in held if file not in files})


def _forget(draft: Draft, files: Collection[ox.NamedNode]) -> None:
    """Let the store know nothing of files any more."""
    graph, given = _graph(draft), _given(draft, files)
    draft.graph.delete(list(draft.graph.about(files, graph=graph)))
    draft.graph.delete(ox.Quad(run, _SOURCE, file, graph) for file, runs in given.items() for run in runs)


def _forget_runs(draft: Draft, runs: Iterable[str]) -> None:
    """Forget the files of readings that go, so that adding them brings them back."""
    found = draft.graph.select(_GIVEN, "?run", map(ox.NamedNode, runs), graph=_graph(draft))
    _forget(draft, {file for file, _ in found})


def _prune(draft: Draft, gone: Iterable[Path]) -> list[str]:
    """Remove what files that are gone have given; the ids of the articles."""
    files = {ox.NamedNode(path.as_uri()) for path in gone}
    given = {run for runs in _given(draft, files).values() for run in runs}
    alone = _held_by(draft, given, files)
    used = {article for (article,) in draft.graph.select(_ARTICLES, "?run", map(ox.NamedNode, alone))}
    remove_runs(draft, alone)
    _forget(draft, files)
    return sorted(article.value.rsplit("/", 1)[-1] for article in used)
