"""Where the name of a body begins: reading to the left from its head noun.

Heads are a closed list, what stands before them is not. A name ends to the left at a mark, a figure, or a word
of `lexicon/name_edges.tsv` (由, 会同, 引进); a quoted part (“科创红帆”服务队) belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..lexicon import Matcher, alternation, table, words
from ..model import Span
from .page import Mention, Page

_ALL: Final = "全"
_LONGEST: Final = 26
_LONGEST_QUOTE: Final = 14
_HAN: Final = re.compile(r"[一-龥]")
_COUNT: Final = re.compile(r"(?:(?<=\d)|[一二三四五六七八九十两几]+)[家所个支名户座处类级项批]")


@dataclass(frozen=True, slots=True)
class Edges:
    """What ends a name to the left on a page, in the order of the text."""

    page: Page
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, page: Page, places: Sequence[Mention], persons: Sequence[Mention] = ()) -> Edges:
        """The edges of the page: persons and edge words, but no word in the name of a place (和 in 和平区)."""
        named = (place for place in places if not page.wide.startswith(_ALL, place.start))
        inside = {at for place in named for at in range(place.start, place.end)}
        words_found = (h for h in _matcher().find(page.wide) if h.row["class"] == "edge")
        spans = [Span(h.start, h.end) for h in words_found if h.start not in inside and h.end - 1 not in inside]
        return cls(page, tuple(sorted([*spans, *(m.span for m in persons)])))

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

    def _after_edges(self, start: int, head: int) -> int:
        """The end of the last edge between `start` and `head`, if one stands there."""
        return max((span.end for span in self.spans if start <= span.start and span.end <= head), default=start)


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
