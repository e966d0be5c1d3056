"""The graph as a pyvis `Network`: what vis-network draws, with fixed places and names that say nothing.

Ids are opaque (`n0`, `e0`), no element carries a title, nothing moves. Colours and shapes come from the style table.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from .layout import place_nodes
from .marks import mark_radius
from .terms import load_terms

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

_MANY_EDGES: Final = 800
"""Above it the edges are hidden while the view moves, so that moving stays smooth."""

_BOW: Final = 0.14
"""How far a parallel edge bows out, as a share of its length."""


def to_network(graph: nx.MultiDiGraph) -> Network:
    """A directed pyvis network of the graph: nodes in the order of their names, edges in that of their ends."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_options(graph.number_of_edges())))
    bare, types = _bare(graph), load_terms()["types"]
    places = place_nodes(bare)
    ids = {node: f"n{number}" for number, node in enumerate(sorted(graph))}
    for node, opaque in ids.items():
        look = types[graph.nodes[node]["type"]]
        x, y = places[node]
        size = mark_radius(bare.degree(node))
        network.add_node(opaque, graph.nodes[node]["label"], look["shape"], look["light"], x=x, y=y, size=size)
    parallel: Counter[tuple[str, str]] = Counter()
    for number, (start, end, key) in enumerate(sorted(graph.edges(keys=True))):
        derived = bool(graph.edges[start, end, key]["derived"])
        bow = _BOW * parallel[start, end]
        parallel[start, end] += not derived
        network.add_edge(ids[start], ids[end], id=f"e{number}", dashes=derived, **_curve(bow))
    return network


def _bare(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph that gives nodes their place and size: derived edges count only for nodes that have no others.

    Inference multiplies edges; if all of them pulled, what the texts say would be lost among what follows from it.
    """
    stated = {end for start, other, derived in graph.edges(data="derived") if not derived for end in (start, other)}
    bare = graph.copy()
    bare.remove_edges_from(
        [(a, b, key) for a, b, key, derived in graph.edges(keys=True, data="derived") if derived and {a, b} <= stated]
    )
    return bare


def _curve(bow: float) -> dict[str, Any]:
    return {"smooth": {"enabled": True, "type": "curvedCW", "roundness": round(bow, 2)}} if bow else {}


def _options(edges: int) -> dict[str, Any]:
    """Options of vis-network: no physics, straight edges, no reaction of its own to a click."""
    many = edges > _MANY_EDGES
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
        },
        "nodes": {"chosen": False, "borderWidth": 1.2},
        "edges": {
            "chosen": False,
            "smooth": {"enabled": False},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
            "arrowStrikethrough": False,
            "hoverWidth": 0,
            "selectionWidth": 0,
        },
    }
