"""The two gold articles as readings and as a store with inferences: what the tests of the graph stand on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.facts import load_facts
from kg.graph import to_ntriples, vocabulary_ntriples
from kg.inference import infer
from kg.model import Article, Reading
from kg.namespaces import DEFAULT_BASE

GOLD = Path(__file__).parents[1] / "data" / "gold"
PLACES = {"dingyuan": "定远县", "neimenggu": "内蒙古自治区"}


@cache
def reading(name: str) -> Reading:
    """A gold article with the facts that people read in it."""
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    article = Article(
        id=f"{len(text):016x}", source=f"{name}.txt", text=text, title=text.partition("\n")[0], place=PLACES[name]
    )
    return load_facts(GOLD / f"{name}.facts.jsonl", article)


def store_of(*names: str, base: str = DEFAULT_BASE) -> ox.Store:
    """A store in memory with the vocabulary and the named articles, without inferences."""
    store = ox.Store()
    for lines in (vocabulary_ntriples(base), *(to_ntriples(reading(name), base=base) for name in names)):
        store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


@cache
def inferred(*names: str) -> ox.Store:
    """The same with inferences; shared, so only to be read."""
    store = store_of(*names)
    infer(store)
    return store


def triples(store: ox.Store) -> set[ox.Quad]:
    """All that a store holds."""
    return set(store)


def pairs(store: ox.Store, property: str) -> set[tuple[str, str]]:
    """Subjects and objects that a property joins."""
    found = store.quads_for_pattern(None, ox.NamedNode(property), None)
    return {(quad.subject.value, quad.object.value) for quad in found}
