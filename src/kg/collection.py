"""A store that grows: files are added, changed ones replace what they gave before, and articles are removed.

A file is known by its path and by the hash of its bytes, an article by the hash of its content (`register`). Work is
done in batches, each of which counts when it is complete: a command that was killed goes on where it stopped when it
is called again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from . import register
from .crew import read_all
from .errors import InputError, UnknownName
from .facts import READER
from .holdings import Entry
from .holdings import add as add_entries
from .holdings import remove as remove_runs
from .intake import Taken, Taking, jobs, take
from .namespaces import DEFAULT_BASE
from .register import Record
from .store import Draft, Store, change_store, check_free, is_address, is_store, open_store
from .tables import Rows
from .worklist import Progress, Step, Worklist, listed

if TYPE_CHECKING:
    from .llm import ModelReader

__all__ = ["BATCH", "Change", "Progress", "Step", "Taken", "Taking", "add", "listing", "remove", "take", "update"]

BATCH: Final = 200
"""How many files, or pieces of files, make one batch: enough to make the end of a batch cheap, few enough to lose."""
LINES: Final = 200_000
"""How many triples make one batch before that: as many as take some hundred megabytes, while others are read."""
_HELD: Final = "SELECT DISTINCT ?run WHERE { ?run prov:used ?article }"
_ARTICLES: Final = "SELECT DISTINCT ?article WHERE { ?run prov:used ?article }"


@dataclass(slots=True)
class Change:
    """What a command did: the files that were added, gave something else than before, or were held already, the ids
    of the articles removed, and what went wrong."""

    added: list[Path] = field(default_factory=list)
    replaced: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[InputError] = field(default_factory=list)


def add(
    store: Path | str,
    paths: Iterable[Path] = (),
    *,
    facts: Iterable[Path] = (),
    base: str = DEFAULT_BASE,
    workers: int | None = None,
    model: ModelReader | None = None,
    taking: Taking | None = None,
    on_progress: Progress | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Change:
    """Add files, or all files of folders, and facts that people made, to a store, which is made where there is none.

    A file that the store holds as it is, read by all who are to read, is left alone; another replaces what it gave
    before. Errors in files are collected, and told to `on_error` as they come. `workers` processes read, as many as
    are worth it where it is left open, one where a `model` reads too; or `taking` does it all, for files that are no
    facts. `on_progress` is told after each file, and within a large one.
    """
    files = listed(paths, facts)
    base, known = _known(store, base, files)
    if not is_address(store):
        check_free(Path(store))
    work = Worklist(files, known, model=model, on_progress=on_progress, on_error=on_error)
    if taking:
        taken = taking([file.path for file in work.wanted()], base)
    else:
        found = jobs(work.wanted(), base=base, held=partial(_held, store, known))
        taken = read_all(found, base=base, workers=workers, model=model)
    change, begun = Change(kept=work.kept), dict[Path, set[str]]()
    for batch in _batches(map(work.told, taken)):
        with _changing(store, base=base) as draft:
            _put(draft, batch, begun)
        _tell(change, batch, known)
    return change


def _known(store: Path | str, base: str, files: Iterable[Path] | None = None) -> tuple[str, dict[Path, Record]]:
    """The base of a store, and what it knows of every file that it was filled from, or of some."""
    if not is_address(store) and not is_store(Path(store)):
        return base, {}
    with open_store(store) as held:
        fresh = is_address(store) and held.is_empty()
        return base if fresh else held.base, register.records(held, files)


def _held(store: Path | str, known: Mapping[Path, Record], path: Path) -> dict[str, str]:
    """The readings that a store has of a file, if it knows the file, each with its manner."""
    if path not in known:
        return {}
    with open_store(store) as held:
        return register.manners(held, path)


@contextmanager
def _changing(store: Path | str, *, base: str = DEFAULT_BASE) -> Iterator[Draft]:
    """A draft of the store, without what a killed writer left half done."""
    with change_store(store, base=base) as draft:
        _take_out(draft, set(map(ox.NamedNode, draft.unfinished())))
        yield draft


def _batches(taken: Iterator[Taken]) -> Iterator[list[Taken]]:
    """What goes into the store together: so many files, or fewer that have many facts."""
    batch: list[Taken] = []
    lines = 0
    for one in taken:
        batch.append(one)
        lines += sum(len(entry.lines) for entry in one.entries)
        if len(batch) == BATCH or lines >= LINES:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _tell(change: Change, batch: Sequence[Taken], known: Mapping[Path, Record]) -> None:
    """Note what has become of the files of a batch."""
    for taken in batch:
        change.failed += taken.errors
        if taken.digest and taken.last:
            held = known.get(taken.path)
            (change.replaced if held and held.digest else change.added).append(taken.path)


def _put(draft: Draft, batch: Sequence[Taken], begun: dict[Path, set[str]]) -> None:
    """Put in what each file of the batch gives; a file that ends here has given that and no more.

    `begun` are the readings that files gave in earlier batches. What is known of the files is written last: on a server
    every step counts by itself.
    """
    read = [taken for taken in batch if taken.digest]
    for taken in read:
        begun.setdefault(taken.path, set()).update(taken.held, (entry.run for entry in taken.entries))
    ended = {_node(taken.path) for taken in read if taken.last}
    now = {ox.NamedNode(run) for taken in read for run in begun[taken.path]}
    before = {run for runs in register.given(draft, ended).values() for run in runs}
    gone = register.given_by_none_but(draft, before - now, ended)
    entries, stale = _fresh(draft, read)
    remove_runs(draft, [node.value for node in gone | stale])
    register.forget_manners(draft, gone | stale)
    add_entries(draft, entries)
    register.forget(draft, ended)
    register.forget_files(draft, {_node(taken.path) for taken in read} - ended)
    draft.done()
    draft.graph.insert([*_records(draft, read, begun), *_manners(draft, entries)])
    for taken in batch:
        if taken.last:
            begun.pop(taken.path, None)


def _fresh(draft: Draft, read: Sequence[Taken]) -> tuple[list[Entry], set[ox.NamedNode]]:
    """The entries that the store does not hold in this manner, and the readings that it holds in another.

    Of several files that give a reading, the first counts.
    """
    entries: dict[str, Entry] = {}
    for entry in (entry for taken in read for entry in taken.entries):
        entries.setdefault(entry.run, entry)
    held = {run for (run,) in draft.graph.select(_HELD, "?run", map(ox.NamedNode, entries))}
    known = register.manners_of(draft, held)
    stale = {run for run in held if known.get(run.value, "") != entries[run.value].manner}
    same = {run.value for run in held - stale}
    return [entry for run, entry in entries.items() if run not in same], stale


def _records(draft: Draft, read: Sequence[Taken], begun: Mapping[Path, set[str]]) -> Iterator[ox.Quad]:
    for taken in read:
        known = Record(taken.digest, frozenset(taken.readers)) if taken.last else Record("")
        yield from register.record(draft, _node(taken.path), known, begun[taken.path])


def _manners(draft: Draft, entries: Iterable[Entry]) -> Iterator[ox.Quad]:
    return (register.manner(draft, entry.run, entry.manner) for entry in entries if entry.manner)


def remove(store: Path | str, names: Iterable[str]) -> Change:
    """Take articles out of a store, each by its id, the beginning of its id, its source or its title.

    Raises UnknownName where the store holds no such article or more than one; then nothing is removed.
    """
    with open_store(store) as held:
        runs = {run: id for name in names for run, id in _runs_of(held, name)}
    change = Change(removed=sorted(set(runs.values())))
    if runs:
        with _changing(store) as draft:
            _take_out(draft, set(map(ox.NamedNode, runs)))
    return change


def _take_out(draft: Draft, runs: set[ox.NamedNode]) -> None:
    """Remove readings, and forget the files that gave them, so that adding these brings them back."""
    if runs:
        register.forget(draft, register.givers(draft, runs))
        remove_runs(draft, [run.value for run in runs])
        register.forget_manners(draft, runs)


def update(
    store: Path | str,
    *,
    prune: bool = False,
    workers: int | None = None,
    model: ModelReader | None = None,
    on_progress: Progress | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Change:
    """Read the files that a store was filled from again where they, or what lies beside them, have changed.

    With a `model` also those which it has not read; without one, what has changed is read by the rules alone. A file
    that is gone is an error of the change; with `prune`, what it gave is removed.
    """
    with open_store(store) as held:
        known = register.records(held)
    gone = [path for path in known if not path.is_file()]
    there = {path: READER in record.readers for path, record in known.items() if path.is_file()}
    articles, facts = ([path for path, made in there.items() if made is wanted] for wanted in (False, True))
    change = add(store, articles, facts=facts, workers=workers, model=model, on_progress=on_progress, on_error=on_error)
    if prune and gone:
        with _changing(store) as draft:
            change.removed += _prune(draft, gone)
    for path in () if prune else gone:
        hint = "Bring it back, or call `kg update --prune` to remove what it gave."
        change.failed.append(InputError("the file is gone.", path=str(path), hint=hint))
        if on_error:
            on_error(change.failed[-1])
    return change


def _prune(draft: Draft, gone: Iterable[Path]) -> list[str]:
    """Remove what files that are gone have given; the ids of the articles."""
    files = set(map(_node, gone))
    given = {run for runs in register.given(draft, files).values() for run in runs}
    alone = register.given_by_none_but(draft, given, files)
    used = {article for (article,) in draft.graph.select(_ARTICLES, "?run", alone)}
    remove_runs(draft, [run.value for run in alone])
    register.forget_manners(draft, alone)
    register.forget(draft, files)
    return sorted(article.value.rsplit("/", 1)[-1] for article in used)


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


def _node(path: Path) -> ox.NamedNode:
    """The node of a file."""
    return ox.NamedNode(path.as_uri())
