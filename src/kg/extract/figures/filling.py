"""What a date written in words of Chinese says in EDTF, filled into the template of the rule that found it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ...edtf import is_edtf
from ...lexicon import table
from .numerals import parse_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\{[yuvw]\}")
"""The parts of a template that count from a year."""


def filled(template: str, groups: Mapping[str, str | None], anchor: int | None, last: int | None) -> str | None:
    """The EDTF of a hit, or None where a part of it is missing or impossible.

    `anchor` is the year from which 去年 counts, `last` the year with which 近三年 ends.
    """
    year = _year_of(groups.get("y"), anchor)
    if groups.get("p"):
        begin, end = _plan(str(groups["p"])).split("/")
        return f"{end}-12" if groups.get("last") else f"{begin}/{end}"
    if year is None and _COUNTED.search(template):
        return None
    edtf = template.format_map(_parts(groups, year or 0, last or year or 0))
    return edtf if is_edtf(edtf) else None


def _parts(groups: Mapping[str, str | None], year: int, last: int) -> dict[str, str]:
    """What the letters of a template stand for; `last` is the last whole year."""
    quarter = _small(groups.get("q"))
    span = _small(next((groups[name] for name in ("span", "span2", "span3") if groups.get(name)), None))
    small = {letter: f"{_small(groups.get(letter)):02}" for letter in "mnde"}
    years = {
        "c": _small(groups.get("c")),
        "y": year,
        "z": groups.get("z"),
        "u": last,
        "v": last - span + 1,
        "w": year + span - 1,
    }
    quarters = {"q1": f"{quarter * 3 - 2:02}", "q3": f"{quarter * 3:02}"}
    return small | quarters | {letter: str(value) for letter, value in years.items()}


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
