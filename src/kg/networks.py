"""The graph as a networkx.MultiDiGraph, for drawing, measuring and the formats of network tools.

Nodes are the entities that articles name, the groups that inference reaches, and the articles; edges are the
relations, stated and derived. Both carry their evidence. Nodes and edges stand in a fixed order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .evidence import Claim, Grounds, Triple, claims, figures, inferences
from .model import EntityType, Predicate
from .namespaces import KG, RDF, SKOS
from .store import Store
from .store.terms import to_plain
from .tables import Iri

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_PREDICATES: Final = {KG[name]: name for name in (*map(str, Predicate), "affects", "within")}
_TYPES: Final = {KG[name]: name for name in (*map(str, EntityType), "Article")}
_KINDS: Final = (KG.instrumentType, KG.form, KG.genre, KG.orgType, KG.adminLevel)

_Item = TypeVar("_Item")


def to_networkx(store: Store) -> MultiDiGraph:
    """All entities and articles with their relations.

    A node's key is its IRI; its attributes are type, label, also, post, kinds, quotes, figures, articles. An edge's
    key is the local name of its predicate; its attributes are predicate, derived, quotes. A derived edge carries the
    quotes of the claims that it rests on.
    """
    from networkx import MultiDiGraph

    stated = claims(store)
    grounds = Grounds(stated, inferences(store))
    triples = sorted(_relations(store))
    graph = MultiDiGraph()
    graph.add_nodes_from(_nodes(store, stated, {end for s, _, o in triples for end in (s, o)}))
    for subject, predicate, object in triples:
        if subject in graph and object in graph:
            name, triple = _PREDICATES[predicate], (subject, predicate, object)
            quotes = [claim.quote for claim in grounds.claims(triple)]
            graph.add_edge(subject, object, key=name, predicate=name, derived=not grounds.states(triple), quotes=quotes)
    return graph


def _relations(store: Store) -> Iterator[Triple]:
    for predicate in _PREDICATES:
        for subject, _, object in store.triples(predicate=predicate):
            yield subject, predicate, str(to_plain(object))


def _nodes(store: Store, stated: Iterable[Claim], joined: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All things of the entity types and all articles; of the scheme's groups only those that something touches."""
    types = {node: name for iri, name in _TYPES.items() for node, _, _ in store.triples(None, RDF.type, Iri(iri))}
    named = _by_node((claim.subject, claim) for claim in stated if claim.predicate == RDF.type)
    numbers = _by_node((node, seen) for seen in figures(store) for node in {seen.of, seen.place} if node)
    said = _by_node((end, claim) for claim in stated for end in {claim.subject, claim.object})
    for node in sorted(types):
        if types[node] != EntityType.GROUP or node in joined or node in named:
            articles = {c.quote["article"] for c in said.get(node, ())} | (
                {node} if types[node] == "Article" else set()
            )
            yield (
                node,
                {
                    "type": types[node],
                    **_names(store, node),
                    "quotes": [claim.quote for claim in named.get(node, ())],
                    "figures": [seen.figure for seen in numbers.get(node, ())],
                    "articles": sorted(articles),
                },
            )


def _names(store: Store, node: str) -> dict[str, Any]:
    values: dict[str, list[str]] = defaultdict(list)
    for _, predicate, term in store.triples(node):
        values[predicate].append(str(to_plain(term)))
    kinds = sorted(kind for property in _KINDS for kind in values[property])
    return {
        "label": store.labels([node]).get(node, node),
        "also": sorted(values[SKOS.altLabel]),
        "post": next(iter(sorted(values[KG.post])), None),
        "kinds": [{lang: store.labels([kind], lang=lang).get(kind, kind) for lang in ("zh", "en")} for kind in kinds],
    }


def _by_node(pairs: Iterable[tuple[str, _Item]]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for node, item in pairs:
        found[node].append(item)
    return found
