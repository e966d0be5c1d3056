"""Keeping the index: what an article gave before goes, what it gives now comes, and things move to their rank.

Only the difference is written, and only the things that it concerns are looked at again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Final

from ..identifiers import mint_article
from ..names import Named, names, names_of
from ..namespaces import KG, RDF
from ..store import Store
from ..tables import Iri
from .forms import fold, marked, pairs, sounds
from .given import BYTES, NOTHING, Given, given, number

Tell = Callable[[float], None]
_LENGTH: Final = 40
"""A thing is shown with its quote nearest to so many signs: enough to tell something, short enough for a line."""
_MENTIONS, _FACTS, _BELOW = 0xFFFF, 0xFF, 39
"""Up to so many mentions and facts make a difference to the rank; the bits below keep things of one rank apart."""
_THING: Final = "SELECT iri, types, labels, aliases, mentions, facts, rank FROM thing WHERE id = ?"
_PUT_SAID: Final = """INSERT INTO said VALUES (?, ?, ?, ?)
    ON CONFLICT (quote, thing) DO UPDATE SET facts = facts + excluded.facts"""


@dataclass(slots=True)
class _Changes:
    """What articles changed: the things concerned, how far the counts of each go up or down, the quotes that are new,
    and those of which less is said."""

    iris: dict[int, str] = field(default_factory=dict)
    mentions: Counter[int] = field(default_factory=Counter)
    facts: Counter[int] = field(default_factory=Counter)
    fresh: set[int] = field(default_factory=set)
    doubted: set[int] = field(default_factory=set)


def fill(index: sqlite3.Connection, store: Store, tell: Tell) -> sqlite3.Connection:
    """Put all that the store holds into an empty index."""
    articles = [article for article, _, _ in store.triples(None, RDF.type, Iri(KG.Article))]
    with index:
        changes = _of_articles(index, store, articles, lambda part: tell(part * 0.5))
        _of_things(index, changes, names(store), lambda part: tell(0.5 + part * 0.3))
        _of_quotes(index, changes, lambda part: tell(0.8 + part * 0.2))
    tell(1.0)
    return index


def bring_up(index: sqlite3.Connection, store: Store, ids: Collection[str], tell: Tell) -> None:
    """Let the index hold what the store holds now, where these are the ids of all articles that changed since."""
    articles = [mint_article(id, base=store.base) for id in sorted(ids)]
    changes = _of_articles(index, store, articles, lambda part: tell(part * 0.6))
    named = names_of(store, changes.iris.values())
    _of_things(index, changes, named, lambda part: tell(0.6 + part * 0.3))
    _of_quotes(index, changes, lambda part: tell(0.9 + part * 0.1))
    tell(1.0)


def _of_articles(index: sqlite3.Connection, store: Store, articles: Collection[str], tell: Tell) -> _Changes:
    """Keep what each article gives instead of what it gave."""
    changes = _Changes()
    for done, article in enumerate(articles, 1):
        row = index.execute("SELECT gave FROM article WHERE iri = ?", (article,)).fetchone()
        before = Given.of(row[0]) if row else NOTHING
        texts: dict[int, str] = {}
        now = given(store, article, changes.iris, texts)
        changes.fresh.update(_new_quotes(index, texts))
        _count(index, changes, before, now, texts)
        for thing in before.named - now.named:
            changes.iris.update(index.execute("SELECT id, iri FROM thing WHERE id = ?", (thing,)))
        if now == NOTHING:
            index.execute("DELETE FROM article WHERE iri = ?", (article,))
        else:
            index.execute("INSERT OR REPLACE INTO article VALUES (?, ?)", (article, str(now)))
        tell(done / len(articles))
    return changes


def _new_quotes(index: sqlite3.Connection, texts: Mapping[int, str]) -> Iterator[int]:
    for quote, text in texts.items():
        if index.execute("INSERT OR IGNORE INTO quote VALUES (?, ?)", (quote, text)).rowcount:
            yield quote


def _count(index: sqlite3.Connection, changes: _Changes, before: Given, now: Given, texts: Mapping[int, str]) -> None:
    """Let the counts go up and down by the difference between what an article gave and gives."""
    changes.mentions.update(now.mentions)
    changes.mentions.subtract(before.mentions)
    more = {ends: now.said.get(ends, 0) - before.said.get(ends, 0) for ends in {**before.said, **now.said}}
    more = {ends: facts for ends, facts in more.items() if facts}
    for (_, thing), facts in more.items():
        changes.facts[thing] += facts
    rows = ((*ends, abs(len(texts.get(ends[0], "")) - _LENGTH), facts) for ends, facts in more.items())
    index.executemany(_PUT_SAID, rows)
    less = [ends for ends, facts in more.items() if facts < 0]
    index.executemany("DELETE FROM said WHERE quote = ? AND thing = ? AND facts = 0", less)
    changes.doubted.update(quote for quote, _ in less)


def _of_things(index: sqlite3.Connection, changes: _Changes, named: Iterable[Named], tell: Tell) -> None:
    """Write the things that go by other names or counts than before, and put their names where their rank is now."""
    left: list[int] = []
    come: list[tuple[int, int]] = []
    for iri, types, labels, aliases in _called(changes, named):
        me = number(iri)
        before = index.execute(_THING, (me,)).fetchone() or (iri, "", "", "", 0, 0, None)
        mentions, facts, rank = before[4] + changes.mentions[me], before[5] + changes.facts[me], before[6]
        now = (iri, types, labels, aliases, mentions, facts)
        if now == before[:6]:
            continue
        left += [] if rank is None else [rank]
        come += [(_rank(me, mentions, facts), me)] if types else []
        if types or mentions or facts:
            index.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", (me, *now))
        else:
            index.execute("DELETE FROM thing WHERE id = ?", (me,))
    index.executemany("DELETE FROM names WHERE rowid = ?", ((rank,) for rank in sorted(left)))
    for done, (rank, me) in enumerate(sorted(come), 1):
        _put_names(index, me, rank)
        tell(done / len(come))


def _called(changes: _Changes, named: Iterable[Named]) -> Iterator[tuple[str, str, str, str]]:
    """Each thing with its types, labels and aliases, and those that are concerned but have no name any more."""
    left = dict(changes.iris)
    for iri, group in groupby(named, key=attrgetter("iri")):
        known = list(group)
        labels = sorted((name.label for name in known if not name.alias), key=str.isascii)
        aliases = [name.label for name in known if name.alias]
        left.pop(number(iri), None)
        yield iri, " ".join(sorted(known[0].types)), "\n".join(labels), "\n".join(aliases)
    for iri in left.values():
        yield iri, "", "", ""


def _rank(me: int, mentions: int, facts: int) -> int:
    """The place of a thing: what most articles mention stands first, then that of which most facts tell."""
    behind = _MENTIONS - min(mentions, _MENTIONS), _FACTS - min(facts, _FACTS)
    return (behind[0] << _FACTS.bit_length() | behind[1]) << _BELOW | me >> BYTES * 8 - _BELOW


def _put_names(index: sqlite3.Connection, me: int, rank: int) -> None:
    """Index the names of a thing at its rank, or as near behind it as there is room."""
    while index.execute("SELECT 1 FROM thing WHERE rank = ?", (rank,)).fetchone():
        rank += 1
    index.execute("UPDATE thing SET rank = ? WHERE id = ?", (rank, me))
    types, labels, aliases = index.execute("SELECT types, labels, aliases FROM thing WHERE id = ?", (me,)).fetchone()
    folded = [[fold(name) for name in names.split("\n") if name] for names in (labels, aliases)]
    heard = [sound for name in (*folded[0], *folded[1]) for sound in sounds(name)]
    row = (rank, marked(*folded[0]), marked(*folded[1]), " ".join(heard), types)
    index.execute("INSERT INTO names (rowid, label, alias, sound, type) VALUES (?, ?, ?, ?, ?)", row)


def _of_quotes(index: sqlite3.Connection, changes: _Changes, tell: Tell) -> None:
    """Index the new quotes, and forget those of which nothing is said any more."""
    for quote in sorted(changes.doubted):
        if index.execute("SELECT 1 FROM said WHERE quote = ?", (quote,)).fetchone() is None:
            _put_quote(index, quote, "INSERT INTO quotes (quotes, rowid, quote) VALUES ('delete', ?, ?)")
            index.execute("DELETE FROM quote WHERE id = ?", (quote,))
    for done, quote in enumerate(sorted(changes.fresh), 1):
        _put_quote(index, quote, "INSERT INTO quotes (rowid, quote) VALUES (?, ?)")
        tell(done / len(changes.fresh))


def _put_quote(index: sqlite3.Connection, quote: int, statement: str) -> None:
    (text,) = index.execute("SELECT text FROM quote WHERE id = ?", (quote,)).fetchone()
    index.execute(statement, (quote, pairs(fold(text))))
