"""What an article says of itself: its title, byline, publisher, authors and date, and where it ends.

The head of an article are the lines before its first running line. Which of them are page furniture, and what
they and the last lines tell, say the rules of `ontology/rules/metadata.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..edtf import is_edtf, to_edtf
from ..lexicon import alternation, table, words
from ..model import Span
from ..rules import Rule, rules
from ..text import LONGEST_SENTENCE
from .layout import is_closed, numbered_heading

_OPENING = 80
_TAIL_LINES = 4
_TITLE_LINES = 4
_BRACKETS = " ：:—-【】[]()（）<>》｜|▶"
_ENDED = re.compile(r"。[”’」』）]*$")
_NAME = re.compile(r"[一-龥]{2,4}")
_WRITTEN_DATE = re.compile(r"\d{4}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?)?")
_BETWEEN_NAMES = re.compile(r"[\s,，、;；]+")
_DATE_PART = re.compile(r"[^年月日 -]+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was read from the text; None and () where it says nothing."""

    title: str
    byline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None


def article_end(wide: str, lines: Sequence[Span]) -> int:
    """Where the article ends: before the line, below running text, that announces other things; else with the text."""
    running = False
    for line in lines:
        run = line.of(wide)
        if running and _announces(run):
            return line.start
        running = running or bool(_ENDED.search(run))
    return len(wide)


def _announces(run: str) -> bool:
    """Whether a line begins with words that announce other things, and with a mark behind them where need be."""
    run = run.lstrip(_BRACKETS)
    if run.startswith(_teasers("opening")):
        return True
    return any(run.startswith(word) and run[len(word) : len(word) + 1] in _BRACKETS for word in _teasers("line"))


def _teasers(kind: str) -> tuple[str, ...]:
    return words("teasers", **{"class": kind})


def head_size(wide: str, lines: Sequence[Span]) -> int:
    """How many of the first lines form the head."""
    for number, line in enumerate(lines):
        run = line.of(wide)
        closed = is_closed(run) and not _is_furniture(wide, line) and not (number and _goes_on("", run))
        if numbered_heading(run) or "。" in run or closed:
            return number
    return len(lines)


def read_metadata(text: str, wide: str, lines: Sequence[Span]) -> Metadata:
    """The metadata of a text (`wide` is its widened form) that consists of these lines."""
    if not lines:
        return Metadata("")
    head = lines[: head_size(wide, lines)]
    found = list(_find(text, wide, lines, head))
    authors = [name for field, value in found if field == "author" for name in _names(value)]
    dates = [date for field, value in found if field == "date" if (date := parse_date(value))]
    return Metadata(
        title=_title(text, wide, head) or _first_words(text, lines[0]),
        byline=next((value for field, value in found if field == "byline"), None),
        publisher=next((value for field, value in found if field == "publisher"), None),
        authors=tuple(dict.fromkeys(authors)),
        date=dates[0] if dates else None,
    )


def parse_date(run: str) -> str | None:
    """A written date as EDTF, or None where there is no such day.

    >>> parse_date("2024年2月22日"), parse_date("二〇二三年十一月二十日"), parse_date("2023年3月")
    ('2024-02-22', '2023-11-20', '2023-03')
    """
    edtf = to_edtf(*(_number(part) for part in _DATE_PART.findall(run)[:3]))
    return edtf if is_edtf(edtf) else None


def read_value(field: str, written: str) -> Any:
    """The value of a field of an article that a file gives beside its text, or None where a date is none.

    A date is EDTF itself, without the time of day, or opens with year, month and day in figures; authors are several
    names.

    >>> read_value("date", "2023-05-06 10:21"), read_value("date", "2023/5"), read_value("authors", "张三、李四")
    ('2023-05-06', '2023-05', ('张三', '李四'))
    """
    if field == "authors":
        return tuple(filter(None, _BETWEEN_NAMES.split(written)))
    if field != "date":
        return written
    day, _, _ = written.partition("T")
    if is_edtf(day):
        return day
    hit = _WRITTEN_DATE.match(written)
    return parse_date(re.sub("[/.]", "-", hit.group())) if hit else None


def _number(part: str) -> int:
    """A part of a date, in figures or in characters (二〇二三, 三十一)."""
    digits = {row["word"]: row["value"] for row in table("numerals") if row["class"] == "digit"} | {"○": "0"}
    tens, ten, units = part.partition("十")
    if ten:
        return 10 * int(digits.get(tens, "1")) + int(digits.get(units, "0"))
    return int("".join(digits.get(sign, sign) for sign in part))


def _find(text: str, wide: str, lines: Sequence[Span], head: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Every field that a rule finds, with its text, in the order of the rules."""
    for rule in (rule for rule in rules("metadata") if rule.label == "metadata"):
        for zone in _zones(rule, wide, lines, head):
            for hit in rule.regex.finditer(wide, zone.start, zone.end):
                if rule.extra.get("byline"):
                    yield "byline", text[hit.start() : hit.end()].strip()
                yield from ((field, value.strip()) for field, value in hit.groupdict().items() if value)


def _zones(rule: Rule, wide: str, lines: Sequence[Span], head: Sequence[Span]) -> Iterator[Span]:
    """Where a rule looks: the head with the opening words of the text, the last lines, or the whole."""
    where = rule.extra["where"]
    if where == "any":
        yield Span(0, len(wide))
        return
    first_running = lines[min(len(head), len(lines) - 1)]
    opening = min(first_running.start + _OPENING, first_running.end)
    if where in ("head", "both"):
        yield Span(0, opening)
    if where in ("tail", "both"):
        for line in lines[-_TAIL_LINES:]:
            start = max(line.end - _OPENING, line.start, opening)
            if start < line.end:
                yield Span(start, line.end)


def _is_furniture(wide: str, line: Span) -> bool:
    start = wide.rfind("\n", 0, line.start) + 1
    return any(rule.regex.search(wide, start, line.end) for rule in rules("metadata") if rule.extra.get("furniture"))


def _title(text: str, wide: str, head: Sequence[Span]) -> str:
    """The longest run of head lines that are no furniture, joined."""
    runs: list[list[str]] = [[]]
    for line in head:
        if _is_furniture(wide, line):
            runs.append([])
        else:
            runs[-1].append(line.of(text))
    best = max(runs, key=lambda run: sum(map(len, run)))
    title = ""
    for part in best[:_TITLE_LINES]:
        title += part if _goes_on(title, part) else f" {part}"
    return title.strip()


def _first_words(text: str, line: Span) -> str:
    """What stands for a title where there is none: the first sentence, or of a very long one its beginning."""
    return text[line.start : min(line.end, line.start + LONGEST_SENTENCE)].split("。")[0]


def _goes_on(title: str, line: str) -> bool:
    """Whether a line of the title is written right behind what stands before it."""
    told = {"continuation": line, "unfinished": title}
    return any(rule.regex.search(told[rule.label]) for rule in rules("metadata") if rule.label in told)


def _names(value: str) -> Iterator[str]:
    """The names in a byline, without the words that say what the people are."""
    roles = re.compile(alternation(words("posts", **{"class": "byline"})))
    return (hit.group() for hit in _NAME.finditer(roles.sub(" ", value)))
