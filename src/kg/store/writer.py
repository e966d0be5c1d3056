"""Writing a store: a new generation of its graph, which counts only when it is complete.

The new generation begins empty or as a copy of the last one, which costs next to nothing, for the engine shares the
files that do not change. Readers go on with the generation that they have opened. `remote_writer` writes to servers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import overload

import pyoxigraph as ox

from ..errors import StoreError
from ..model import Article
from ..namespaces import DEFAULT_BASE
from . import journal
from .archive import write_article
from .engine import Engine, LocalEngine
from .layout import (
    FORMAT,
    VOCABULARY,
    Card,
    article_file,
    article_files,
    damaged,
    engine_folder,
    is_address,
    is_ours,
    is_store,
    read_card,
    sweep,
    write_card,
)
from .lock import write_lock


class Draft(ABC):
    """A state of a store in the making. `graph` is what changes look into and alter, `base` where its data stands."""

    base: str
    graph: Engine

    @abstractmethod
    def add(self, article: Article) -> None:
        """Keep the text of an article, for its quotes to be cut from."""

    @abstractmethod
    def drop(self, id: str) -> None:
        """Let go of the text of an article."""

    @abstractmethod
    def touch(self, id: str) -> None:
        """Let it be known that what the store holds of an article changes."""

    @abstractmethod
    def load(self, lines: Iterable[str]) -> None:
        """Load lines of N-Triples or N-Quads in bulk."""

    @abstractmethod
    def begin(self, runs: Iterable[ox.NamedNode]) -> None:
        """Tell that readings are about to come or go, for the next writer to know should this one be killed."""

    @abstractmethod
    def done(self) -> None:
        """Tell that all that was begun is whole; only then a file may be said to have given a reading."""

    @abstractmethod
    def unfinished(self) -> list[str]:
        """The runs that a killed writer was adding or removing: they must go before anything else is done."""


class FolderDraft(Draft):
    """A generation in the making. `engine` is the writable Oxigraph store, for loading, removing and inference.

    It counts only when it is complete, so a killed writer leaves nothing unfinished. `is_anew` tells that more changes
    than what the store holds of some articles.
    """

    graph: LocalEngine

    def __init__(self, folder: Path, base: str, generation: int):
        self.folder, self.base, self.generation = folder, base, generation
        self.graph = LocalEngine(ox.Store(str(engine_folder(folder, generation))), base)
        self._dropped: set[Path] = set()
        self._touched: set[str] = set()
        self.is_anew = False

    @property
    def engine(self) -> ox.Store:
        """The Oxigraph store underneath."""
        return self.graph.store

    def is_new(self) -> bool:
        """Whether the store lacks the vocabulary."""
        graph = ox.NamedNode(self.base + VOCABULARY)
        return next(self.engine.quads_for_pattern(None, None, None, graph), None) is None

    def begin(self, runs: Iterable[ox.NamedNode]) -> None:
        """Nothing need be known of it."""

    def done(self) -> None:
        """Nothing need be known of it."""

    def unfinished(self) -> list[str]:
        return []

    def add(self, article: Article) -> None:
        self.touch(article.id)
        path = article_file(self.folder, article.id)
        self._dropped.discard(path)
        write_article(article, path)

    def touch(self, id: str) -> None:
        self._touched.add(id)

    def drop(self, id: str) -> None:
        self._dropped.add(article_file(self.folder, id))

    def load(self, lines: Iterable[str]) -> None:
        path = engine_folder(self.folder, self.generation).with_suffix(".nq")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(line if line.endswith("\n") else line + "\n" for line in lines)
        try:
            self.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the triples cannot be loaded: {error}") from error
        finally:
            path.unlink()

    def finish(self) -> None:
        """Make this generation the one that counts, then delete what nobody reads any more."""
        self.engine.flush()
        del self.graph
        if self.is_anew:
            journal.begin(self.folder)
        else:
            journal.note(self.folder, self.generation, self._touched)
        write_card(self.folder, Card(FORMAT, self.base, self.generation))
        sweep(self.folder, keep=frozenset({self.generation - 1, self.generation}))
        for path in self._dropped:
            path.unlink(missing_ok=True)


def create_store(place: Path | str, *, base: str = DEFAULT_BASE) -> AbstractContextManager[FolderDraft]:
    """An empty draft that becomes the store in a folder, or behind an address, when the block ends well.

    Otherwise what the store held stays as it was. Raises StoreError where another process is writing it, where the
    folder holds something else than a store, or where the server cannot be written.
    """
    if is_address(place):
        from .remote_writer import replace_graph

        return replace_graph(str(place), base=base)
    return _create(Path(place), base)


@overload
def change_store(place: Path, *, base: str = DEFAULT_BASE) -> AbstractContextManager[FolderDraft]: ...
@overload
def change_store(place: Path | str, *, base: str = DEFAULT_BASE) -> AbstractContextManager[Draft]: ...
def change_store(place: Path | str, *, base: str = DEFAULT_BASE) -> AbstractContextManager[Draft]:
    """A draft that begins with what the store holds; where there is none, an empty one under `base`.

    In a folder all counts when the block ends well, and nothing otherwise. A server is changed request by request.
    Who changes what the store holds of an article says so (`Draft.add`, `Draft.touch`), or else that it `is_anew`.
    """
    if is_address(place):
        from .remote_writer import change_graph

        return change_graph(str(place), base=base)
    return _change(Path(place), base)


@contextmanager
def _create(folder: Path, base: str) -> Iterator[FolderDraft]:
    with _drafting(folder, renewing=True) as last:
        draft = FolderDraft(folder, base, last.generation + 1 if last else 1)
        draft._dropped.update(article_files(folder))
        draft.is_anew = True
        yield draft
        draft.finish()


@contextmanager
def _change(folder: Path, base: str) -> Iterator[FolderDraft]:
    with _drafting(folder) as last:
        if last:
            _copy(folder, last.generation)
        draft = FolderDraft(folder, last.base if last else base, last.generation + 1 if last else 1)
        yield draft
        draft.finish()


@contextmanager
def _drafting(folder: Path, *, renewing: bool = False) -> Iterator[Card | None]:
    """The card of the store, if there is one, while nobody else may write; what a killed writer left is swept away.

    Who renews a store need not be able to read the old one.
    """
    _check(folder)
    with write_lock(folder):
        last = _last(folder, renewing=renewing)
        kept = frozenset({last.generation - 1, last.generation}) if last else frozenset[int]()
        sweep(folder, keep=kept)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            yield last
        finally:
            now = _last(folder, renewing=renewing)
            sweep(folder, keep=frozenset({now.generation - 1, now.generation}) if now else frozenset())


def _last(folder: Path, *, renewing: bool) -> Card | None:
    try:
        return read_card(folder) if is_store(folder) else None
    except StoreError:
        if renewing:
            return None
        raise


def _copy(folder: Path, generation: int) -> None:
    try:
        engine = ox.Store.read_only(str(engine_folder(folder, generation)))
        engine.backup(str(engine_folder(folder, generation + 1)))
    except (OSError, ValueError, RuntimeError) as error:
        raise damaged(folder, error) from error


def _check(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not is_ours(folder):
        raise StoreError(f"{folder} holds other files and no store; name another folder with --store")
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder with --store")
