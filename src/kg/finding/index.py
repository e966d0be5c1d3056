"""The index of a generation of the graph: its names, and the quotes of its facts, in SQLite.

Things are numbered by how many articles mention them, and quotes in the order of their things: the first rows of any
look are the best ones, so a look ends as soon as it has enough.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from ..names import names
from ..namespaces import KG, RDF, SCHEMA
from ..store import FolderStore, Store
from .forms import fold, marked, pairs, sounds

_FILE: Final = "search.db"
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE thing (id INTEGER PRIMARY KEY, iri, types, label, aliases, facts, quote, last);
    CREATE TABLE said (id INTEGER PRIMARY KEY, thing, quote);
    CREATE VIRTUAL TABLE names USING fts5(label, alias, sound, content='', columnsize=0, tokenize='ascii', prefix=1);
    CREATE VIRTUAL TABLE quotes USING fts5(quote, content='', columnsize=0, tokenize='ascii', prefix=1);
"""
_LENGTH: Final = 40
"""A thing is shown with its quote nearest to so many signs: enough to tell something, short enough for a line."""


def opened(store: Store) -> sqlite3.Connection:
    """The index of what the store holds; made now where there is none, in memory where nobody may write."""
    if not isinstance(store, FolderStore):
        return _write(store.near(), sqlite3.connect(":memory:"))
    path = store.generation / _FILE
    if not path.exists():
        part = path.with_name(f"{_FILE}.{os.getpid()}")
        try:
            _write(store, sqlite3.connect(part)).close()
            part.replace(path)
        except sqlite3.OperationalError:
            return _write(store, sqlite3.connect(":memory:"))
        finally:
            part.unlink(missing_ok=True)
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)


@dataclass(slots=True)
class _Thing:
    """A node with its names, what says something of it, and how many articles mention it."""

    types: frozenset[str]
    labels: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    quotes: dict[str, None] = field(default_factory=dict)
    facts: int = 0
    mentions: int = 0


def _write(store: Store, index: sqlite3.Connection) -> sqlite3.Connection:
    """Fill an empty index from the store."""
    index.executescript(_SCHEMA)
    things = sorted(_things(store).items(), key=lambda one: (-one[1].mentions, -one[1].facts, one[0]))
    index.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows(things))
    index.executemany("INSERT INTO names (rowid, label, alias, sound) VALUES (?, ?, ?, ?)", _names(things))
    index.executemany("INSERT INTO said (thing, quote) VALUES (?, ?)", _said(things))
    index.create_function("pairs", 1, lambda text: pairs(fold(text)), deterministic=True)
    index.execute("INSERT INTO quotes (rowid, quote) SELECT id, pairs(quote) FROM said")
    index.commit()
    return index


def _rows(things: list[tuple[str, _Thing]]) -> Iterator[tuple[int | str, ...]]:
    """The rows of things; `last` is the number of the last quote of each."""
    last = 0
    for id, (iri, thing) in enumerate(things, 1):
        last += len(thing.quotes)
        shown = min(thing.quotes, key=lambda text: (abs(len(text) - _LENGTH), text), default="")
        label, aliases = min(thing.labels or thing.aliases, key=str.isascii), "\n".join(thing.aliases)
        yield id, iri, " ".join(sorted(thing.types)), label, aliases, thing.facts, shown, last


def _names(things: list[tuple[str, _Thing]]) -> Iterator[tuple[int, str, str, str]]:
    for id, (_, thing) in enumerate(things, 1):
        labels, aliases = map(fold, thing.labels), map(fold, thing.aliases)
        heard = (sound for name in (*thing.labels, *thing.aliases) for sound in sounds(fold(name)))
        yield id, marked(*labels), marked(*aliases), marked(*heard)


def _said(things: list[tuple[str, _Thing]]) -> Iterator[tuple[int, str]]:
    for id, (_, thing) in enumerate(things, 1):
        yield from ((id, text) for text in sorted(thing.quotes))


def _things(store: Store) -> dict[str, _Thing]:
    """Everything that has a name, by IRI."""
    things: dict[str, _Thing] = {}
    for name in names(store):
        thing = things.setdefault(name.iri, _Thing(name.types))
        (thing.aliases if name.alias else thing.labels).append(name.label)
    mentions = Counter(_value(mentioned) for _, _, mentioned in store.triples(None, SCHEMA.mentions))
    quotes = {fact: _value(text) for fact, _, text in store.triples(None, KG.quote)}
    for iri, facts in _facts(store, quotes).items():
        if iri in things:
            thing = things[iri]
            thing.facts, thing.mentions = len(facts), mentions[iri]
            thing.quotes = dict.fromkeys(quotes[fact] for fact in facts)
    return things


def _facts(store: Store, quotes: dict[str, str]) -> dict[str, set[str]]:
    """The claims and figures that say something of each node."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for end in (RDF.subject, RDF.object, KG.of, KG.place, KG.indicator):
        for fact, _, node in store.triples(None, end):
            if fact in quotes and isinstance(node, NamedNode):
                found[node.value].add(fact)
    return found


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
