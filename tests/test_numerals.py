"""Numbers in digits, in characters and in both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures.numerals import parse_number, parse_numbers


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("80.2万", "802000"),
        ("1.36亿", "136000000"),
        ("1.5万亿", "1500000000000"),
        ("6，214", "6214"),
        ("5千多", "5000"),
        ("300余万", "3000000"),
        ("三千二百", "3200"),
        ("二十", "20"),
        ("十", "10"),
        ("两", "2"),
        ("一百零五", "105"),
        ("一亿二千万", "120000000"),
        ("二〇二三", "2023"),
        ("0.08", "0.08"),
        ("2亿5千万", "250000000"),
        ("3千5百", "3500"),
        ("一万二", "12000"),
        ("三百五", "350"),
        ("十二", "12"),
        ("一百零二", "102"),
        ("二十五", "25"),
        ("廿五", "25"),
        ("三点五", "3.5"),
        ("三点零五万", "30500"),
        ("万把", "10000"),
    ],
)
def test_a_number_is_read(run: str, value: str) -> None:
    assert parse_number(run) == Decimal(value)


@pytest.mark.parametrize(
    ("run", "values"), [("三四", (3, 4)), ("十三四", (13, 14)), ("三五百", (300, 500)), ("十一二万", (110000, 120000))]
)
def test_neighbouring_digits_leave_two_numbers_open(run: str, values: tuple[int, ...]) -> None:
    assert parse_numbers(run) == tuple(map(Decimal, values))
    assert parse_number(run) is None


@pytest.mark.parametrize("run", ["", "户", "3人", "1" * 50, "一" * 50])
def test_what_is_no_number_gives_none(run: str) -> None:
    assert parse_number(run) is None


@given(st.integers(min_value=1, max_value=10**12))
def test_digits_read_as_python_reads_them(number: int) -> None:
    assert parse_number(str(number)) == number


@given(st.text(alphabet="〇一二两三四五六七八九十百千万亿多余0123456789.，", max_size=30))
def test_any_run_of_numerals_is_read_or_refused(run: str) -> None:
    assert all(number >= 0 for number in parse_numbers(run))
