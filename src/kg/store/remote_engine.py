"""Changing the graph of a server: questions in batches, and updates in pieces that every server takes.

Named graphs that go with the data are called by their name under the base, as in a folder; on the server they stand
under the IRI of the data graph, so that several graphs of one server do not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, cast

import pyoxigraph as ox

from ..errors import StoreError
from ..namespaces import RDF, XSD
from .engine import DEFAULT, Engine, Graph, placed, restricted
from .remote import RemoteStore
from .terms import Term

_TYPE: Final = ox.NamedNode(RDF.type)
_PIECE: Final = 1000
"""How many triples one update has: Virtuoso takes about 3,000."""
_BULK: Final = 4 << 20
"""How many bytes of N-Triples are loaded at once."""


class RemoteEngine(Engine):
    """The graph of a server, for writing. `renew` is called before each change, for the lock to hold on."""

    at_once = 200

    def __init__(self, store: RemoteStore, base: str, *, renew: Callable[[], None] = lambda: None):
        self.store, self.base, self._renew = store, base, renew

    def ask(
        self, query: str, values: str = "", *, graph: Graph = DEFAULT
    ) -> ox.QuerySolutions | ox.QueryTriples | Iterator[ox.Triple]:
        graphs = None if graph == DEFAULT else [self._name(graph)]
        found = self.store.query(restricted(query, values), graphs=graphs)
        assert not isinstance(found, ox.QueryBoolean)
        return found

    def alone(self, graph: ox.NamedNode) -> list[ox.Quad]:
        me, all = self._name(graph), self.store.endpoint.beside("run/")
        text = f"""SELECT ?s ?p ?o WHERE {{ GRAPH <{me}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{
            GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{me}> && STRSTARTS(STR(?g), "{all}")) }} }}"""
        found = self.store.query(text, graphs=())
        assert isinstance(found, ox.QuerySolutions)
        return [ox.Quad(*row) for row in found]

    def lacking(self, quads: set[ox.Quad]) -> set[ox.Quad]:
        things = {cast(ox.NamedNode, quad.subject) for quad in quads if quad.predicate == _TYPE}
        return quads - set(self.about(things))

    def insert(self, quads: Iterable[ox.Quad]) -> None:
        self._update("INSERT DATA", quads)

    def delete(self, quads: Iterable[ox.Quad]) -> None:
        wanted = set(quads)
        lengths = {quad for quad in wanted if _is_duration(quad.object)}
        self._update("DELETE DATA", wanted - lengths)
        self._together([f"DELETE WHERE {{ {self._block(_graph(quad), [str(quad.triple)])} }}" for quad in lengths])

    def drop(self, *graphs: ox.NamedNode) -> None:
        self._together([f"DROP SILENT GRAPH <{self._name(graph)}>" for graph in graphs])

    def do(self, update: str) -> None:
        """One update."""
        self._renew()
        self.store.endpoint.update(update)

    def load(self, lines: Iterable[str], *, graph: Graph = DEFAULT) -> None:
        """Add lines of N-Triples to a graph: in bulk by the Graph Store Protocol, where there is none by updates."""
        for piece in _pieces(lines):
            self._renew()
            name = self.store.endpoint.graph if graph == DEFAULT else self._name(graph)
            if not self.store.endpoint.load(name, piece):
                self.insert(placed((quad.triple for quad in ox.parse(piece, ox.RdfFormat.N_TRIPLES)), graph))

    def replace(self, graph: ox.NamedNode) -> None:
        """Let a named graph take the place of the default one."""
        data = self.store.endpoint.graph
        self.do(f"MOVE GRAPH <{self._name(graph)}> TO {f'GRAPH <{data}>' if data else 'DEFAULT'}")

    def _together(self, updates: Sequence[str]) -> None:
        for start in range(0, len(updates), self.at_once):
            self.do(" ; ".join(updates[start : start + self.at_once]))

    def _update(self, verb: str, quads: Iterable[ox.Quad]) -> None:
        wanted = sorted(set(quads), key=str)
        for start in range(0, len(wanted), _PIECE):
            graphs: dict[Graph, list[str]] = {}
            for quad in wanted[start : start + _PIECE]:
                graphs.setdefault(_graph(quad), []).append(f"{quad.triple} .")
            self.do(f"{verb} {{ {' '.join(self._block(graph, triples) for graph, triples in graphs.items())} }}")

    def _block(self, graph: Graph, triples: Iterable[str]) -> str:
        body, data = "\n".join(triples), self.store.endpoint.graph
        if graph == DEFAULT:
            return f"GRAPH <{data}> {{ {body} }}" if data else body
        return f"GRAPH <{self._name(graph)}> {{ {body} }}"

    def _name(self, graph: Graph) -> str:
        """What the server calls a named graph."""
        _, run, name = str(graph.value if isinstance(graph, ox.NamedNode) else "").rpartition("run/")
        if not run:
            raise StoreError(f"{graph} is no named graph of the store at {self.store.name}")
        return self.store.endpoint.beside(run + name)


def _graph(quad: ox.Quad) -> Graph:
    return cast(Graph, quad.graph_name)


def _is_duration(term: Term) -> bool:
    """Whether Virtuoso takes a term in bulk and in patterns alone."""
    return isinstance(term, ox.Literal) and term.datatype.value == XSD.duration


def _pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines in pieces of about the size that is loaded at once."""
    piece = bytearray()
    for line in lines:
        piece += line.rstrip("\n").encode() + b"\n"
        if len(piece) > _BULK:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)
