"""Numbers as they are written in Chinese texts, in digits, in characters or in both.

Works on widened text. Units, percentages and limits are the business of `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from ...lexicon import table, words

_DIGITS = r"\d{1,3}(?:，\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_REMEMBERED = 1024
"""So many of the last runs are not read again."""
_PLACES = 20
"""Longer runs are no numbers that anybody means."""


def parse_number(run: str) -> Decimal | None:
    """The number that the whole run writes, or None.

    >>> [str(parse_number(run)) for run in ("80.2万", "6，214", "三千二百", "二〇二三", "5千", "300余万", "万")]
    ['802000', '6214', '3200', '2023', '5000', '3000000', '10000']
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
    hit = _shape().fullmatch(bare) if len(bare) <= _PLACES else None
    if hit is None:
        return ()
    if hit["digits"]:
        return (_plain(Decimal(hit["digits"].replace("，", "")) * _factor(hit["factor"])),)
    return tuple(dict.fromkeys(_plain(_read(variant)) for variant in _variants(bare)))


def numeral_pattern(*, before: Iterable[str] = ()) -> str:
    """A regular expression, without named groups, for one number; a rough word may stand inside it or end it.

    Where one of the words `before` begins like a number (千瓦, 百分点), the number ends in front of it.
    """
    rough, written = _class("rough", "vague"), _class("digit", "ten", "myriad")
    guard = "".join(sorted(f"(?!{re.escape(word)})" for word in before if re.match(written, word)))
    big, myriad = guard + _class("ten", "myriad"), _class("myriad")
    inside = rf"(?<={_class('ten', 'myriad')}){rough}(?={big}|{myriad})"
    return rf"(?:(?:{_DIGITS})(?: ?{rough}?(?:{big})+)?{rough}?|(?:{guard}{written}|{inside})+{rough}?)"


@cache
def rough_words() -> tuple[str, ...]:
    """The words among the characters of a number that only make it rough."""
    return words("numerals", **{"class": "rough"}) + words("numerals", **{"class": "vague"})


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<digits>{_DIGITS})(?P<factor>{_class('ten', 'myriad')}*)|{_class('digit', 'ten', 'myriad')}+"
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
    """The value of a run of characters; digits alone are read by place."""
    digits, tens, myriads = _values("digit"), _values("ten"), _values("myriad")
    if all(character in digits for character in run):
        return Decimal("".join(str(digits[character]) for character in run))
    total = section = current = 0
    for character in run:
        if character in digits:
            current = digits[character]
        elif character in tens:
            section, current = section + (current or 1) * tens[character], 0
        else:
            total, section, current = _raised(total, section + current, myriads[character]), 0, 0
    return Decimal(total + section + current)


def _raised(total: int, section: int, myriad: int) -> int:
    """The sum so far when a myriad word closes a section: it multiplies all that is smaller than itself."""
    return (total + section or 1) * myriad if total < myriad else total + (section or 1) * myriad


def _variants(run: str) -> tuple[str, ...]:
    """The run, or two of it where neighbouring digits (三四, 七八) leave the number open."""
    digits = _values("digit")
    for place in range(len(run) - 1):
        first, second = digits.get(run[place]), digits.get(run[place + 1])
        alone = run[place - 1 : place] not in digits and run[place + 2 : place + 3] not in digits
        if first and second == first + 1 and alone:
            return (run[: place + 1] + run[place + 2 :], run[:place] + run[place + 1 :])
    return (run,)


def _plain(number: Decimal) -> Decimal:
    """The number without trailing zeros and without an exponent."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()
