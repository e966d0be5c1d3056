"""What a change needs of a writable graph: few kinds of requests, each for many things at once.

An engine of this process answers at once, a server is far away; so whoever changes a store asks for whole sets, in
SPARQL that is kept to some nodes under one of its variables. Without a graph the default one is meant. The data has no
blank nodes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, cast

import pyoxigraph as ox

from ..namespaces import prefixes

DEFAULT: Final = ox.DefaultGraph()
Graph = ox.NamedNode | ox.DefaultGraph
Nodes = Iterable[ox.NamedNode]

_MANY: Final = 10_000
"""From so many triples on the bulk loader is faster than a transaction; a draft that is killed counts for nothing."""
_WHERE: Final = "WHERE {"
_TRIPLES: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Engine(ABC):
    """A graph with named graphs beside it. Queries have `WHERE {` once; the usual prefixes need no declaration."""

    at_once: int
    """How many nodes one query is kept to: few, so that the engine starts from them."""

    @abstractmethod
    def ask(
        self, query: str, values: str = "", *, graph: Graph = DEFAULT
    ) -> ox.QuerySolutions | ox.QueryTriples | Iterator[ox.Triple]:
        """The answer to one query about one graph, kept to a VALUES clause."""

    @abstractmethod
    def alone(self, graph: ox.NamedNode) -> list[ox.Quad]:
        """The triples of a named graph that no other named graph holds, as quads of the default graph."""

    @abstractmethod
    def lacking(self, quads: set[ox.Quad]) -> set[ox.Quad]:
        """Those that the graph does not hold; of things that have no type among the quads perhaps all."""

    @abstractmethod
    def insert(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads; those that are there already make no difference."""

    @abstractmethod
    def delete(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads out; those that are not there make no difference."""

    @abstractmethod
    def drop(self, *graphs: ox.NamedNode) -> None:
        """Take whole named graphs out."""

    def select(
        self, query: str, name: str = "", nodes: Nodes | None = None, *, graph: Graph = DEFAULT
    ) -> Iterator[tuple[ox.NamedNode, ...]]:
        """The rows of a SELECT query of nodes, kept to some under one of its names."""
        for values in self._values(name, nodes):
            yield from [tuple(row) for row in cast(ox.QuerySolutions, self.ask(query, values, graph=graph))]

    def construct(
        self, query: str, name: str = "", nodes: Nodes | None = None, *, graph: Graph = DEFAULT
    ) -> Iterator[Sequence[ox.Triple]]:
        """The triples of a CONSTRUCT query, in batches; blank nodes are told apart within a batch alone.

        Raises SyntaxError where it is none.
        """
        for values in self._values(name, nodes):
            yield _triples(self.ask(query, values, graph=graph))

    def about(self, nodes: Nodes, *, graph: Graph = DEFAULT) -> Iterator[ox.Quad]:
        """All quads of some subjects in a graph."""
        for triples in self.construct(_TRIPLES, "?s", nodes, graph=graph):
            yield from placed(triples, graph)

    def _values(self, name: str, nodes: Nodes | None) -> Iterator[str]:
        if nodes is None:
            yield ""
            return
        wanted = sorted(set(map(str, nodes)))
        for start in range(0, len(wanted), self.at_once):
            yield f"VALUES {name} {{ {' '.join(wanted[start : start + self.at_once])} }}"


def _triples(found: ox.QuerySolutions | Iterable[ox.Triple]) -> list[ox.Triple]:
    """All at once, for an answer of the engine must not outlive the thread that asked."""
    if isinstance(found, ox.QuerySolutions):
        raise SyntaxError("this is no CONSTRUCT query")
    return list(found)


def restricted(query: str, values: str) -> str:
    """A query with a VALUES clause that stands first, so that the engine starts there."""
    return query.replace(_WHERE, f"{_WHERE} {values}", 1) if values else query


def placed(triples: Iterable[ox.Triple], graph: Graph) -> Iterator[ox.Quad]:
    """Triples as quads of a graph."""
    return (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


class LocalEngine(Engine):
    """An Oxigraph store of this process."""

    at_once = 400

    def __init__(self, store: ox.Store, base: str):
        self.store, self._prefixes = store, prefixes(base)

    def ask(
        self, query: str, values: str = "", *, graph: Graph = DEFAULT
    ) -> ox.QuerySolutions | ox.QueryTriples | Iterator[ox.Triple]:
        found = self.store.query(restricted(query, values), prefixes=self._prefixes, default_graph=graph)
        assert not isinstance(found, ox.QueryBoolean)
        return found

    def alone(self, graph: ox.NamedNode) -> list[ox.Quad]:
        triples = [quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)]
        return [ox.Quad(*triple) for triple in triples if self._holders(triple) <= {graph, DEFAULT}]

    def _holders(self, triple: ox.Triple) -> set[Graph]:
        """The graphs that hold a triple, three at most: that is all that need be known."""
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return {cast(Graph, quad.graph_name) for quad in islice(quads, 3)}

    def lacking(self, quads: set[ox.Quad]) -> set[ox.Quad]:
        return {quad for quad in quads if quad not in self.store}

    def insert(self, quads: Iterable[ox.Quad]) -> None:
        new = list(quads)
        (self.store.bulk_extend if len(new) >= _MANY else self.store.extend)(new)

    def delete(self, quads: Iterable[ox.Quad]) -> None:
        for quad in list(quads):
            self.store.remove(quad)

    def drop(self, *graphs: ox.NamedNode) -> None:
        for graph in graphs:
            self.store.remove_graph(graph)
