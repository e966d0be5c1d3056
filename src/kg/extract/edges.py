"""Where the name of a body begins: reading to the left from its head noun.

Heads are a closed list, what stands before them is not. A name ends to the left at a mark, a figure, or a word
of `lexicon/name_edges.tsv` (由, 会同, 引进); a quoted part (“科创红帆”服务队) belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..lexicon import Hit, Matcher, alternation, table, words
from .page import Mention, Page

_LONGEST: Final = 26
_LONGEST_QUOTE: Final = 14
_HAN: Final = re.compile(r"[一-龥]")
_COUNT: Final = re.compile(r"(?:(?<=\d)|[一二三四五六七八九十两几]+)[家所个支名户座处类级项批]")


@dataclass(frozen=True, slots=True)
class Edges:
    """The edge words of a page, in order of their ends."""

    page: Page
    ends: tuple[int, ...]
    hits: tuple[Hit, ...]

    @classmethod
    def of(cls, page: Page, places: Sequence[Mention]) -> Edges:
        """The edges of the page; a word inside the name of a place (和 in 和平区) is none."""
        hits = [h for h in _matcher().find(page.wide) if h.row["class"] == "edge"]
        inside = {at for place in places for at in range(place.start, place.end)}
        free = tuple(h for h in hits if h.start not in inside and h.end - 1 not in inside)
        return cls(page, tuple(h.end for h in free), free)

    def name_start(self, head: int) -> int:
        """Where the name whose head noun begins at `head` starts; `head` itself where nothing stands before it."""
        wide = self.page.wide
        start, floor = head, max(0, head - _LONGEST)
        while start > floor:
            if wide[start - 1] == "”":
                quote = wide.rfind("“", max(0, start - _LONGEST_QUOTE), start)
                if quote < 0:
                    break
                start = quote
            elif _HAN.match(wide[start - 1]):
                start -= 1
            else:
                break
        start = self._after_edges(start, head)
        count = _COUNT.match(wide, start, head)
        return count.end() if count else start

    def before(self, at: int) -> bool:
        """Whether a name may begin at `at`: a mark, the start of the line, a figure or an edge word stands before."""
        return at == 0 or not _HAN.match(self.page.wide[at - 1]) or at in self.ends[bisect_left(self.ends, at) :][:1]

    def _after_edges(self, start: int, head: int) -> int:
        """The end of the last edge word between `start` and `head`, if one stands there."""
        index = bisect_left(self.ends, head + 1)
        while index and self.ends[index - 1] > start:
            index -= 1
            if self.hits[index].start >= start:
                return self.ends[index]
        return start


def skip_verb(wide: str, start: int, head: int) -> int:
    """Past a verb that governs the name (改造 in 改造乡镇敬老院)."""
    verb = next(_verbs().find(wide[start:head]), None)
    return start + verb.end if verb and verb.start == 0 else start


def describes(run: str) -> bool:
    """Whether a run only describes (城区优质 in 城区优质学校): then a class is meant, not one body."""
    return run.startswith(words("name_edges", **{"class": "class"})) or not _known().sub("", run)


@cache
def _verbs() -> Matcher:
    return Matcher(row for row in table("governing_verbs") if "n" not in row["takes"])


@cache
def _known() -> re.Pattern[str]:
    return re.compile(alternation((*words("modifiers"), *words("governing_verbs"))))


@cache
def _matcher() -> Matcher:
    return Matcher(table("name_edges"))
