"""Dates and intervals in EDTF."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import bounds, is_edtf, to_edtf


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-02~", date(2017, 2, 1), date(2017, 2, 28)),
        ("2016-01-05", date(2016, 1, 5), date(2016, 1, 5)),
        ("2019/..", date(2019, 1, 1), None),
        ("../2018", None, date(2018, 12, 31)),
        ("2020/2022", date(2020, 1, 1), date(2022, 12, 31)),
        ("2020-03?/2020-05-10", date(2020, 3, 1), date(2020, 5, 10)),
    ],
)
def test_bounds_are_the_first_and_the_last_day(edtf: str, first: date | None, last: date | None) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "/", "2020-13", "2020-00", "2021-02-29", "20", "2020/2019", "2020年", "2020-1", "next"]
)
def test_other_texts_are_refused(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"."):
        bounds(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    for parts in ((day.year,), (day.year, day.month), (day.year, day.month, day.day)):
        first, last = bounds(to_edtf(*parts))
        assert first is not None
        assert last is not None
        assert first <= day <= last
    assert bounds(day.isoformat()) == (day, day)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 1, 1)), st.integers(0, 800))
def test_an_interval_holds_both_its_ends(begin: date, length: int) -> None:
    end = begin + timedelta(days=length)
    assert bounds(f"{begin.isoformat()}/{end.isoformat()}") == (begin, end)
