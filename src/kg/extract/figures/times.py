"""Times in a text, and which of them a figure is given for.

A date, a month or a year holds for its sentence, a period (上半年) or what opens a paragraph for the rest of it; a
heading lends its time to its section, the title of a report to the whole. Times that are only compared with, or that
date a document, hold for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ...lexicon import table, words
from ...model import Span
from ...rules import Rule, rules
from ..page import Page
from .numerals import parse_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLY = re.compile(r"\d{4}-0[12]")
_PERIOD = re.compile(r"\d{4}(?:-\d\d)*/\d{4}(?:-\d\d)*")
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


class Timeline:
    """All times of a page, and the time that holds at an offset."""

    def __init__(self, page: Page):
        self._page = page
        self._asides = [Span(*hit.span()) for hit in _pattern("aside").finditer(page.wide)]
        self._reviews = [Span(*hit.span()) for hit in _pattern("looks-back").finditer(page.wide)]
        self._year = anchor_year(page)
        self._named = self._year
        self._early = bool(_EARLY.search(page.article.date or ""))
        self.times: tuple[Time, ...] = tuple(self._find(page.wide))
        self._ends = [time.end for time in self.times]
        self._carried = [time for time in self.times if time.scope in ("carried", "sentence")]
        self._starts = [time.start for time in self._carried]
        self._default = reviewed_year(page) or report_time(page) or self._lead_time()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where times stand; no figure is read from there."""
        return tuple(Span(time.start, time.end) for time in self.times)

    def local(self, start: int) -> str | None:
        """The time that is tied to the figure at `start` alone, as in 由2020年的91.2%升至99.1%."""
        index = bisect_right(self._ends, start) - 1
        time = self.times[index] if index >= 0 else None
        return time.edtf if time and _pattern("link").search(self._page.wide[time.end : start]) else None

    def at(self, start: int) -> str | None:
        """The time that holds for a figure at `start`: of its own, of its paragraph, of its section, of the report."""
        local, carried = self.local(start), self._carried_to(start)
        return local or (carried.edtf if carried else self._of_section(start)) or self._default

    def _carried_to(self, start: int) -> Time | None:
        """The time of the sentence or paragraph; one that does not say its year (今年) holds, too."""
        here = self._page.sentence_at(start)
        scope = {here}
        if _pattern("goes-on").search(here.span.of(self._page.wide)):
            scope.add(self._page.sentence_at(max(0, here.span.start - 1)))
        for index in range(bisect_right(self._starts, start) - 1, -1, -1):
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
        return bool(lines) and all(_pattern("bullet").search(line) for line in lines)

    def _of_section(self, start: int) -> str | None:
        heading = self._page.section_of(self._page.sentence_at(start)).heading
        if heading is None:
            return self._of_line(start)
        return next((t.edtf for t in self._carried if heading.start <= t.start < heading.end), None)

    def _of_line(self, start: int) -> str | None:
        """The time of the last line before that looks back on a time and says nothing else (“十四五”时期工作回顾)."""
        line = next((span for span in reversed(self._reviews) if span.end <= start), None)
        return next((time.edtf for time in self._carried if line and time.start in line), None)

    def _lead_time(self) -> str | None:
        """The time with which the first running sentence opens the whole text (今年以来，)."""
        for sentence in self._page.sentences[:_LEADS]:
            if _pattern("lead").search(sentence.span.of(self._page.wide)):
                return next((t.edtf for t in self._carried if t.start in sentence.span), None)
            if sentence.span.of(self._page.wide).endswith(_FULL_STOP):
                return None
        return None

    def _find(self, wide: str) -> Iterator[Time]:
        end = -1
        for hit, rule in sorted(_hits(self._page), key=lambda pair: (pair[0].start(), -pair[0].end())):
            if hit.start() >= end:
                end = hit.end()
                yield self._time(wide, hit, rule)

    def _time(self, wide: str, hit: re.Match[str], rule: Rule) -> Time:
        edtf = self._said(hit, rule)
        ahead = wide[hit.end() : hit.end() + _LONGEST_RUN]
        tail = _pattern("open").search(ahead) or _pattern("after").search(ahead)
        if edtf and tail:
            start, end = edtf.split("/")[0], hit.end() + tail.end()
            return Time(hit.start(), end, f"{start}/..", self._scope(hit.start(), end, f"{start}/.."))
        if edtf and len(edtf) == 4 and _pattern("until").search(ahead):
            edtf = f"../{edtf}"
        scope = self._scope(hit.start(), hit.end(), edtf) if rule.label != "part" else "none"
        return Time(hit.start(), hit.end(), edtf, scope)

    def _said(self, hit: re.Match[str], rule: Rule) -> str | None:
        """The EDTF of a hit; 目前 is the month or the year of publication, 当年 the year named last."""
        if rule.label == "now":
            return (self._page.article.date or published(self._page) or "")[:_MONTH] or None
        if rule.label != "time":
            return None
        same = hit.groupdict().get("y") in words("time_words", **{"class": "same"})
        edtf = _filled(str(rule.extra["edtf"]), hit.groupdict(), self._named if same else self._year, self._early)
        self._named = int(edtf[:4]) if edtf else self._named
        return edtf

    def _scope(self, start: int, end: int, edtf: str | None) -> str:
        wide = self._page.wide
        ahead = wide[end : end + _REACH]
        aside = any(start in span for span in self._asides)
        if aside or _pattern("compared").search(wide[max(0, start - 3) : start]) or _pattern("dating").search(ahead):
            return "none"
        if _pattern("linked").search(ahead):
            return "local"
        if wide[start:end] in words("time_words", **{"class": "past"}):
            return "none"
        if edtf and _pattern("opening").search(wide[max(0, start - 3) : start]) and _pattern("comma").search(ahead):
            return "carried"
        as_of = _pattern("as-of").search(wide[max(0, start - 3) : start])
        return "carried" if edtf and _PERIOD.fullmatch(edtf) and not as_of else "sentence"


def anchor_year(page: Page) -> int | None:
    """The year from which 去年 and bare months count: that of a report's title, else that of the article's date."""
    for text in (report_time(page), page.article.date, published(page)):
        if text and (hit := _YEAR.search(text)):
            return int(hit.group())
    years = [int(hit.group("name")) for hit in _pattern("year-named").finditer(page.wide)]
    return max(years, default=None)


def published(page: Page) -> str | None:
    """The year in the number of a document or in the imprint of a newspaper, else None."""
    hit = _pattern("numbered").search(page.wide[:_HEAD]) or _pattern("imprint").search(page.wide)
    return hit["name"] if hit else None


def reviewed_year(page: Page) -> str | None:
    """The year that a work report to an assembly looks back on: the one before it is given, else None."""
    hit = _pattern("review").search(page.wide[:_HEAD])
    return str(int(hit["name"] or hit["name2"]) - 1) if hit else None


def report_time(page: Page) -> str | None:
    """The year that an annual report is about, from its title or from its first heading, else None."""
    hit = _pattern("report").search(page.wide[:_HEAD])
    return (hit["name"] or hit["name2"]) if hit else None


_FULL_STOP = "。"
_LEADS = 8
"""The running text begins within so many sentences, lines of the head counted."""
_HEAD = 200
"""A report says within these first characters which year it is about."""


def _hits(page: Page) -> Iterator[tuple[re.Match[str], Rule]]:
    for rule in rules("times"):
        if rule.label not in ("time", "part", "now"):
            continue
        for hit in page.matches(rule):
            yield hit, rule


def _filled(template: str, groups: Mapping[str, str | None], anchor: int | None, early: bool) -> str | None:
    """The EDTF of a hit, or None where a part of it is missing or impossible.

    `early` tells that the text was written when its year had hardly begun: 近三年 then ends with the year before.
    """
    year = _year_of(groups.get("y"), anchor)
    if groups.get("p"):
        first, last = _plan(str(groups["p"])).split("/")
        return f"{last}-12" if groups.get("last") else f"{first}/{last}"
    if year is None:
        return None
    edtf = template.format_map(_parts(groups, year, year - early))
    return edtf if _possible(edtf) else None


def _parts(groups: Mapping[str, str | None], year: int, last: int) -> dict[str, str]:
    """What the letters of a template stand for; `last` is the last whole year."""
    quarter = _small(groups.get("q"))
    span = _small(next((groups[name] for name in ("span", "span2", "span3") if groups.get(name)), None))
    small = {letter: f"{_small(groups.get(letter)):02}" for letter in "mnde"}
    years = {"y": year, "z": groups.get("z"), "u": last, "v": last - span + 1, "w": year + span - 1}
    quarters = {"q1": f"{quarter * 3 - 2:02}", "q3": f"{quarter * 3:02}"}
    return small | quarters | {letter: str(value) for letter, value in years.items()}


def _possible(edtf: str) -> bool:
    return all(_POSSIBLE.fullmatch(part) for part in edtf.split("/"))


_POSSIBLE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def _year_of(word: str | None, anchor: int | None) -> int | None:
    if word and (hit := _YEAR.match(word)):
        return int(hit.group())
    return None if anchor is None else anchor + _offsets().get(word or "", 0)


def _small(run: str | None) -> int:
    number = parse_number(run) if run else None
    return int(number) if number is not None else 0


_OF_YEARS = ("year", "past", "whole", "same")


@cache
def _offsets() -> dict[str, int]:
    return {
        row["word"]: int(row["value"])
        for row in table("time_words")
        if row["class"] in ("year", "past", "whole", "same")
    }


def _plan(word: str) -> str:
    return next(row["value"] for row in table("time_words") if row["word"] == word)


@cache
def _pattern(label: str) -> re.Pattern[str]:
    """The pattern of the one rule that has this label."""
    return next(rule.regex for rule in rules("times") if rule.label == label)
