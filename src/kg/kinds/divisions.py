"""Places as divisions: their level and code, and which of them make the names below them unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

from ..lexicon import table
from .endings import concept

_NONE: Final = "-"


def place_level(place: str) -> str | None:
    """The administrative level of a place by the end of its name; None for what is no division."""
    row = _level(place)
    return concept("level", row["concept"]) if row else None


def is_area(place: str) -> bool:
    """Whether a place is of county rank or higher."""
    row = _level(place)
    return row is not None and row["area"] == "yes"


def is_shared(place: str) -> bool:
    """Whether several cities have a county or district of that name (朝阳区)."""
    division = _divisions().get(place)
    return division is not None and division["level"] == "county" and not division["parent"]


def full_name(place: str) -> str:
    """The full name of a division that goes by a short one which no other shares; any other name as it is.

    >>> full_name("浙江")
    '浙江省'
    """
    return _short_names().get(place, place)


def division_code(place: str) -> str | None:
    """The code of a division in GB/T 2260, where it is known."""
    division = _divisions().get(full_name(place))
    return division["code"] or None if division else None


def province(place: str) -> str | None:
    """The province, or what ranks as one, that a place lies in by its name; None where the name does not tell.

    >>> province("定远县"), province("安徽滁州"), province("蓟县"), province("北京"), province("朝阳区")
    ('安徽省', None, '天津市', '北京市', None)
    """
    names = (place, *successors(place), head_area(place) or "")
    code = next(filter(None, map(division_code, names)), None)
    return _provinces()[code[:2]] if code else None


def head_area(name: str) -> str | None:
    """The division whose full name a name begins with.

    >>> head_area("湖南省青年留湘就业若干规定")
    '湖南省'
    """
    divisions = _divisions()
    return next((name[:end] for end in range(len(name), 1, -1) if name[:end] in divisions), None)


def successors(place: str) -> tuple[str, ...]:
    """What a former division became or was merged into; nothing for one of today.

    >>> successors("蓟县"), successors("蓟州区")
    (('蓟州区',), ())
    """
    return _successors().get(place, ())


@cache
def _successors() -> Mapping[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["now"].split()) for row in table("places_former")}


@cache
def _divisions() -> Mapping[str, Mapping[str, str]]:
    """The row of every division by its full name; one without parent and code for all that share it."""
    shared = Counter(row["word"] for row in table("places"))
    return {
        row["word"]: row if shared[row["word"]] == 1 else {**row, "parent": "", "code": ""} for row in table("places")
    }


@cache
def _provinces() -> Mapping[str, str]:
    """The name of every province by the two digits that begin the codes of its divisions."""
    return {row["code"][:2]: row["word"] for row in table("places") if row["level"] == "province"}


@cache
def _short_names() -> Mapping[str, str]:
    """The full name of a division by each of its short names, where no other division shares it."""
    pairs = [(short, row["word"]) for row in table("places") for short in row["short"].split()]
    shared = Counter(short for short, _ in pairs)
    return {short: full for short, full in pairs if shared[short] == 1 and short not in _divisions()}


def _level(place: str) -> Mapping[str, str] | None:
    """The row of `kinds_level.tsv` for the longest ending, one that asks for the gazetteer's word before others."""
    full = full_name(place)
    known = _divisions().get(full, {}).get("level", "")
    rows = [row for row in table("kinds_level") if full.endswith(row["word"]) and row["known"] in ("", known)]
    best = max(rows, key=lambda row: (len(row["word"]), row["known"]), default=None)
    return None if best is None or best["concept"] == _NONE or len(full) <= len(best["word"]) else best
