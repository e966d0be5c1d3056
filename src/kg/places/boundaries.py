"""How surely the name of a place begins at an offset, judged by what stands before it."""

from __future__ import annotations

from functools import cache
from typing import Final

from ..lexicon import table, words

AFTER_WEAK, AFTER_MARK, AFTER_STRONG, AFTER_PLACE = 1, 2, 3, 4
"""Ranks: after a word that may also end inside a name, after a mark, after a word that may not, after a wider place."""

RANKS: Final = {"never": 0, "any": AFTER_WEAK, "weak": AFTER_WEAK, "strong": AFTER_STRONG, "place": AFTER_PLACE}
"""The ranks by the words of the tables."""

_LONGEST = 5


def begins(wide: str, start: int) -> int:
    """The rank with which a name may begin at `start`; 0 where nothing says so."""
    before = (wide[start - length : start] for length in range(1, min(_LONGEST, start) + 1))
    rank = max((_left_words().get(word, 0) for word in before), default=0)
    return max(rank, AFTER_MARK) if start == 0 or is_outside(wide[start - 1]) else rank


def is_outside(sign: str) -> bool:
    """Whether a character stands in no name of a place."""
    return sign in signs("outside") or not "\u4e00" <= sign <= "\u9fff"


@cache
def signs(kind: str) -> frozenset[str]:
    """The characters of one class of `lexicon/place_signs.tsv`."""
    return frozenset(words("place_signs", **{"class": kind}))


@cache
def _left_words() -> dict[str, int]:
    return {row["word"]: RANKS[row["class"]] for row in table("place_left")}
