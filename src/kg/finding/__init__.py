"""Finding things by what people type: part of a name, an alias, pinyin, or words of the texts.

The names and quotes of a generation of the graph are indexed when it is first searched; the index lies in the folder
of the generation and goes with it, so a writer has nothing to keep up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal

from ..errors import UnknownName
from ..names import KINDS_OF_NAME
from ..namespaces import KG
from ..store import Store
from ..tables import Iri, Rows, render
from ..wording import Lang, say, term_labels
from .forms import END, START, fold, letters, phrase
from .index import opened

How = Literal["name", "beginning", "alias", "pinyin", "part", "quote"]

_SAID: Final[dict[How, str]] = {
    "name": "by_name",
    "beginning": "by_beginning",
    "alias": "by_alias",
    "pinyin": "by_pinyin",
    "part": "by_part",
    "quote": "by_quote",
}
_BY_NAME: Final = """SELECT iri, types, thing.label, aliases, facts, quote
    FROM names JOIN thing ON thing.id = names.rowid WHERE names MATCH ? AND fits(types) ORDER BY names.rowid"""
_BY_QUOTE: Final = """SELECT iri, types, label, aliases, facts, said.quote, last
    FROM quotes JOIN said ON said.id = quotes.rowid JOIN thing ON thing.id = said.thing
    WHERE quotes MATCH ? AND quotes.rowid > ? AND fits(types) ORDER BY quotes.rowid LIMIT 1"""

Row = tuple[Any, ...]
Look = Callable[[sqlite3.Connection, str], Iterator[Row]]


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


def search(store: Store, text: str, *, types: Collection[str] = (), limit: int = 20, lang: Lang = "zh") -> Rows:
    """What goes by the text, as people see it: name, type, how it was found, a quote, the number of facts.

    The best come first: the whole name, its beginning, an alias, pinyin or initials, a part of a name, words of a
    quote; among these what most articles mention. Raises UnknownName for a type that there is not.
    """
    found = hits(store, text, types=types, limit=limit)
    labels = store.labels((hit.iri for hit in found), lang=lang)
    heads = tuple(say(key, lang) for key in ("thing", "type", "found", "quote", "facts"))
    rows = ((labels.get(hit.iri, hit.label), _types(hit, lang), _how(hit, lang), hit.quote, hit.facts) for hit in found)
    return Rows(heads, tuple(rows))


def found(
    store: Store, text: str, form: str, *, types: Collection[str] = (), limit: int = 20, lang: Lang = "zh"
) -> str:
    """The same as text in one of the forms of a table."""
    return render(search(store, text, types=types, limit=limit, lang=lang), form, empty=say("no_rows", lang))


def hits(store: Store, text: str, *, types: Collection[str] = (), limit: int = 20) -> tuple[Hit, ...]:
    """What goes by the text, the best first, at most `limit`; each thing once, for its best reason."""
    unknown = next((name for name in types if name not in KINDS_OF_NAME), None)
    if unknown is not None:
        raise UnknownName("type", unknown, tuple(sorted(KINDS_OF_NAME)))
    with closing(opened(store)) as index:
        index.create_function("fits", 1, lambda kinds: not types or not set(types).isdisjoint(kinds.split()))
        return tuple(islice(_once(index, fold(text)), limit))


def _once(index: sqlite3.Connection, wanted: str) -> Iterator[Hit]:
    seen: set[str] = set()
    for how, look, match in _looks(wanted):
        for iri, types, label, aliases, facts, quote in look(index, match):
            if iri not in seen:
                seen.add(iri)
                alias = _alias(how, wanted, label, aliases.split("\n"))
                yield Hit(Iri(iri), label, tuple(types.split()), how, alias, quote, facts)


def _looks(wanted: str) -> Iterator[tuple[How, Look, str]]:
    """The looks into the index for folded words, the best reason first."""
    if not wanted:
        return
    yield "name", _by_name, f"label : {phrase(START + wanted + END)}"
    yield "beginning", _by_name, f"label : {phrase(START + wanted)}"
    yield "alias", _by_name, f"alias : {phrase(START + wanted)}"
    if typed := letters(wanted):
        yield "pinyin", _by_name, f"sound : {phrase(START + typed + END)}"
        yield "pinyin", _by_name, f"sound : {phrase(START + typed)}"
    yield "part", _by_name, f"{{label alias}} : {phrase(wanted)}"
    yield "quote", _by_quote, phrase(wanted)


def _by_name(index: sqlite3.Connection, match: str) -> Iterator[Row]:
    return index.execute(_BY_NAME, (match,))


def _by_quote(index: sqlite3.Connection, match: str) -> Iterator[Row]:
    """One row for each thing: the next look begins behind all its quotes, of which there may be very many."""
    last = 0
    while row := index.execute(_BY_QUOTE, (match, last)).fetchone():
        *found, last = row
        yield tuple(found)


def _alias(how: How, wanted: str, label: str, aliases: Sequence[str]) -> str:
    """The alias that was found, where it was no label."""
    if how not in ("alias", "part") or (how == "part" and wanted in fold(label)):
        return ""
    fits = (name for name in aliases if wanted in fold(name))
    return next((name for name in sorted(fits, key=lambda name: not fold(name).startswith(wanted))), "")


def _types(hit: Hit, lang: Lang) -> str:
    labels = term_labels()
    names = (labels.get(KG[name], {}).get(lang, name) if name in KG.terms else name for name in hit.types)
    return "、".join(names) if lang == "zh" else ", ".join(names)


def _how(hit: Hit, lang: Lang) -> str:
    said = say(_SAID[hit.how], lang)
    return f"{said} {hit.alias}" if hit.alias else said
