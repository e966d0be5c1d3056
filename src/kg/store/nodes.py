"""Looking into a writable engine: the nodes and quads that fit a pattern, where the data has no blank nodes.

Without a graph the default one is meant.
"""

from __future__ import annotations

from typing import Final, cast

import pyoxigraph as ox

DEFAULT: Final = ox.DefaultGraph()
Graph = ox.NamedNode | ox.DefaultGraph


def subjects(
    engine: ox.Store, predicate: ox.NamedNode | None, object: ox.NamedNode | None, graph: Graph = DEFAULT
) -> list[ox.NamedNode]:
    """The subjects of the triples with this predicate and object."""
    return [cast(ox.NamedNode, quad.subject) for quad in engine.quads_for_pattern(None, predicate, object, graph)]


def objects(
    engine: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode, graph: Graph = DEFAULT
) -> list[ox.NamedNode]:
    """The nodes to which a subject is joined by the predicate."""
    return [cast(ox.NamedNode, quad.object) for quad in engine.quads_for_pattern(subject, predicate, None, graph)]


def forget(engine: ox.Store, node: ox.NamedNode, graph: Graph = DEFAULT) -> None:
    """Remove every triple of a subject."""
    for quad in list(engine.quads_for_pattern(node, None, None, graph)):
        engine.remove(quad)
