"""Writing a store: a draft beside the old one, swapped in only when it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from ..errors import StoreError
from ..model import Article
from ..namespaces import DEFAULT_BASE
from .archive import write_article
from .layout import ARTICLES, CARD, ENGINE, FORMAT, Card, beside, retired, write_card
from .lock import write_lock


class Draft:
    """A store in the making. `engine` is the writable Oxigraph store, for loading and for inference."""

    def __init__(self, folder: Path, base: str):
        self.folder, self.base = folder, base
        (folder / ARTICLES).mkdir(parents=True)
        self.engine = ox.Store(str(folder / ENGINE))

    def add(self, article: Article) -> None:
        """Keep an article, for its quotes to be cut from."""
        write_article(article, self.folder / ARTICLES)

    def load(self, ntriples: Iterable[str]) -> None:
        """Load lines of N-Triples into the default graph, in bulk."""
        path = self.folder / "load.nt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(line if line.endswith("\n") else line + "\n" for line in ntriples)
        try:
            self.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the triples cannot be loaded: {error}") from error
        path.unlink()

    def finish(self) -> None:
        """Write everything to disk with the card of the store, and let go of the engine."""
        counts = {"articles": len(list((self.folder / ARTICLES).glob("*.json"))), "triples": len(self.engine)}
        self.engine.flush()
        del self.engine
        write_card(self.folder, Card(FORMAT, self.base, counts))


@contextmanager
def create_store(folder: Path, *, base: str = DEFAULT_BASE) -> Iterator[Draft]:
    """A draft that becomes the store at `folder` when the block ends well; otherwise the old store stays as it was.

    Raises StoreError where another process is writing it, or where `folder` holds something else than a store.
    """
    _check(folder)
    with write_lock(folder):
        new = beside(folder, ".new")
        shutil.rmtree(new, ignore_errors=True)
        try:
            draft = Draft(new, base)
            yield draft
            draft.finish()
            _swap(new, folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _check(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / CARD).exists():
        raise StoreError(f"{folder} holds other files and no store; name another folder with --store")
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder with --store")


def _swap(new: Path, folder: Path) -> None:
    old = retired(folder)
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
