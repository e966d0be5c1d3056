"""Times in a text, and which of them a figure is given for.

A date, a month or a year holds for its sentence, a period (上半年) or what opens a paragraph for the rest of it; a
heading lends its time to its section, the title of a report to the whole. Times that are only compared with, or that
date a document, hold for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from ...lexicon import words
from ...model import Span
from ...rules import Rule, rules
from ..page import Page
from .filling import filled
from .numerals import parse_number
from .years import anchor_year, pattern, published, report_time, reviewed_year, title_year

_YEAR = re.compile(r"\d{4}")
_EARLY = re.compile(r"\d{4}-0[12]")
_PERIOD = re.compile(r"\d{4}(?:-\d\d)*/\d{4}(?:-\d\d)*")
_YEARS = re.compile(r"\d{4}/\d{4}")
_SPANS = ("span", "span2", "span3")
"""The groups of a rule that say over how many years a time runs."""
_LONGEST_RUN = 32
"""How many characters behind a time may make it run on (自2018年启动以来)."""
_MONTH = len("2026-01")
_REACH = 30
"""How many characters behind a time tell how far it reaches."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time at `start`..`end`. `edtf` is None where it only keeps its digits from being read as figures.

    `scope` tells how far it reaches: "carried" through the paragraph, its "sentence", "local" to the figure that it
    touches, or "none".
    """

    start: int
    end: int
    edtf: str | None
    scope: str


_start = attrgetter("start")


class Timeline:
    """All times of a page, and the time that holds at an offset; `titled` is the year in the title of a document."""

    def __init__(self, page: Page):
        self._page = page
        self._asides = [Span(*hit.span()) for hit in pattern("aside").finditer(page.wide)]
        self._reviews = [Span(*hit.span()) for hit in pattern("looks-back").finditer(page.wide)]
        self._year = anchor_year(page)
        self._named = self._year
        self._early = bool(_EARLY.search(page.article.date or ""))
        self._reviewed = reviewed_year(page) or report_time(page)
        self._carried: list[Time] = []
        self.times: tuple[Time, ...] = tuple(self._find(page.wide))
        self._ends = [time.end for time in self.times]
        self.titled = title_year(page)
        self._default = self._reviewed or self._lead_time()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where times stand; no figure is read from there."""
        return tuple(Span(time.start, time.end) for time in self.times)

    def local(self, start: int) -> str | None:
        """The time that is tied to the figure at `start` alone, as in 由2020年的91.2%升至99.1%."""
        index = bisect_right(self._ends, start) - 1
        time = self.times[index] if index >= 0 else None
        return time.edtf if time and pattern("link").search(self._page.wide[time.end : start]) else None

    def at(self, start: int) -> str | None:
        """The time that holds for a figure at `start`: of its own, of its paragraph, of its section, of the report."""
        local, carried = self.local(start), self._carried_to(start)
        said = local or (carried.edtf if carried else self._of_section(start))
        return said or (None if self._looks_ahead(start) else self._default)

    def _looks_ahead(self, start: int) -> bool:
        """Whether the sentence or the heading over it says what is to come, of which no report gives the time."""
        here = self._page.sentence_at(start)
        spans = (here.span, *self._page.headings_over(here))
        return any(pattern("ahead").search(span.of(self._page.wide)) for span in spans)

    def _carried_to(self, start: int) -> Time | None:
        """The time of the sentence or paragraph; one that does not say its year (今年) holds, too."""
        here = self._page.sentence_at(start)
        scope = {here}
        if pattern("goes-on").search(here.span.of(self._page.wide)):
            scope.add(self._page.sentence_at(max(0, here.span.start - 1)))
        for index in range(bisect_right(self._carried, start, key=_start) - 1, -1, -1):
            time = self._carried[index]
            there = self._page.sentence_at(time.start)
            if there.paragraph != here.paragraph:
                return time if self._bullets(there.span.end, here.span.end) else None
            if time.scope == "carried" or there in scope:
                return time
        return None

    def _bullets(self, start: int, end: int) -> bool:
        """Whether all lines between are items of a list, which share the time of the paragraph in front."""
        lines = [line for line in self._page.wide[start:end].split("\n")[1:] if line.strip()]
        return bool(lines) and all(pattern("bullet").search(line) for line in lines)

    def _of_section(self, start: int) -> str | None:
        """The time of the headings over the offset, the nearest first, or of the line that stands for one."""
        for heading in self._page.headings_over(self._page.sentence_at(start)):
            if said := self._first_in(heading):
                return said
        return self._of_line(start)

    def _of_line(self, start: int) -> str | None:
        """The time of the last line before that looks back on a time and says nothing else (“十四五”时期工作回顾)."""
        line = next((span for span in reversed(self._reviews) if span.end <= start), None)
        return self._first_in(line) if line else None

    def _first_in(self, run: Span) -> str | None:
        """The first time of a run of text."""
        index = bisect_left(self._carried, run.start, key=_start)
        return self._carried[index].edtf if index < len(self._carried) and self._carried[index].start in run else None

    def _lead_time(self) -> str | None:
        """The time with which the first running sentence opens the whole text: 今年以来 of a report is its year."""
        for sentence in self._page.sentences[:_LEADS]:
            if pattern("lead").search(sentence.span.of(self._page.wide)):
                said = self._first_in(sentence.span)
                own = said == f"{self._year}/.." and pattern("account").search(self._page.article.title)
                return str(self._year) if own else said
            if sentence.span.of(self._page.wide).endswith(_FULL_STOP):
                return None
        return None

    def _find(self, wide: str) -> Iterator[Time]:
        end = -1
        for hit, rule in sorted(_hits(self._page), key=lambda pair: (pair[0].start(), -pair[0].end())):
            if hit.start() >= end:
                end = hit.end()
                time = self._time(wide, hit, rule)
                if time.scope in ("carried", "sentence"):
                    self._carried.append(time)
                yield time

    def _time(self, wide: str, hit: re.Match[str], rule: Rule) -> Time:
        edtf = self._said(hit, rule)
        ahead = wide[hit.end() : hit.end() + _LONGEST_RUN]
        tail = pattern("open").search(ahead) or pattern("after").search(ahead)
        if edtf and tail:
            start, end = edtf.split("/")[0], hit.end() + tail.end()
            return Time(hit.start(), end, f"{start}/..", self._scope(hit.start(), end, f"{start}/.."))
        if edtf and len(edtf) == 4 and pattern("until").search(ahead):
            edtf = f"../{edtf}"
        if edtf and len(edtf) == 4 and pattern("about").search(ahead):
            edtf = f"{edtf}~"
        scope = self._scope(hit.start(), hit.end(), edtf) if rule.label != "part" else "none"
        return Time(hit.start(), hit.end(), edtf, scope)

    def _said(self, hit: re.Match[str], rule: Rule) -> str | None:
        """The EDTF of a hit; 目前 is the month or the year of publication, 当年 the year named last."""
        if rule.label == "now":
            return (self._page.article.date or published(self._page) or "")[:_MONTH] or None
        if rule.label != "time":
            return None
        edtf = self._of_plan(hit) or filled(
            str(rule.extra["edtf"]), hit.groupdict(), self._anchor(hit), self._last_whole()
        )
        self._named = int(edtf[:4]) if edtf and _YEAR.match(edtf) else self._named
        return edtf

    def _anchor(self, hit: re.Match[str]) -> int | None:
        """The year from which a hit counts: 当年 from the one named last, 年末 and 全年 from the one reviewed there."""
        word = hit.groupdict().get("y")
        if word in words("time_words", **{"class": "same"}):
            return self._named
        whole = word in words("time_words", **{"class": "whole"})
        if word is None or whole:
            near = self._of_paragraph(hit.start()) if whole else None
            here = near or self._of_section(hit.start()) or self._reviewed or ""
            return int(here) if _YEAR.fullmatch(here) else self._year
        return self._year

    def _of_paragraph(self, start: int) -> str | None:
        """The time named last in the same paragraph, before the offset."""
        time = self._carried[-1] if self._carried else None
        here = self._page.sentence_at(start).paragraph
        return time.edtf if time and self._page.sentence_at(time.start).paragraph == here else None

    def _last_whole(self) -> int | None:
        """The year with which 近三年 ends: the one reviewed; the year before, where the text's own had hardly begun."""
        if self._reviewed:
            return int(self._reviewed)
        return self._year - self._early if self._year else None

    def _of_plan(self, hit: re.Match[str]) -> str | None:
        """五年来 after “十三五”: the years of the plan."""
        span = parse_number(next((hit.groupdict()[g] for g in _SPANS if hit.groupdict().get(g)), None) or "")
        periods = (time.edtf for time in reversed(self._carried) if time.edtf and _YEARS.fullmatch(time.edtf))
        return next((years for years in periods if span == int(years[5:]) - int(years[:4]) + 1), None)

    def _scope(self, start: int, end: int, edtf: str | None) -> str:
        wide = self._page.wide
        ahead = wide[end : end + _REACH]
        aside = any(start in span for span in self._asides)
        if aside or pattern("compared").search(wide[max(0, start - 3) : start]) or pattern("dating").search(ahead):
            return "none"
        if pattern("linked").search(ahead):
            return "local"
        if wide[start:end] in words("time_words", **{"class": "past"}):
            return "none"
        if edtf and pattern("opening").search(wide[max(0, start - 3) : start]) and pattern("comma").search(ahead):
            return "carried"
        as_of = pattern("as-of").search(wide[max(0, start - 3) : start])
        return "carried" if edtf and _PERIOD.fullmatch(edtf) and not as_of else "sentence"


_FULL_STOP = "。"
_LEADS = 8
"""The running text begins within so many sentences, lines of the head counted."""


def _hits(page: Page) -> Iterator[tuple[re.Match[str], Rule]]:
    for rule in rules("times"):
        if rule.label not in ("time", "part", "now"):
            continue
        for hit in page.matches(rule):
            yield hit, rule
