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

from ..lexicon import Matcher, table, words
from ..model import Span
from .page import Mention, Page

_OPENING: Final = {"”": "“", "）": "（"}
_ALL: Final = "全"
_LONGEST: Final = 36
_LONGEST_QUOTE: Final = 14
_HAN: Final = re.compile(r"[一-龥]")
_COUNT: Final = re.compile(r"(?:(?<=[\d多余每各几数])|[一二三四五六七八九十两几]+)[家所个支名户座处类级项批]")


@dataclass(frozen=True, slots=True)
class Edges:
    """Where edge words and persons end on a page: no name reaches back beyond."""

    page: Page
    ends: frozenset[int]

    @classmethod
    def of(cls, page: Page, places: Sequence[Mention], persons: Sequence[Mention] = ()) -> Edges:
        """The edges of the page: persons and edge words, but no word in the name of a place (和 in 和平区)."""
        named = (place for place in places if not page.wide.startswith(_ALL, place.start))
        inside = {at for place in named for at in range(place.start, place.end)}
        words_found = (h for h in _matcher().find(page.wide) if h.row["class"] == "edge")
        spans = [Span(h.start, h.end) for h in words_found if h.start not in inside and h.end - 1 not in inside]
        return cls(page, frozenset(span.end for span in (*spans, *(m.span for m in persons))))

    def name_start(self, head: int) -> int:
        """Where the name whose head noun begins at `head` starts; `head` itself where nothing stands before it."""
        wide, start, floor = self.page.wide, head, max(0, head - _LONGEST)
        while start > floor and start not in self.ends:
            opening = self._opening(start)
            if opening is None and not _HAN.match(wide[start - 1]):
                break
            start = start - 1 if opening is None else opening
        count = _COUNT.match(wide, start, head)
        return count.end() if count else start

    def _opening(self, end: int) -> int | None:
        """Where a quoted or bracketed part of a name that ends at `end` opens, if one does."""
        wide = self.page.wide
        mark = _OPENING.get(wide[end - 1])
        at = wide.rfind(mark, max(0, end - _LONGEST_QUOTE), end) if mark else -1
        inner = mark == "“" or bool(_HAN.match(wide[at - 1 : at]))
        return at if at >= 0 and inner else None


def skip_verb(wide: str, start: int, head: int) -> int:
    """Past a verb that governs the name (改造 in 改造乡镇敬老院)."""
    verb = next(_verbs().find(wide[start:head]), None)
    return start + verb.end if verb and verb.start == 0 else start


def last_verb_end(wide: str, start: int, head: int) -> int:
    """Where the last verb before the head ends that stands in no name (召开 in 在村里召开合作社), else `start`."""
    return start + max((hit.end for hit in _plain_verbs().find(wide[start:head])), default=0)


def describes(run: str) -> bool:
    """Whether a run only describes (城区优质 in 城区优质学校): then a class is meant, not one body."""
    return run.startswith(words("name_edges", **{"class": "class"})) or _covers(_known(), run)


def modifies(run: str) -> bool:
    """Whether nothing but modifiers stand in a run (普惠, 农村寄宿制); true of an empty one."""
    return _covers(_modifiers(), run)


@cache
def _verbs() -> Matcher:
    return Matcher(row for row in table("governing_verbs") if "n" not in row["takes"])


@cache
def _plain_verbs() -> Matcher:
    inside = frozenset(words("modifiers"))
    return Matcher(row for row in table("governing_verbs") if "n" not in row["takes"] and row["word"] not in inside)


@cache
def _modifiers() -> Matcher:
    return _any_of("modifiers", "departments")


@cache
def _known() -> Matcher:
    return _any_of("modifiers", "governing_verbs")


def _any_of(*tables: str) -> Matcher:
    return Matcher({"word": word} for name in tables for word in words(name))


def _covers(known: Matcher, run: str) -> bool:
    """Whether nothing but known words stand in a run."""
    return sum(hit.end - hit.start for hit in known.find(run)) == len(run)


@cache
def _matcher() -> Matcher:
    return Matcher(table("name_edges"))
