"""Dates as facts hold them: EDTF, the extended date and time format (ISO 8601-2), levels 0, 1 and 2.

Level 0: a year, month or day (`2016`, `2016-01`, `2016-01-05`), a day with its time, an interval (`2018/2020`).
Level 1: uncertain `?`, approximate `~`, both `%`; unspecified digits (`199X`, `2016-XX`); seasons (`2021-21` is its
spring); open ends (`2019/..`, `../2018`), unknown ends (`2019/`); years before 0 and of five and more digits.
Level 2: the marks on a part of a date (`2016-~01`), unspecified digits anywhere, quarters (`2021-33` to `2021-36`),
halves and thirds of a year, significant digits (`1950S2`), sets (`[2016, 2018..2020]`, `{2016, 2018}`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

_MARK = "[?~%]?"
_DATE = re.compile(
    rf"{_MARK}(?P<year>-?[\dX]{{4}}){_MARK}(?:-{_MARK}(?P<month>[\dX]{{2}}){_MARK}(?:-{_MARK}(?P<day>[\dX]{{2}}){_MARK})?)?"
)
_TIME = re.compile(r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?")
_LONG_YEAR = re.compile(r"(?P<year>Y-?\d{5,}|Y-?\d+E\d+|-?\d{4}(?=S))(?:S[1-9]\d*)?[?~%]?")
_SET = re.compile(r"\[([^\[\]{}]+)\]|\{([^\[\]{}]+)\}")
_OPEN: Final = ("..", "")
_SPRING, _SUMMER, _AUTUMN, _WINTER = (3, 3), (6, 3), (9, 3), (12, 3)
_SEASONS: Final = (_SPRING, _SUMMER, _AUTUMN, _WINTER)
_PARTS: Final[dict[int, tuple[int, int]]] = {
    **dict(zip(range(21, 25), _SEASONS, strict=True)),
    **dict(zip(range(25, 29), _SEASONS, strict=True)),
    **dict(zip(range(29, 33), (_AUTUMN, _WINTER, _SPRING, _SUMMER), strict=True)),
    **{33 + part: (1 + 3 * part, 3) for part in range(4)},
    **{37 + part: (1 + 4 * part, 4) for part in range(3)},
    **{40 + part: (1 + 6 * part, 6) for part in range(2)},
}
"""The first month and the length of what stands in the place of a month: seasons (also of the northern and of the
southern half of the earth), quarters, thirds and halves of a year."""
_LEAP_YEAR: Final = "2000"
"""The year by which months and days of years before 1 are checked."""
Bounds = tuple[date | None, date | None]


def bounds(edtf: str) -> Bounds:
    """The first and the last day that a text may mean; None for an open or unknown end, or one beyond the calendar.

    Marks of doubt do not widen a date. Raises ValueError for a text that is no EDTF, for an interval that ends before
    it begins, and for one that is open at both ends, which says nothing.

    >>> bounds("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    >>> bounds("2019/..")
    (datetime.date(2019, 1, 1), None)
    >>> [str(day) for day in bounds("199X")], [str(day) for day in bounds("2021-34")]
    (['1990-01-01', '1999-12-31'], ['2021-04-01', '2021-06-30'])
    """
    if members := _SET.fullmatch(edtf):
        return _of_set([member.strip() for member in (members[1] or members[2]).split(",")])
    begin, slash, end = edtf.partition("/")
    return _interval(edtf, begin, end) if slash else _days(edtf)


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


def _interval(text: str, begin: str, end: str) -> Bounds:
    if begin in _OPEN and end in _OPEN:
        raise ValueError(f"{text!r} is open at both ends")
    first = None if begin in _OPEN else _days(begin)[0]
    last = None if end in _OPEN else _days(end)[1]
    if first and last and last < first:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _of_set(members: Sequence[str]) -> Bounds:
    """From the earliest first day to the latest last day; `..` opens an end, or joins two dates to a run."""
    runs = [_interval(m, *m.split("..", 1)) if ".." in m else _days(m) for m in members]
    firsts, lasts = zip(*runs, strict=True)
    return (None if None in firsts else min(firsts)), (None if None in lasts else max(lasts))


def _days(text: str) -> Bounds:
    if long := _LONG_YEAR.fullmatch(text):
        return _of_long_year(long["year"].removeprefix("Y"), text)
    stamp = _TIME.search(text)
    hit = _DATE.fullmatch(text, 0, stamp.start() if stamp and stamp.end() == len(text) else len(text))
    if hit is None or (stamp and not hit["day"]):
        raise ValueError(f"{text!r} is no date such as 2016, 2016-01 or 2016-01-05")
    if hit["year"].startswith("-") or hit["year"] == "0000":
        _of_parts(_LEAP_YEAR, hit["month"], hit["day"], text)
        return None, None
    return _of_parts(hit["year"], hit["month"], hit["day"], text)


def _of_long_year(year: str, text: str) -> Bounds:
    """A year with its significant digits: 1950S2 lies between 1900 and 1999; others lie beyond the calendar."""
    significant = re.search(r"S(\d+)", text)
    if not significant or len(year) != 4:
        return None, None
    known = year[: int(significant[1])]
    return _of_parts(known.ljust(4, "X"), None, None, text)


def _of_parts(year: str, month: str | None, day: str | None, text: str) -> Bounds:
    years = [max(MINYEAR, int(year.replace("X", "0"))), min(MAXYEAR, int(year.replace("X", "9")))]
    if month and month.isdigit() and int(month) in _PARTS and day is None:
        start, length = _PARTS[int(month)]
        return date(years[0], start, 1), _month_end(years[1] + (start + length > 13), (start + length - 2) % 12 + 1)
    months = _fitting(month, range(1, 13), text)
    if day is None:
        return date(years[0], months[0], 1), _month_end(years[1], months[-1])
    firsts = _fitting(day, range(1, 30 if "X" in year and months == [2] else _length(years, months) + 1), text)
    return _day(years[0], months[0], firsts[0]), _day(years[1], months[-1], firsts[-1])


def _length(years: Sequence[int], months: Sequence[int]) -> int:
    """The days of the longest of these months."""
    return max(monthrange(years[0], month)[1] for month in months)


def _fitting(part: str | None, numbers: range, text: str) -> list[int]:
    """The numbers that a part with unspecified digits may stand for; all of them where it is not said."""
    fitting = [n for n in numbers if part is None or re.fullmatch(part.replace("X", r"\d"), f"{n:02}")]
    if not fitting:
        raise ValueError(f"{text!r} names no day of the calendar")
    return fitting


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month_end(year: int, month: int) -> date | None:
    return _day(year, month, 31) if year <= MAXYEAR else None
