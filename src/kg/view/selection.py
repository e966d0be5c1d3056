"""Cutting the part worth seeing out of a graph: around a node, by type, by place, or by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from ..errors import UnknownName

if TYPE_CHECKING:
    import networkx as nx

_PART: Final = {"partOf", "within"}
_STANDS_IN: Final = {"appliesIn", "locatedIn"}


def select(
    graph: nx.MultiDiGraph,
    *,
    around: str | None = None,
    depth: int = 1,
    types: Collection[str] = (),
    place: str | None = None,
    nodes: Collection[str] | None = None,
) -> nx.MultiDiGraph:
    """A copy of the part of the graph that meets every wish given; without wishes, of all of it.

    `around` keeps what lies within `depth` links of one node, whatever their direction; `types` keeps nodes of these
    types; `place` keeps a place, what lies in it, and what applies, is seated or was measured there; `nodes` keeps
    the ones named. `around` and `place` themselves always stay. Raises UnknownName for one that the graph lacks.
    """
    for name in filter(None, (around, place)):
        if name not in graph:
            raise UnknownName("node", name)
    wishes = [
        None if around is None else _around(graph, around, depth),
        None if place is None else _in_place(graph, place),
        None if nodes is None else set(nodes),
        {node for node, kind in graph.nodes(data="type") if kind in types} if types else None,
    ]
    kept = set(graph).intersection(*(wish for wish in wishes if wish is not None))
    return graph.subgraph(kept | {node for node in (around, place) if node}).copy()


def _around(graph: nx.MultiDiGraph, node: str, depth: int) -> set[str]:
    import networkx as nx

    return set(nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), node, cutoff=depth))


def _in_place(graph: nx.MultiDiGraph, place: str) -> set[str]:
    inside, wave = {place}, {place}
    while wave:
        wave = _sources(graph, wave, _PART) - inside
        inside |= wave
    names = inside | {graph.nodes[node]["label"] for node in inside}
    measured = {
        node for node, figures in graph.nodes(data="figures") if any(f["place"] in names for f in figures or ())
    }
    return inside | _sources(graph, inside, _STANDS_IN) | measured


def _sources(graph: nx.MultiDiGraph, targets: Iterable[str], predicates: Collection[str]) -> set[str]:
    """The nodes that point at one of the targets by one of the predicates."""
    return {a for target in targets for a, _, key in graph.in_edges(target, keys=True) if key in predicates}
