"""Turtle and TriG for people: sorted, prefixed, one block a subject, under a heading for each kind of thing.

The same store, or one built again from the same texts, gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from textwrap import indent
from typing import Final

from ..namespaces import KINDS, RDF, RDFS, SCHEMES, SKOS
from ..store import Store
from .spelling import Speller
from .statements import Statement, by_graph, statements

_FIRST: Final = {f"<{term}>": place for place, term in enumerate((RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel))}
_KIND: Final = (f"<{RDF.type}>", f"<{SKOS.inScheme}>")
_NEXT: Final = "\n    "
_ORDER: Final = {prefix: place for place, prefix in enumerate(dict.fromkeys(("article", *KINDS, *SCHEMES)))}


def turtle(store: Store) -> Iterator[str]:
    """The whole store as Turtle, in pieces."""
    spell = Speller(store.prefixes)
    body = list(_blocks(statements(store), spell, store))
    yield from _prefixes(store.prefixes, spell.used)
    yield from body


def trig(store: Store) -> Iterator[str]:
    """The whole store as TriG, with a graph for each article."""
    spell = Speller(store.prefixes)
    body: list[str] = []
    for graph, triples in by_graph(store).items():
        blocks = _blocks(triples, spell, None if graph else store)
        body += [f"\n<{graph[1:-1]}> {{\n", *(indent(block, "    ") for block in blocks), "}\n"] if graph else blocks
    yield from _prefixes(store.prefixes, spell.used)
    yield from body


def from_triples(triples: Iterable[Statement], prefixes: Mapping[str, str]) -> str:
    """Any triples, such as those of a CONSTRUCT query, as Turtle."""
    spell = Speller(prefixes)
    body = list(_blocks(sorted(triples), spell))
    return "".join([*_prefixes(prefixes, spell.used), *body])


def _prefixes(prefixes: Mapping[str, str], used: set[str]) -> Iterator[str]:
    for prefix in sorted(used):
        yield f"@prefix {prefix}: <{prefixes[prefix]}> .\n"


def _blocks(triples: Iterable[Statement], spell: Speller, store: Store | None = None) -> Iterator[str]:
    """One block a subject, by kind; with a heading for each kind where a store gives the labels."""
    subjects = [(subject, list(about)) for subject, about in groupby(triples, key=itemgetter(0))]
    placed = sorted(((_place(spell.prefix(subject)), subject, about) for subject, about in subjects), key=itemgetter(0))
    for (_, prefix), group in groupby(placed, key=itemgetter(0)):
        kind = list(group)
        if store:
            heading = _heading((triple for _, _, about in kind for triple in about), store)
            yield f"\n{'#' * 30} {prefix or 'vocab'}: {heading}".rstrip(": ") + "\n"
        for _, subject, about in kind:
            yield "\n" + _block(subject, about, spell)


def _place(prefix: str) -> tuple[int, str]:
    """Where the subjects of a prefix stand: the kinds of data first, then the schemes, then the rest by name."""
    return _ORDER.get(prefix, len(_ORDER)), prefix


def _heading(triples: Iterable[Statement], store: Store) -> str:
    """The labels of the first class or scheme that has them."""
    for _, predicate, object in triples:
        if predicate in _KIND:
            labels = [store.labels([object[1:-1]], lang=lang).get(object[1:-1]) for lang in ("zh", "en")]
            if any(labels):
                return " · ".join(dict.fromkeys(filter(None, labels)))
    return ""


def _block(subject: str, about: Iterable[Statement], spell: Speller) -> str:
    lines = []
    ordered = sorted(about, key=lambda triple: (_FIRST.get(triple[1], len(_FIRST)), spell.verb(triple[1])))
    for predicate, group in groupby(ordered, key=itemgetter(1)):
        objects = [spell.spell(triple[2]) for triple in group]
        lines.append(f"{spell.verb(predicate)} {(', ' if len(objects) < 4 else f',{_NEXT}    ').join(objects)}")
    return f"{spell.spell(subject)} {f' ;{_NEXT}'.join(lines)} .\n"
