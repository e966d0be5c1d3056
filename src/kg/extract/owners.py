"""Whose a body is: the place that begins its name, or that a level alone (县) stands for.

A level stands for a place of that level named before in the sentence, else for the article's main area where it is that
area's level, else for the nearest such place before. What the article does not tell has no owner (省民政厅).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import itemgetter

from ..lexicon import table, words
from .page import Mention, Page

_DEICTIC = "该我本"
_ALL = "全"
_EACH = "各"
_LIST = "、"
AREAS = frozenset("省市州盟县区旗") | {"自治区", "自治州", "自治县"}
"""The levels from the county up, whose bodies are known by the level alone (省民政厅)."""


class Owners:
    """The places of a page, asked for by what begins the name of a body."""

    def __init__(self, page: Page, places: Sequence[Mention]):
        self._page = page
        self._starts = sorted((place.start, order, place) for order, place in enumerate(places))
        self._ends = sorted((place.end, -order, place) for order, place in enumerate(places))
        self._over = {at: place for place in places for at in range(place.start, place.end)}

    def at(self, start: int) -> Mention | None:
        """The place that covers `start` or ends there."""
        return self._over.get(start) or self._over.get(start - 1)

    def covers(self, start: int, end: int) -> bool:
        """Whether nothing but names of places stands in `start`..`end`."""
        return all(at in self._over for at in range(start, end))

    def between(self, start: int, end: int) -> Mention | None:
        """The place with which a name in `start`..`end` begins: of places in a row the last; 全县 begins no name."""
        found = None
        within = self._starts[bisect_left(self._starts, (start,)) : bisect_left(self._starts, (end,))]
        for _, _, place in sorted(within, key=itemgetter(1)):
            if (found is None or place.start == found.end) and not self._page.wide.startswith(_ALL, place.start):
                found = place
        return found

    def meant_by(self, level: str, at: int) -> str | None:
        """The full name of the place that the level alone stands for at `at`, if the article tells."""
        main = self._page.article.place
        before, ending = reversed(range(bisect_left(self._ends, (at + 1,)))), _rows()[level]["ends"] or level
        other = _other_endings(ending)
        ends = (self._ends[index][2] for index in before)
        nearest = next((p for p in ends if p.name.endswith(ending) and not p.name.endswith(other)), None)
        is_main = level in AREAS and main is not None and main.endswith(level)
        if is_main and not (nearest and nearest.start >= self._page.sentence_at(at).span.start):
            return main
        return nearest.name if nearest else None

    def full(self, place: Mention) -> str:
        """The place's part of a name: as it stands, but a deictic word (该县) by what it means."""
        run = self._page.wide[place.start : place.end]
        return place.name if run[0] in _DEICTIC else run

    def stands(self, level: str, at: int) -> bool:
        """Whether the level at `at` is a word of its own and means one place: not 市 in 城市, not 县 in 各市、县."""
        before = self._page.wide[max(0, at - 1) : at]
        among = before == _LIST and self._page.wide[max(0, at - 2) : at - 1] in AREAS and self.at(at - 1) is None
        return not (among or before == _EACH) and (not before or before not in _rows()[level]["not_after"])

    def is_deictic(self, at: int) -> bool:
        """Whether a deictic word (该镇) stands at `at`."""
        return self._page.wide[at : at + 1] in tuple(_DEICTIC)

    def deictic(self, start: int) -> int:
        """`start`, or one before it where a deictic word stands there (我 in 我市民政局)."""
        return start - 1 if start and self._page.wide[start - 1] in _DEICTIC else start


def level_at(wide: str, start: int) -> str | None:
    """The level that stands for one place with which the text goes on at `start`; None before 乡村 or 乡镇."""
    if wide.startswith(words("name_edges", **{"class": "class"}), start):
        return None
    row = next((row for row in _levels() if wide.startswith(row["word"], start)), None)
    return row["word"] if row and row["class"] == "one" else None


@cache
def _levels() -> tuple[dict[str, str], ...]:
    return tuple(sorted(table("levels"), key=lambda row: -len(row["word"])))


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("levels")}


@cache
def _other_endings(ending: str) -> tuple[str, ...]:
    """The endings of villages that end like a level and are none of it (小区 for 区)."""
    villages = words("name_kinds", type="Place", **{"class": "Village"})
    return tuple(word for word in villages if word != ending and word.endswith(ending))
