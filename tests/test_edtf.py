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
        ("2016-01-05T10:20:30+08:00", date(2016, 1, 5), date(2016, 1, 5)),
        ("2019/", date(2019, 1, 1), None),
        ("/2019", None, date(2019, 12, 31)),
        ("199X~", date(1990, 1, 1), date(1999, 12, 31)),
        ("2016-XX", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02-XX", date(2016, 2, 1), date(2016, 2, 29)),
        ("2021-21", date(2021, 3, 1), date(2021, 5, 31)),
        ("2021-24", date(2021, 12, 1), date(2022, 2, 28)),
        ("Y170000002", None, None),
        ("-0044-03", None, None),
        ("0000", None, None),
        ("2021-34", date(2021, 4, 1), date(2021, 6, 30)),
        ("2021-37", date(2021, 1, 1), date(2021, 4, 30)),
        ("2021-41", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-30", date(2021, 12, 1), date(2022, 2, 28)),
        ("9999-24", date(9999, 12, 1), None),
        ("2004-06~-11", date(2004, 6, 11), date(2004, 6, 11)),
        ("?2004-06-~11", date(2004, 6, 11), date(2004, 6, 11)),
        ("156X-12-25", date(1560, 12, 25), date(1569, 12, 25)),
        ("20XX-02-29", date(2000, 2, 29), date(2099, 2, 28)),
        ("2016-1X-X1", date(2016, 10, 1), date(2016, 12, 31)),
        ("2004-06-XX/2004-07-03", date(2004, 6, 1), date(2004, 7, 3)),
        ("1950S2", date(1900, 1, 1), date(1999, 12, 31)),
        ("Y-17E7S3", None, None),
        ("[2016, 2018..2020]", date(2016, 1, 1), date(2020, 12, 31)),
        ("{2016,2018-12}", date(2016, 1, 1), date(2018, 12, 31)),
        ("[..1984]", None, date(1984, 12, 31)),
        ("{1984..}", date(1984, 1, 1), None),
    ],
)
def test_bounds_are_the_first_and_the_last_day(edtf: str, first: date | None, last: date | None) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "../..", "/", "2020-13", "2020-00", "2021-02-29", "20", "2020/2019", "2020年", "2020-1", "next"),
        *(
            "2021-42",
            "2021-21-01",
            "-1985-13",
            "20XX-02-30",
            "2020??",
            "Y1",
            "2020-2X",
            "2019/2020/2021",
            "2019/../2020",
        ),
        *("2016T10:20:30", "2016-01-05T25:00:00Z", "[]", "[2020,]", "[2020", "[2020/2021]", "[2020..2019]", "{[2020]}"),
    ],
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


@given(st.text(alphabet="0123456789X-/.?~%[]{},YESTZ:", max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    if is_edtf(text):
        first, last = bounds(text)
        assert not (first and last) or first <= last
