"""One-to-one pairs of the facts of two lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_F = TypeVar("_F")


def pair(
    gold: Sequence[_F], found: Sequence[_F], likeness: Callable[[_F, _F], float], *, least: float
) -> tuple[list[tuple[_F, _F]], list[_F], list[_F]]:
    """The pairs of facts that are at least so alike, the most alike first, and what is left of either list.

    Of equal likenesses the earlier facts win, so the same lists give the same pairs.

    >>> pair([10, 20], [19, 12, 50], lambda a, b: 1 / (1 + abs(a - b)), least=0.3)
    ([(20, 19), (10, 12)], [], [50])
    """
    scored = ((likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((row for row in scored if row[0] >= least), key=lambda row: (-row[0], row[1], row[2])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    missed = [g for i, g in enumerate(gold) if i not in pairs]
    extra = [f for j, f in enumerate(found) if j not in taken]
    return [(gold[i], found[j]) for i, j in pairs.items()], missed, extra
