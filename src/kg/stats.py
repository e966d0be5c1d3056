"""What the graph holds, counted: entities, relations, figures, articles, confidence, kinds, most affected groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from . import sections
from .evidence import Claim, Observed, claims, figures, inferences
from .model import EntityType, Predicate
from .namespaces import KG, RDF
from .store import Store
from .tables import Iri, Rows, Value
from .wording import Lang

_PREDICATES: Final = (*map(str, Predicate), "affects", "within")
_KINDS: Final = (
    (EntityType.MECHANISM, "instrumentType"),
    (EntityType.MECHANISM, "form"),
    (EntityType.DOCUMENT, "genre"),
    (EntityType.ORGANISATION, "orgType"),
    (EntityType.ORGANISATION, "adminLevel"),
    (EntityType.PLACE, "adminLevel"),
)
_BANDS: Final = (0.9, 0.8, 0.7, 0.6, 0.5, 0.0)
_GROUPS: Final = """SELECT ?group (COUNT(DISTINCT ?policy) AS ?policy_count) {
  ?policy kg:affects ?group
} GROUP BY ?group ORDER BY DESC(?policy_count) ?group LIMIT 10"""


@dataclass(frozen=True, slots=True)
class Stats:
    """Tables by name; names and columns are keys of the wordings, nodes stand as IRIs and are labelled by language."""

    sections: Mapping[str, Rows]
    labels: Mapping[str, Mapping[str, str]]


def stats(store: Store) -> Stats:
    """Everything countable in a store."""
    stated, seen = claims(store), figures(store)
    typed = [claim for claim in stated if claim.predicate == RDF.type]
    quotes = [claim.quote for claim in stated] + [observed.quote for observed in seen]
    tables = {
        "articles": _articles(stated, seen),
        "entities": _entities(typed),
        "relations": _relations(store, stated),
        "figures": Rows(("level", "role", "count"), tuple(_levels(store))),
        "confidence": _confidence([quote["confidence"] for quote in quotes]),
        "coverage": Rows(("type", "property", "count", "assigned", "share"), tuple(_coverage(store, typed))),
        "reached_groups": store.select(_GROUPS),
    }
    nodes = sorted({v for rows in tables.values() for row in rows.rows for v in row if isinstance(v, Iri)})
    return Stats(tables, {lang: store.labels(nodes, lang=lang) for lang in ("zh", "en")})


def render(found: Stats, form: str = "table", *, lang: Lang = "zh") -> str:
    """The counts as text: one table after the other, or for json one object, for csv one row a value."""
    shown = {name: rows.labelled(found.labels[lang]) for name, rows in found.sections.items()}
    return sections.render(shown, form, lang=lang)


def _articles(stated: tuple[Claim, ...], seen: tuple[Observed, ...]) -> Rows:
    facts = Counter(claim.quote["article"] for claim in stated)
    numbers = Counter(observed.quote["article"] for observed in seen)
    rows = tuple((Iri(a), facts[a] + numbers[a], numbers[a]) for a in sorted({*facts, *numbers}))
    return Rows(("article", "facts", "figures"), rows)


def _entities(typed: list[Claim]) -> Rows:
    quotes = Counter(claim.object for claim in typed)
    things = Counter(kind for kind, _ in {(claim.object, claim.subject) for claim in typed})
    kinds = [Iri(KG[name]) for name in EntityType]
    return Rows(("type", "count", "quotes"), tuple((kind, things[kind], quotes[kind]) for kind in kinds))


def _relations(store: Store, stated: tuple[Claim, ...]) -> Rows:
    said = Counter(predicate for predicate, *_ in {(c.predicate, c.subject, c.object) for c in stated})
    found = Counter(predicate for predicate, *_ in {(i.predicate, i.subject, i.object) for i in inferences(store)})
    names = [Iri(KG[name]) for name in _PREDICATES]
    return Rows(("predicate", "stated", "derived"), tuple((name, said[name], found[name]) for name in names))


def _levels(store: Store) -> Iterator[tuple[Value, ...]]:
    query = """SELECT ?level ?role (COUNT(?figure) AS ?count) { ?figure kg:level ?level ; kg:role ?role }
        GROUP BY ?level ?role ORDER BY ?level DESC(?count) ?role"""
    yield from store.select(query).rows


def _confidence(values: list[float]) -> Rows:
    bands = Counter(next(band for band in _BANDS if value >= band) for value in values)
    return Rows(("confidence", "count"), tuple((f"≥ {band:g}", bands[band]) for band in _BANDS if bands[band]))


def _coverage(store: Store, typed: list[Claim]) -> Iterator[tuple[Value, ...]]:
    """How many of the named things have a kind of each sort."""
    for type, name in _KINDS:
        things = {claim.subject for claim in typed if claim.object == KG[type]}
        known = {subject for subject, _, _ in store.triples(predicate=KG[name])} & things
        if things:
            share = round(100 * len(known) / len(things), 1)
            yield Iri(KG[type]), Iri(KG[name]), len(things), len(known), share
