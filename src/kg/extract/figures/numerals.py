"""Numbers as they are written in Chinese texts, in digits, in characters or in both.

Works on widened text. Units, percentages and limits are the business of `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from ...lexicon import table, words

_MIXED = r"\d+(?:\.\d+)?"
_DIGITS = r"\d{1,3}(?:，\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_REMEMBERED = 1024
"""So many of the last runs are not read again."""
_TOKEN = re.compile(rf"{_MIXED}|.")
_SHORTENED = 100
"""The smallest of the words behind which a last digit counts tenths of them: 一百二 is 120."""
_LOOSE_PAIR = (3, 5)
"""三五 leaves a number open as neighbours do."""
_PLACES = 20
"""Longer runs are no numbers that anybody means."""


def parse_number(run: str) -> Decimal | None:
    """The number that the whole run writes, or None.

    >>> [str(parse_number(run)) for run in ("80.2万", "6，214", "三千二百", "二〇二三", "5千", "300余万", "万")]
    ['802000', '6214', '3200', '2023', '5000', '3000000', '10000']
    >>> [str(parse_number(run)) for run in ("2亿5千万", "一万二", "三点五万", "万把")]
    ['250000000', '12000', '35000', '10000']
    """
    numbers = parse_numbers(run)
    return numbers[0] if len(numbers) == 1 else None


@lru_cache(_REMEMBERED)
def parse_numbers(run: str) -> tuple[Decimal, ...]:
    """All numbers that the run means: two for neighbouring digits, none where it is no number.

    >>> [str(number) for number in parse_numbers("十一二万")]
    ['110000', '120000']
    """
    bare = "".join(character for character in run if character not in (" ", *rough_words()))
    bare = bare.rstrip(_class("loose")[1:-1])
    hit = _shape().fullmatch(bare) if len(bare) <= _PLACES else None
    if hit is None:
        return ()
    if hit["digits"]:
        return (plain(Decimal(hit["digits"].replace("，", "")) * _factor(hit["factor"])),)
    whole, point, rest = re.split(rf"({_class('point')})", bare) if hit["point"] else (bare, "", "")
    if point:
        decimals = rest.rstrip(_class("ten", "myriad")[1:-1])
        number = Decimal(f"{_read(whole)}.{_read(decimals):0{len(decimals)}}")
        return (plain(number * _factor(rest[len(decimals) :])),)
    return tuple(dict.fromkeys(plain(_read(variant)) for variant in _variants(bare)))


def numeral_pattern(*, before: Iterable[str] = ()) -> str:
    """A regular expression, without named groups, for one number; a rough word may stand inside it or end it.

    Where one of the words `before` begins like a number (千瓦, 百分点), the number ends in front of it.
    """
    rough, written = _class("rough", "vague"), _class("digit", "ten", "myriad")
    guard = "".join(sorted(f"(?!{re.escape(word)})" for word in before if re.match(written, word)))
    big, myriad = guard + _class("ten", "myriad"), _class("myriad")
    inside = rf"(?<={_class('ten', 'myriad')}){rough}(?={big}|{myriad})"
    loose = rf"(?:(?<={_class('ten', 'myriad')}){_class('loose')})?"
    point = rf"(?:{_class('point')}{_class('digit')}+(?!{written}|{_class('half', 'point')})(?:{big})*)?"
    mixed = rf"{_MIXED}{_class('ten', 'myriad')}+{_MIXED}(?:{big})+"
    return (
        rf"(?:{mixed}{rough}?|(?:{_DIGITS})(?: ?{rough}?(?:{big})+)?(?:{rough}|{loose})"
        rf"|(?:{guard}{written}|{inside})+{point}(?:{rough}|{loose}))"
    )


@cache
def rough_words() -> tuple[str, ...]:
    """The words among the characters of a number that only make it rough."""
    return words("numerals", **{"class": "rough"}) + words("numerals", **{"class": "vague"})


@cache
def _shape() -> re.Pattern[str]:
    big, digit = _class("ten", "myriad"), _class("digit")
    return re.compile(
        rf"(?P<digits>{_DIGITS})(?P<factor>{big}*)|(?:{_MIXED}{big}+)+"
        rf"|{_class('digit', 'ten', 'myriad')}+(?P<point>{_class('point')}{digit}+{big}*)?"
    )


def _class(*kinds: str) -> str:
    return "[" + "".join(word for kind in kinds for word in words("numerals", **{"class": kind})) + "]"


@cache
def _values(kind: str) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in table("numerals") if row["class"] == kind}


def _factor(run: str) -> Decimal:
    factor = Decimal(1)
    for character in run:
        factor *= _values("ten").get(character) or _values("myriad")[character]
    return factor


def _read(run: str) -> Decimal:
    """The value of a run of numerals; digits alone are read by place, a last digit behind 百, 千, 万 as its tenths."""
    digits, tens, myriads = _values("digit"), _values("ten"), _values("myriad")
    if all(character in digits for character in run):
        return Decimal("".join(str(digits[character]) for character in run))
    total = section = current = Decimal(0)
    place = 0
    for token in _TOKEN.findall(run):
        if token in tens:
            section, current, place = section + (current or 1) * tens[token], Decimal(0), tens[token]
        elif token in myriads:
            total, section, current = _raised(total, section + current, myriads[token]), Decimal(0), Decimal(0)
            place = myriads[token]
        else:
            current, place = Decimal(digits.get(token, token)), place if run.endswith(token) and not current else 0
    short = current and place >= _SHORTENED and run[-2:-1] not in digits
    return total + section + (current * place / 10 if short else current)


def _raised(total: Decimal, section: Decimal, myriad: int) -> Decimal:
    """The sum so far when a myriad word closes a section: it multiplies all that is smaller than itself."""
    return (total + section or Decimal(1)) * myriad if total < myriad else total + (section or 1) * myriad


def _variants(run: str) -> tuple[str, ...]:
    """The run, or two of it where neighbouring digits (三四, 七八) leave the number open."""
    digits = _values("digit")
    for place in range(len(run) - 1):
        first, second = digits.get(run[place]), digits.get(run[place + 1])
        alone = run[place - 1 : place] not in digits and run[place + 2 : place + 3] not in digits
        near = second == first + 1 or (first, second) == _LOOSE_PAIR if first and second else False
        if near and alone:
            return (run[: place + 1] + run[place + 2 :], run[:place] + run[place + 1 :])
    return (run,)


def plain(number: Decimal) -> Decimal:
    """The number without trailing zeros and without an exponent."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()
