"""Finding things by what people type: part of a name, an alias, pinyin, or words of the texts.

The names and quotes of a graph are indexed when it is first searched, and what has changed when it is searched again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from ..errors import UnknownName
from ..names import KINDS_OF_NAME
from ..namespaces import KG, RDF, VOCABULARY
from ..store import Store
from ..tables import Iri, Rows, render
from ..wording import Lang, say, term_labels
from .forms import END, START, fold, letters, phrase
from .index import Progress, is_ahead, opened

How = Literal["name", "beginning", "alias", "pinyin", "part", "quote"]

_SAID: Final[dict[How, str]] = {
    "name": "by_name",
    "beginning": "by_beginning",
    "alias": "by_alias",
    "pinyin": "by_pinyin",
    "part": "by_part",
    "quote": "by_quote",
}
_BY_NAME: Final = """SELECT iri, types, labels, aliases, facts, (SELECT text FROM quote WHERE id = (
        SELECT quote FROM said WHERE said.thing = thing.id ORDER BY away, quote LIMIT 1))
    FROM names CROSS JOIN thing ON thing.rank = names.rowid WHERE names MATCH ? ORDER BY names.rowid"""
_QUOTES: Final = "SELECT rowid FROM quotes WHERE quotes MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
_BY_QUOTE: Final = """SELECT iri, types, labels, aliases, facts, text
    FROM (SELECT thing, min(quote) AS quote FROM said WHERE quote IN (SELECT value FROM json_each(?)) GROUP BY thing)
        AS found JOIN thing ON thing.id = found.thing JOIN quote ON quote.id = found.quote
    WHERE rank IS NOT NULL ORDER BY mentions DESC, facts DESC, iri"""
_AT_ONCE: Final = 500
"""So many quotes are looked at together: the things of which they speak are ranked among themselves."""

Row = tuple[str, str, str, str, int, str | None]
Look = Callable[[sqlite3.Connection, str, Collection[str]], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; `alias` is the other name by which it was, if it was; `facts` counts what is said of it.

    `quote` is where the words stand for a hit in a quote, else one that says something of it; empty where none does.
    """

    iri: Iri
    label: str
    types: tuple[str, ...]
    how: How
    alias: str
    quote: str
    facts: int


def search(
    store: Store,
    text: str,
    *,
    types: Collection[str] = (),
    limit: int = 20,
    lang: Lang = "zh",
    on_progress: Progress | None = None,
) -> Rows:
    """What goes by the text, as people see it: name, type, how it was found, a quote, the number of facts.

    The best come first: the whole name, its beginning, an alias, pinyin or initials, a part of a name, words of a
    quote; among these what most articles mention. Raises UnknownName for a type that there is not.
    """
    found = hits(store, text, types=types, limit=limit, on_progress=on_progress)
    labels = store.labels((hit.iri for hit in found), lang=lang)
    heads = tuple(say(key, lang) for key in ("thing", "type", "found", "quote", "facts"))
    types_of, comma = _types(store, found, lang), "、" if lang == "zh" else ", "
    rows = (
        (
            labels.get(hit.iri, hit.label),
            comma.join(types_of[type] for type in hit.types),
            _how(hit, lang),
            hit.quote,
            hit.facts,
        )
        for hit in found
    )
    return Rows(heads, tuple(rows))


def found(
    store: Store,
    text: str,
    form: str,
    *,
    types: Collection[str] = (),
    limit: int = 20,
    lang: Lang = "zh",
    on_progress: Progress | None = None,
) -> str:
    """The same as text in one of the forms of a table."""
    return render(
        search(store, text, types=types, limit=limit, lang=lang, on_progress=on_progress),
        form,
        empty=say("no_rows", lang),
    )


def hits(
    store: Store, text: str, *, types: Collection[str] = (), limit: int = 20, on_progress: Progress | None = None
) -> tuple[Hit, ...]:
    """What goes by the text, the best first, at most `limit`; each thing once, for its best reason.

    `on_progress` is told from time to time which part of an index that must be made is done, between 0 and 1.
    """
    unknown = next((name for name in types if name not in KINDS_OF_NAME), None)
    if unknown is not None:
        raise UnknownName("type", unknown, tuple(sorted(KINDS_OF_NAME)))
    with closing(opened(store, on_progress=on_progress)) as index:
        found = _once(index, fold(text), types)
        if is_ahead(index, store):
            found = (hit for hit in found if any(store.triples(hit.iri, RDF.type)))
        return tuple(islice(found, limit))


def _once(index: sqlite3.Connection, wanted: str, types: Collection[str]) -> Iterator[Hit]:
    seen: set[str] = set()
    for how, look, match in _looks(wanted):
        for iri, kinds, labels, aliases, facts, quote in look(index, match, types):
            if iri not in seen:
                seen.add(iri)
                label = (labels or aliases).partition("\n")[0]
                alias = _alias(how, wanted, label, aliases.split("\n"))
                yield Hit(Iri(iri), label, tuple(kinds.split()), how, alias, quote or "", facts)


def _looks(wanted: str) -> Iterator[tuple[How, Look, str]]:
    """The looks into the index for folded words, the best reason first."""
    if not wanted:
        return
    yield "name", _by_name, f"label : {phrase(START + wanted + END)}"
    yield "beginning", _by_name, f"label : {phrase(START + wanted)}"
    yield "alias", _by_name, f"alias : {phrase(START + wanted)}"
    if typed := letters(wanted):
        yield "pinyin", _by_name, f'sound : "{typed}"'
        yield "pinyin", _by_name, f'sound : "{typed}" *'
    yield "part", _by_name, f"{{label alias}} : {phrase(wanted)}"
    yield "quote", _by_quote, phrase(wanted)


def _by_name(index: sqlite3.Connection, match: str, types: Collection[str]) -> Iterator[Row]:
    """Things by rank; the first are there before the last have been looked for."""
    kinds = " OR ".join(f'"{type}"' for type in types)
    return index.execute(_BY_NAME, (f"({match}) AND type : ({kinds})" if types else match,))


def _by_quote(index: sqlite3.Connection, match: str, types: Collection[str]) -> Iterator[Row]:
    """Things by rank among those of a few hundred quotes, then those of the next: there may be very many."""
    last = -1
    while quotes := [row[0] for row in index.execute(_QUOTES, (match, last, _AT_ONCE))]:
        rows = index.execute(_BY_QUOTE, (json.dumps(quotes),))
        yield from (row for row in rows if not types or not set(types).isdisjoint(row[1].split()))
        last = quotes[-1]


def _alias(how: How, wanted: str, label: str, aliases: Sequence[str]) -> str:
    """The alias that was found, where it was no label."""
    if how not in ("alias", "part") or (how == "part" and wanted in fold(label)):
        return ""
    fits = (name for name in aliases if wanted in fold(name))
    return next((name for name in sorted(fits, key=lambda name: not fold(name).startswith(wanted))), "")


def _types(store: Store, found: Iterable[Hit], lang: Lang) -> dict[str, str]:
    """The types of all that was found, in words: classes by the ontology, schemes of concepts by the vocabulary."""
    kinds = {type for hit in found for type in hit.types}
    classes = {type: term_labels()[KG[type]][lang] for type in kinds if type in KG.terms}
    schemes = {type: f"{VOCABULARY}{type.lower()}" for type in kinds - classes.keys()}
    labels = store.labels(schemes.values(), lang=lang)
    return classes | {type: labels.get(iri, type) for type, iri in schemes.items()}


def _how(hit: Hit, lang: Lang) -> str:
    said = say(_SAID[hit.how], lang)
    return f"{said} {hit.alias}" if hit.alias else said
