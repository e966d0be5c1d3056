"""How surely the name of a place begins at an offset, judged by what stands before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ..lexicon import table

AFTER_WEAK, AFTER_MARK, AFTER_STRONG, AFTER_PLACE = 1, 2, 3, 4
"""Ranks: after a word that may also end inside a name, after a mark, after a word that may not, after a wider place."""

RANKS: Final = {"never": 0, "any": AFTER_WEAK, "weak": AFTER_WEAK, "strong": AFTER_STRONG, "place": AFTER_PLACE}
"""The ranks by the words of the tables."""

NEVER_INSIDE: Final = re.compile(r"[^\u4e00-\u9fff]|[的了着是不等个各每这那我你他它们被把让并或所其此该本某全余多有]")
"""A character that stands in no name of a place."""

_LONGEST = 5


def begins(wide: str, start: int) -> int:
    """The rank with which a name may begin at `start`; 0 where nothing says so."""
    before = (wide[start - length : start] for length in range(1, min(_LONGEST, start) + 1))
    rank = max((_left_words().get(word, 0) for word in before), default=0)
    if start == 0 or NEVER_INSIDE.match(wide, start - 1):
        return max(rank, AFTER_MARK)
    return rank


@cache
def _left_words() -> dict[str, int]:
    return {row["word"]: RANKS[row["class"]] for row in table("place_left")}
