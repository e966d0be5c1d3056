"""Parts of a drawing put beside each other, close together and in the shape of a screen.

A part covers cells of a coarse grid; it goes to the free place that lets the whole grow least, so that small parts
fill the gaps which large ones leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SCREEN: Final = 1.2
"""Width by height of the room that the page leaves to the drawing."""

_AROUND: Final = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]


def pack(parts: Sequence[tuple[Points, Points]], *, cell: float) -> Iterator[Points]:
    """The points of every part, moved to their place.

    A part is its points and its trace, the points that show which cells (squares of side `cell`) it covers.
    """
    import numpy as np

    taken: set[tuple[int, int]] = set()
    for points, trace in parts:
        cells = {(x + dx, y + dy) for x, y in np.rint(trace / cell).astype(int).tolist() for dx, dy in _AROUND}
        right, down = next(
            move
            for move in _moves(np.array(sorted(cells)), np.array(sorted(taken)).reshape(-1, 2))
            if not any((x + move[0], y + move[1]) in taken for x, y in cells)
        )
        taken |= {(x + right, y + down) for x, y in cells}
        yield points + np.array([right, down]) * cell


def _moves(cells: NDArray[np.int64], taken: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Every move of the cells to a place over or beside the taken ones, the best first."""
    import numpy as np

    if not len(taken):
        return iter([(0, 0)])
    low, high = taken.min(0), taken.max(0)
    ranges = [np.arange(low[axis] - cells[:, axis].max() - 1, high[axis] - cells[:, axis].min() + 2) for axis in (0, 1)]
    right, down = (table.ravel() for table in np.meshgrid(*ranges))
    width, height = (
        np.maximum(high[axis], move + cells[:, axis].max()) - np.minimum(low[axis], move + cells[:, axis].min())
        for axis, move in enumerate((right, down))
    )
    order = np.lexsort((right, down, np.hypot(right, down), np.maximum(width / SCREEN, height)))
    return zip(right[order].tolist(), down[order].tolist(), strict=True)
