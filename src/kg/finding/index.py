"""The index of a store, in SQLite beside its graph: what things are called, and in which quotes they are spoken of.

There is one index for all generations, and it stands for the newest one that was searched. The first search after a
change brings it up to date, in one transaction, by looking again at the articles that changed since. What it says
depends on the graph alone, not on how that came about: the numbers of things and quotes are made of their texts.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ..store import FolderStore, Store, journal
from .upkeep import bring_up, fill

FILE: Final = "search.db"
_FORM: Final = 1
"""The version of the tables; an index of another one is made anew."""
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; PRAGMA cache_size = -200000;
    CREATE TABLE state (form INTEGER, mark TEXT, generation INTEGER);
    CREATE TABLE article (iri TEXT PRIMARY KEY, gave TEXT) WITHOUT ROWID;
    CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, types TEXT, labels TEXT, aliases TEXT,
        mentions INTEGER, facts INTEGER, rank INTEGER UNIQUE);
    CREATE TABLE quote (id INTEGER PRIMARY KEY, text TEXT);
    CREATE TABLE said (quote INTEGER, thing INTEGER, away INTEGER, facts INTEGER,
        PRIMARY KEY (quote, thing)) WITHOUT ROWID;
    CREATE INDEX said_of ON said (thing, away, quote);
    CREATE VIRTUAL TABLE names USING fts5(label, alias, sound, type, columnsize=0, tokenize='ascii', prefix=1);
    CREATE VIRTUAL TABLE quotes USING fts5(quote, content='', columnsize=0, tokenize='ascii', prefix=1);
"""
_PATIENCE: Final = 60.0
"""Seconds to wait for another process that brings the index up to date."""
_BARRED: Final = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_FULL,
}
"""Why an index cannot be written: nobody may, another process does, there is no room."""

Progress = Callable[[float], None]


def opened(store: Store, *, on_progress: Progress | None = None) -> sqlite3.Connection:
    """The index of what the store holds; made or brought up to date now where it is not.

    It is made in memory of a server's graph, and where nobody may write. `on_progress` is told which part is done.
    """
    tell = on_progress or (lambda part: None)
    if isinstance(store, FolderStore):
        try:
            return _kept(store, tell)
        except OSError:
            pass
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _BARRED:
                raise
    return fill(_empty(":memory:"), store.near(), tell)


def is_ahead(index: sqlite3.Connection, store: Store) -> bool:
    """Whether the index stands for a later generation than the store that was opened."""
    row = index.execute("SELECT generation FROM state").fetchone()
    return isinstance(store, FolderStore) and row is not None and bool(row[0] > store.number)


def _kept(store: FolderStore, tell: Progress) -> sqlite3.Connection:
    """The index that lies beside the graph."""
    path, mark = store.folder / FILE, journal.mark(store.folder)
    while True:
        index = sqlite3.connect(path, timeout=_PATIENCE) if path.exists() else sqlite3.connect(":memory:")
        try:
            generation = _generation(index, mark)
            if generation is not None and generation >= store.number:
                return index
            if generation is not None:
                _renew(index, generation, store, tell)
        except BaseException:
            index.close()
            raise
        index.close()
        if generation is None:
            _make(store, path, mark, tell)


def _generation(index: sqlite3.Connection, mark: str) -> int | None:
    """The generation that an index stands for; None where it is none, or that of another store."""
    try:
        form, begun, generation = index.execute("SELECT * FROM state").fetchone()
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:
        if isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorcode & 0xFF in _BARRED:
            raise
        return None
    return generation if (form, begun) == (_FORM, mark) else None


def _make(store: FolderStore, path: Path, mark: str, tell: Progress) -> None:
    """Make the index anew; until it is whole it lies with the generation, and goes with it."""
    part = store.generation / f"{FILE}.{os.getpid()}"
    try:
        index = fill(_empty(part), store, tell)
        with index:
            index.execute("INSERT INTO state VALUES (?, ?, ?)", (_FORM, mark, store.number))
        index.close()
        path.with_name(f"{FILE}-journal").unlink(missing_ok=True)  # of an index that is gone, it would spoil this one
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _renew(index: sqlite3.Connection, generation: int, store: FolderStore, tell: Progress) -> None:
    """Let the index stand for the generation of the store; where the changes since are not known, for none."""
    with index:
        index.execute("BEGIN IMMEDIATE")
        if index.execute("SELECT generation FROM state").fetchone() != (generation,):
            return  # another process was quicker
        touched = journal.touched(store.folder, after=generation, upto=store.number)
        if touched is not None:
            bring_up(index, store, touched, tell)
        index.execute("UPDATE state SET generation = ?", (None if touched is None else store.number,))


def _empty(path: Path | str) -> sqlite3.Connection:
    index = sqlite3.connect(path)
    index.executescript(_SCHEMA)
    return index
