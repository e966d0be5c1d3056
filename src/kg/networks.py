"""The graph as a networkx.MultiDiGraph, for drawing, measuring and the formats of network tools.

Nodes are the entities that articles name and the articles; edges are the relations between them, stated and
derived. Both carry their evidence. Nodes and edges stand in a fixed order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .evidence import Claim, Grounds, Triple, claims, figures, inferences
from .model import EntityType, Predicate, Property
from .namespaces import KG, RDF, SKOS
from .store import Store
from .store.terms import to_plain
from .tables import Duration, Iri, Value
from .wording import LANGUAGES, Lang, say_duration

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_PREDICATES: Final = {KG[name]: name for name in (*map(str, Predicate), "affects", "within")}
_TYPES: Final = {KG[name]: name for name in (*map(str, EntityType), "Article")}
_DETAILS: Final = (*(KG[name] for name in Property), KG.succeededBy)
_KINDS: Final = (KG.instrumentType, KG.form, KG.genre, KG.orgType, KG.adminLevel)

_Item = TypeVar("_Item")


def to_networkx(store: Store) -> MultiDiGraph:
    """All entities that some article names, and all articles, with the relations between them.

    A node's key is its IRI; its attributes are type, label, also, post, kinds, details, quotes, figures, articles,
    and label_en where the graph knows an English name. An edge's key is the local name of its predicate; its attributes
    are predicate, derived, quotes. A derived edge carries the quotes of the claims that it rests on. Groups of the
    scheme that only inference reaches are left out: no article speaks of them.
    """
    from networkx import MultiDiGraph

    store = store.near()
    stated = claims(store)
    grounds = Grounds(stated, inferences(store))
    graph = MultiDiGraph()
    graph.add_nodes_from(_nodes(store, stated))
    for subject, predicate, object in sorted(_relations(store)):
        if subject in graph and object in graph:
            name, triple = _PREDICATES[predicate], (subject, predicate, object)
            quotes = [claim.quote for claim in grounds.claims(triple)]
            graph.add_edge(subject, object, key=name, predicate=name, derived=not grounds.states(triple), quotes=quotes)
    return graph


def _relations(store: Store) -> Iterator[Triple]:
    for predicate in _PREDICATES:
        for subject, _, object in store.triples(predicate=predicate):
            yield subject, predicate, str(to_plain(object))


def _nodes(store: Store, stated: Iterable[Claim]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The things of the entity types that a claim names, and all articles."""
    types = {node: name for iri, name in _TYPES.items() for node, _, _ in store.triples(None, RDF.type, Iri(iri))}
    named = _by_node((claim.subject, claim) for claim in stated if claim.predicate == RDF.type)
    numbers = _by_node((node, seen) for seen in figures(store) for node in {seen.of, seen.place} if node)
    said = _by_node((end, claim) for claim in stated for end in {claim.subject, claim.object})
    for node, type in sorted(types.items()):
        if type == "Article" or node in named:
            speakers = {claim.quote["article"] for claim in said.get(node, ())}
            about = {
                "quotes": [claim.quote for claim in named.get(node, ())],
                "figures": [seen.figure for seen in numbers.get(node, ())],
                "articles": sorted(speakers | {node} if type == "Article" else speakers),
            }
            yield node, {"type": type, **_names(store, node), **about}


def _names(store: Store, node: str) -> dict[str, Any]:
    values: dict[str, list[str]] = defaultdict(list)
    for _, predicate, term in store.triples(node):
        values[predicate].append(str(to_plain(term)))
    kinds = sorted(kind for property in _KINDS for kind in values[property])
    label, english = (store.labels([node], lang=lang).get(node, node) for lang in ("zh", "en"))
    return {
        "label": label,
        **({"label_en": english} if english != label else {}),
        "also": sorted(values[SKOS.altLabel]),
        "post": next(iter(sorted(values[KG.post])), None),
        "details": list(_details(store, node)),
        "kinds": [_in_both(store, Iri(kind)) for kind in kinds],
    }


def _details(store: Store, node: str) -> Iterator[dict[str, Any]]:
    """What is said of a node besides relations: the two names of each property, with the value in both languages."""
    for property in _DETAILS:
        for _, _, term in sorted(store.triples(node, property), key=str):
            yield _in_both(store, Iri(property)) | {"value": _in_both(store, to_plain(term))}


def _in_both(store: Store, value: Value) -> dict[str, str]:
    """A node by its label, a length of time in words, another value as it is; in Chinese and in English."""
    return {lang: _told(store, value, lang) for lang in LANGUAGES}


def _told(store: Store, value: Value, lang: Lang) -> str:
    if isinstance(value, Iri):
        return store.labels([value], lang=lang).get(value, value)
    return say_duration(value, lang) if isinstance(value, Duration) else str(value)


def _by_node(pairs: Iterable[tuple[str, _Item]]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for node, item in pairs:
        found[node].append(item)
    return found
