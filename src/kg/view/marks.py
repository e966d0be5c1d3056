"""The marks that stand for nodes: how large they are, and how they are kept from covering each other."""

from __future__ import annotations

from math import pow
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_SMALLEST: Final = 8.0
_LARGEST: Final = 36.0
_GAP: Final = 6.0
"""What is left free between two marks, in pixels at zoom 1."""

_ROUNDS: Final = 80


def mark_radius(degree: int) -> float:
    """The size of a node's mark, in pixels at zoom 1: the more links, the larger.

    >>> mark_radius(1), mark_radius(1000)
    (12.0, 36.0)
    """
    return round(min(_LARGEST, _SMALLEST + 4 * pow(degree, 0.55)), 1)


def separate(points: Points, radii: NDArray[np.float64]) -> Points:
    """Marks that would cover each other are moved apart, each by half of what is missing, until none does."""
    import numpy as np

    points = points.copy()
    one, other = _near(points, 2 * (2 * _LARGEST + _GAP))
    for _ in range(_ROUNDS):
        across = points[other] - points[one]
        distance = np.hypot(across[:, 0], across[:, 1])
        missing = np.maximum(radii[one] + radii[other] + _GAP - distance, 0)
        if missing.max(initial=0) < 1:
            break
        push = across * (missing / 2 / (distance + 1e-9))[:, None]
        np.add.at(points, other, push)
        np.add.at(points, one, -push)
    return points


def _near(points: Points, reach: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of points that lie within `reach` of each other along both axes, each pair once."""
    import numpy as np

    order = np.argsort(points[:, 0], kind="stable")
    x, y = points[order].T
    pairs = [
        (order[i], order[j])
        for i, end in enumerate(np.searchsorted(x, x + reach).tolist())
        for j in i + 1 + np.flatnonzero(np.abs(y[i + 1 : end] - y[i]) < reach)
    ]
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return one, other
