"""The triples of a store in a fixed order, and the article whose graph each belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox

from ..namespaces import KG, RDF
from ..store import Store

Statement = tuple[str, str, str]
"""Subject, predicate, object, spelt as in N-Triples."""


def statements(store: Store) -> list[Statement]:
    """All triples, sorted by their spelling."""
    dumped = BytesIO()
    store.write(dumped, ox.RdfFormat.N_TRIPLES)
    return [_parts(line) for line in sorted(dumped.getvalue().decode().split("\n")) if line]


def _parts(line: str) -> Statement:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.removesuffix(" .")


def by_graph(store: Store) -> dict[str, list[Statement]]:
    """The triples by named graph, sorted; the default graph is the empty name and stands first.

    The graph of an article holds its claims and figures with all they say, and the triples that its claims state.
    A triple that two articles state stands in both graphs; what no article says stands in the default graph.
    """
    article_of = {f"<{fact}>": str(term) for fact, _, term in store.triples(predicate=KG.article)}
    stated: dict[Statement, set[str]] = {}
    for fact, triple in _stated(store):
        stated.setdefault(triple, set()).add(article_of[fact])
    graphs: dict[str, list[Statement]] = {"": []}
    for triple in statements(store):
        own = article_of.get(triple[0])
        for article in sorted({own} if own else stated.get(triple, {""})):
            graphs.setdefault(_graph_name(article, store.base), []).append(triple)
    return dict(sorted(graphs.items()))


def _stated(store: Store) -> Iterator[tuple[str, Statement]]:
    parts = (dict(_values(store, term)) for term in (RDF.subject, RDF.predicate, RDF.object))
    subjects, predicates, objects = parts
    for fact, _, _ in store.triples(predicate=KG.article):
        node = f"<{fact}>"
        if node in subjects:
            yield node, (subjects[node], predicates[node], objects[node])


def _values(store: Store, predicate: str) -> Iterator[tuple[str, str]]:
    return ((f"<{subject}>", str(term)) for subject, _, term in store.triples(predicate=predicate))


def _graph_name(article: str, base: str) -> str:
    return f"<{base}graph/{article.strip('<>').rsplit('/', 1)[-1]}>" if article else ""
