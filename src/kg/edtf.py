"""Dates as facts hold them: the part of EDTF (levels 0 and 1) that policy texts need.

A date is a year, a month or a day (`2016`, `2016-01`, `2016-01-05`), perhaps uncertain (`?`), approximate (`~`) or
both (`%`). An interval is two of them with a slash; an end may be open (`2019/..`, `../2018`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_OPEN = ("..", "")
Bounds = tuple[date | None, date | None]


def bounds(edtf: str) -> Bounds:
    """The first and the last day of a date or interval; None for an open end.

    Raises ValueError for a text that is no such date, or an interval that ends before it begins.

    >>> bounds("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    >>> bounds("2019/..")
    (datetime.date(2019, 1, 1), None)
    """
    begin, slash, end = edtf.partition("/")
    if not slash:
        return _days(edtf)
    if begin in _OPEN and end in _OPEN:
        raise ValueError(f"{edtf!r} is open at both ends")
    first = None if begin in _OPEN else _days(begin)[0]
    last = None if end in _OPEN else _days(end)[1]
    if first and last and last < first:
        raise ValueError(f"{edtf!r} ends before it begins")
    return first, last


def is_edtf(text: str) -> bool:
    """Whether `bounds` can read the text.

    >>> is_edtf("2020-13"), is_edtf("2016~")
    (False, True)
    """
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def to_edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    """The date as EDTF, as exact as its parts.

    >>> to_edtf(2024, 3)
    '2024-03'
    """
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def _days(text: str) -> tuple[date, date]:
    hit = _DATE.fullmatch(text)
    if hit is None:
        raise ValueError(f"{text!r} is no date such as 2016, 2016-01 or 2016-01-05")
    year, *rest = (int(part) for part in hit.groups() if part)
    if len(rest) == 2:
        return (exact := date(year, *rest)), exact
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
