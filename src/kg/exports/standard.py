"""The formats that other RDF tools read: N-Triples, N-Quads, JSON-LD and RDF/XML, sorted or as the engine has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import pyoxigraph as ox

from ..store import Store
from .statements import by_graph, statements

STREAMED: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""The formats that can be written in any order, triple by triple."""


def ntriples(store: Store) -> Iterator[str]:
    """One triple a line."""
    return (f"{' '.join(triple)} .\n" for triple in statements(store))


def nquads(store: Store) -> Iterator[str]:
    """One triple a line, with the graph of its article."""
    for graph, triples in by_graph(store).items():
        end = f" {graph} .\n" if graph else " .\n"
        yield from (" ".join(triple) + end for triple in triples)


def streamed(store: Store, suffix: str, out: BinaryIO) -> None:
    """The triples in the order of the engine, in a format of STREAMED: nothing is held in memory or sorted."""
    store.write(out, STREAMED[suffix])


def jsonld(store: Store, out: BinaryIO) -> None:
    """JSON-LD with the usual prefixes as its context."""
    ox.serialize(_sorted(store), out, ox.RdfFormat.JSON_LD, prefixes=dict(store.prefixes))


def rdfxml(store: Store, out: BinaryIO) -> None:
    """RDF/XML."""
    ox.serialize(_sorted(store), out, ox.RdfFormat.RDF_XML, prefixes=dict(store.prefixes))


def _sorted(store: Store) -> list[ox.Triple]:
    return sorted(store.graph(), key=str)
