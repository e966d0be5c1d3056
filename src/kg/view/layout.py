"""Positions of the drawn graph, computed once so that the page opens at rest.

Each connected part is unfolded by distances to a few pivots, then relaxed by forces; the parts are packed beside
each other so that none flies away. Same graph, same positions: the seed is fixed and nothing asks the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from .marks import mark_radius, separate
from .packing import SCREEN, pack

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SPACING: Final = 60.0
"""The wished distance of two linked nodes, in pixels at zoom 1; also the side of a cell of the packing."""

_SEED: Final = 20
_PIVOTS: Final = 30
_GRAVITY: Final = 0.12
_MOST_PAIRS: Final = 2_500_000
"""How many pairs of nodes push each other in one round; beyond it a sample of the nodes stands for all."""


def place_nodes(graph: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    """Whole-pixel positions of every node, the centre of the drawing near the origin."""
    import networkx as nx
    import numpy as np

    parts = [sorted(part) for part in nx.connected_components(graph.to_undirected(as_view=True))]
    parts.sort(key=lambda part: (-len(part), part[0]))
    linked = [part for part in parts if len(part) > 1]
    alone = sorted((part[0] for part in parts if len(part) == 1), key=lambda node: (graph.nodes[node]["type"], node))
    drawn = [_draw_part(graph, part) for part in linked] + ([(_grid(len(alone)),) * 2] if alone else [])
    order = [*chain.from_iterable(linked), *alone]
    if not order:
        return {}
    radii = np.array([mark_radius(graph.degree(node)) for node in order])
    points = separate(np.vstack(list(pack(drawn, cell=SPACING))), radii)
    return {node: (round(x), round(y)) for node, (x, y) in zip(order, points.tolist(), strict=True)}


def _draw_part(graph: nx.MultiDiGraph, part: Sequence[str]) -> tuple[Points, Points]:
    """The points of a connected part, and its trace."""
    import numpy as np

    index = {node: i for i, node in enumerate(part)}
    pairs = {(index[a], index[b]) for a, b in graph.subgraph(part).edges() if a != b}
    links = np.array(sorted({(min(pair), max(pair)) for pair in pairs}))
    points = _turn(_relax(_unfold(links, len(part)), links))
    return points, _trace(points, links)


def _unfold(links: NDArray[np.int64], size: int) -> Points:
    """Pivot MDS: the two main axes of the table of distances to some pivots far from each other."""
    import numpy as np

    steps = np.empty((size, min(_PIVOTS, size)))
    nearest, pivot = np.full(size, np.inf), int(np.bincount(links.ravel()).argmax())
    neighbours = _neighbours(links, size)
    for column in range(steps.shape[1]):
        steps[:, column] = _distances(neighbours, pivot)
        nearest = np.minimum(nearest, steps[:, column])
        pivot = int(nearest.argmax())
    squares = steps**2
    centred = squares - squares.mean(0) - squares.mean(1, keepdims=True) + squares.mean()
    axes = np.linalg.eigh(centred.T @ centred)[1][:, -2:]
    points: Points = centred @ axes
    points *= SPACING * np.sqrt(size) / (points.std(0).max() + 1e-9) / 2
    return points + np.random.default_rng(_SEED).normal(scale=SPACING / 4, size=points.shape)


def _neighbours(links: NDArray[np.int64], size: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for a, b in links.tolist():
        found[a].append(b)
        found[b].append(a)
    return found


def _distances(neighbours: Sequence[Sequence[int]], start: int) -> list[int]:
    """The number of links from `start` to every node of a connected part."""
    steps, ring = [-1] * len(neighbours), [start]
    steps[start] = 0
    while ring:
        reached = []
        for node in ring:
            for other in neighbours[node]:
                if steps[other] < 0:
                    steps[other] = steps[node] + 1
                    reached.append(other)
        ring = reached
    return steps


def _relax(points: Points, links: NDArray[np.int64]) -> Points:
    """Fruchterman-Reingold with repulsion by degree, so that hubs keep room for their leaves."""
    import numpy as np

    size = len(points)
    degree = np.bincount(links.ravel(), minlength=size).astype(float)
    weight = np.sqrt(degree + 1)
    chance, some = np.random.default_rng(_SEED), np.arange(size)
    for heat in np.linspace(1, 0.02, _rounds(size)) * SPACING:
        if size**2 > _MOST_PAIRS:
            some = chance.choice(size, _MOST_PAIRS // size, replace=False)
        pushed = _push(points, points[some], weight * size / len(some), weight[some])
        push = pushed + _pull(points, links, degree) - _GRAVITY * points
        length = np.hypot(push[:, 0], push[:, 1])[:, None] + 1e-9
        points = points + push / length * np.minimum(length, heat)
    return points


def _rounds(size: int) -> int:
    """A large part has room for few rounds, a small one needs few; between them, many.

    >>> _rounds(2), _rounds(200), _rounds(5000)
    (60, 300, 60)
    """
    return max(60, min(300, 20 * size, int(4e7 / size**2)))


def _push(points: Points, others: Points, weight: Points, other_weight: Points) -> Points:
    """Falls with the square of the distance, so that far parts of the graph do not drive each other out of sight."""
    import numpy as np

    across = points[:, None, 0] - others[None, :, 0]
    down = points[:, None, 1] - others[None, :, 1]
    near = across**2 + down**2 + 1.0
    force = SPACING**3 * weight[:, None] * other_weight[None, :] / (near * np.sqrt(near))
    return np.column_stack([(force * across).sum(1), (force * down).sum(1)])


def _pull(points: Points, links: NDArray[np.int64], degree: Points) -> Points:
    """Grows with the square of the distance; a link between two hubs pulls less, so that their circles stay apart."""
    import numpy as np

    start, end = links[:, 0], links[:, 1]
    gap = points[end] - points[start]
    loose = np.sqrt(np.minimum(degree[start], degree[end]))
    force = gap * (np.hypot(gap[:, 0], gap[:, 1]) / SPACING / loose)[:, None]
    return np.column_stack(
        [
            np.bincount(start, force[:, axis], len(points)) - np.bincount(end, force[:, axis], len(points))
            for axis in (0, 1)
        ]
    )


def _turn(points: Points) -> Points:
    """Turned so that the part fills the screen best, centred on the origin."""
    import numpy as np

    turned = [
        points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        for angle in np.linspace(0, np.pi, 24, endpoint=False)
    ]
    best = min(turned, key=lambda trial: max(np.ptp(trial[:, 0]) / SCREEN, np.ptp(trial[:, 1])))
    centred: Points = best - (best.max(0) + best.min(0)) / 2
    return centred


def _grid(size: int) -> Points:
    import numpy as np

    columns = max(1, round((size * SCREEN) ** 0.5))
    return np.array([(i % columns, i // columns) for i in range(size)], dtype=float) * SPACING


def _trace(points: Points, links: NDArray[np.int64]) -> Points:
    """The points and some between the ends of every link: the room that a part needs."""
    import numpy as np

    ends = points[links]
    between = [ends[:, 0] * (1 - step) + ends[:, 1] * step for step in np.linspace(0, 1, 9)[1:-1]]
    return np.vstack([points, *between])
