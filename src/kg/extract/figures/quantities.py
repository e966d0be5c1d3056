"""Quantities: a number with its unit, and the limit words that touch it, at a place in the text.

One anchored pass over widened text. Whether a quantity is a figure of something is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ...lexicon import BLOCK, alternation, table, words
from ...model import Role
from .numerals import numeral_pattern, parse_numbers, plain, rough_words

PERCENT = "%"
_REACH = 8
"""How far before a number its nearest limit word may begin."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in the base unit; `kind` and `noun` are the unit's class and counting word in the table of units.

    `start`..`end` hold number and unit, `left`..`right` also the limit words that touch them; `role` is what those
    say. `spelled` tells that the number is written in characters; `bare` that it carries no unit of its own; `shown` is
    the end of a later number whose unit it shares; `over` is what money is paid for or over (人·月 in 元/人·月).
    """

    value: Decimal
    unit: str
    kind: str
    noun: str
    start: int
    end: int
    left: int
    right: int
    role: Role | None = None
    spelled: bool = False
    bare: bool = False
    shown: int = 0
    over: tuple[str, ...] = ()


def find_quantities(wide: str) -> Iterator[Quantity]:
    """Every quantity of widened text from left to right; the two ends of a range are two, floor and ceiling."""
    yield from _with_ranges(wide, _with_shared_units(wide, _find_single(wide)))


def of_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number taken as one with this unit of the table of units."""
    row = _units()[unit]
    return replace(quantity, unit=unit, kind=row["class"], noun=row["noun"], bare=False)


def _find_single(wide: str) -> Iterator[Quantity]:
    for hit in _pattern().finditer(wide):
        for value in _values(hit):
            yield _quantity(wide, hit, value)


def _quantity(wide: str, hit: re.Match[str], value: Decimal) -> Quantity:
    unit, kind, noun = _unit(hit)
    left, before = _limit_before(wide, hit.start())
    right, after = _limit_after(wide, hit.end())
    roles = [before, after, _inner_role(hit)]
    return Quantity(
        value,
        unit,
        kind,
        noun,
        hit.start(),
        hit.end(),
        left,
        right,
        next((role for role in roles if role), None),
        spelled=not any(character.isdecimal() for character in hit.group()),
        bare=not unit,
        over=tuple(re.findall(r"[^\W\d_]+", hit["each"] or "")) if kind == "money" else (),
    )


def _values(hit: re.Match[str]) -> tuple[Decimal, ...]:
    """The numbers of a hit in the base unit of its unit."""
    if hit["word"]:
        return (Decimal(_number_words()[hit["word"]]["value"]),)
    if hit["percent"]:
        return parse_numbers(hit["percent"])
    if hit["whole"] or hit["under"]:
        return _share(hit["whole"] or hit["under"], hit["part"] or hit["over"])
    if hit["tenths"]:
        more = _half() * 10 if hit["more"] in _halves() else (parse_numbers(hit["more"] or "") or (Decimal(0),))[0]
        return tuple(number * 10 + more for number in parse_numbers(hit["tenths"]))
    if hit["half"]:
        return (_half(),)
    numbers = parse_numbers(hit["number"])
    if hit["and"] or any(half in (hit["unit"] or "") for half in _halves()):
        return tuple(number + _half() for number in numbers)
    if hit["tail"]:
        return tuple(number + parse_numbers(hit["tail"])[0] / 10 for number in numbers)
    return tuple(-number for number in numbers) if _signed(hit) else numbers


def _signed(hit: re.Match[str]) -> bool:
    """Whether a sign before the number belongs to it: of a share, a temperature or a sum."""
    return bool(hit["minus"]) and _unit(hit)[1] in ("ratio", "temperature", "money")


def _share(whole: str, part: str) -> tuple[Decimal, ...]:
    """几分之几 as a percentage, exact to four decimals or else to one."""
    denominators, numerators = parse_numbers(whole), parse_numbers(part)
    if len(denominators) != 1 or len(numerators) != 1 or not denominators[0]:
        return ()
    share = numerators[0] * 100 / denominators[0]
    exact = share == share.quantize(Decimal("0.0001"))
    return (plain(share if exact else share.quantize(Decimal("0.1"))),)


def _unit(hit: re.Match[str]) -> tuple[str, str, str]:
    if hit["word"]:
        row = _number_words()[hit["word"]]
        return row["unit"], "ratio", ""
    if hit["percent"] or hit["whole"] or hit["under"] or hit["tenths"]:
        return PERCENT, "ratio", ""
    found = hit["period"] or hit["unit"] or hit["money"]
    if not found:
        return "", "", ""
    row = _units()[found]
    each = "" if row["class"] == "money" else hit["each"] or ""
    return (row["as"] or found) + each + (hit["other"] or ""), row["class"], row["noun"]


def _inner_role(hit: re.Match[str]) -> Role | None:
    """Rough when the number is written roughly (三四百, 多), or what its word says (减半)."""
    if hit["word"]:
        said = _number_words()[hit["word"]]["role"]
        return Role(said) if said else None
    loose = words("numerals", **{"class": "loose"})
    rough = any(word in hit.group() for word in rough_words()) or (hit["number"] or "").endswith(loose)
    return Role.APPROX if rough else None


def _limit_before(wide: str, start: int) -> tuple[int, Role | None]:
    hit = _before().search(wide, max(0, start - _REACH), start)
    role = _role(hit["limit"], "before") if hit else None
    return (hit.start() if hit and role else start, role)


def _limit_after(wide: str, end: int) -> tuple[int, Role | None]:
    hit = _after().match(wide, end)
    role = _role(hit["limit"], "after") if hit else None
    return (hit.end() if hit and role else end, role)


def _role(word: str, side: str) -> Role | None:
    kind = next(row["class"] for row in table("limit_words") if row["word"] == word and row["side"] == side)
    return None if kind == BLOCK else Role(kind)


def _with_shared_units(wide: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """A number without a unit before a range or list mark takes the unit (and 万 or 亿) of the one after it."""
    follower: Quantity | None = None
    source: Quantity | None = None
    for quantity in reversed(list(found)):
        unfinished = source and (quantity.bare or _begins_unit(wide, quantity, source))
        if follower and source and unfinished and _joined(wide, quantity, follower):
            follower = _sharing(wide, quantity, source)
        else:
            follower, source = quantity, None if quantity.bare else quantity
        yield follower


def _begins_unit(wide: str, quantity: Quantity, source: Quantity) -> bool:
    """Whether a unit is only the beginning of the later one: 6.1个、8.4个百分点."""
    run = wide[source.start : source.end]
    return len(quantity.unit) == 1 and quantity.unit != source.unit and quantity.unit + source.unit in run


def _sharing(wide: str, quantity: Quantity, source: Quantity) -> Quantity:
    value = quantity.value * _shared_factor(wide, quantity, source)
    return replace(
        quantity, value=value, unit=source.unit, kind=source.kind, noun=source.noun, bare=False, shown=source.right
    )


def _joined(wide: str, first: Quantity, second: Quantity) -> bool:
    return _joint().fullmatch(wide, first.end, second.start) is not None


def _shared_factor(wide: str, first: Quantity, second: Quantity) -> Decimal:
    myriads = {row["word"]: Decimal(row["value"]) for row in table("numerals") if row["class"] == "myriad"}
    run = wide[second.start : second.end]
    factor = next((value for word, value in myriads.items() if word in run), Decimal(1))
    written = any(word in wide[first.start : first.end] for word in myriads)
    return Decimal(1) if written or first.value * factor > second.value * 10 else factor


def _with_ranges(wide: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    ordered = sorted(found, key=lambda quantity: (quantity.start, quantity.value))
    for index, quantity in enumerate(ordered):
        before = ordered[index - 1] if index else None
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        if before and _range(wide, before, quantity):
            yield replace(quantity, role=Role.CEILING, left=before.left)
        elif after and _range(wide, quantity, after):
            yield replace(quantity, role=Role.FLOOR, right=after.right)
        else:
            yield quantity


def _range(wide: str, first: Quantity, second: Quantity) -> bool:
    same = first.unit == second.unit and first.value < second.value
    return same and (first.start == second.start or _to().fullmatch(wide, first.end, second.start) is not None)


@cache
def _pattern() -> re.Pattern[str]:
    """Number and unit; the groups tell how the number is written."""
    digit = "[" + "".join(words("numerals", **{"class": "digit"}) + words("numerals", **{"class": "ten"})) + "]"
    numeral, half, rough = numeral_pattern(before=tuple(_units())), alternation(_halves()), alternation(rough_words())
    more = alternation(words("numerals", **{"class": "rough"}))
    myriad, minus = (alternation(words("numerals", **{"class": kind})) for kind in ("myriad", "minus"))
    percent, of, tenth = (alternation(words("numerals", **{"class": kind})) for kind in ("percent", "of", "tenth"))
    period = alternation(row["word"] for row in table("units") if row["class"] == "period")
    money = alternation(row["word"] for row in table("units") if row["class"] == "money")
    unit = _unit_pattern()
    return re.compile(
        rf"(?=[\d{_openings()}])(?:(?P<word>{alternation(_number_words())})"
        rf"|{percent}(?P<percent>{numeral})"
        rf"|(?P<whole>{digit}*{myriad}|{digit}+|\d+){of}(?P<part>{digit}+|\d+)"
        rf"|(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/%.]|{myriad})(?!{unit})"
        rf"|(?P<tenths>{digit}+|(?<![\d.])\d(?:\.\d)?){tenth}(?P<more>{half}|{digit}(?!{digit}))?{rough}?"
        rf"|(?P<half>{half})(?P<period>{period})"
        rf"|(?:(?<=[\u3400-\u9fff（、：，])(?P<minus>{minus}))?(?P<number>{numeral}) ?"
        rf"(?:(?P<money>{money})(?P<tail>{digit})(?!{digit}|{tenth}|{unit})|(?P<unit>{unit}))?"
        rf"(?P<each>[/∕](?:{_OVER}|{unit}|[^\W\d_]))?(?P<other>（(?:{unit})）)?(?:(?P<and>{half})(?!{unit}))?(?:{more}(?=[，。；、的]))?)"
    )


def _unit_pattern() -> str:
    """Any unit that does not begin a longer noun; the units that might are tried first."""
    open_to = {word: row["inside"] for word, row in _units().items() if row["inside"]}
    longer = {word: [w[len(word)] for w in _units() if w.startswith(word) and w != word] for word in open_to}
    kept = "|".join(
        f"{word}(?![{inside}{''.join(longer[word])}])" for word, inside in sorted(open_to.items(), reverse=True)
    )
    return f"(?:{kept}|{alternation(word for word in _units() if word not in open_to)})"


def _openings() -> str:
    """The characters other than digits with which a number can begin."""
    listed = (row["word"] for row in (*table("number_words"), *table("numerals")))
    return "".join(sorted({re.escape(word[0]) for word in listed}))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?P<limit>{alternation(_limits('before'))}) ?$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:（[^（）]{{1,4}}）)?(?P<limit>{alternation(_limits('after'))})")


@cache
def _limits(side: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in table("limit_words") if row["side"] == side)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"[、/]|{_TO}")


_OVER = r"[^\W\d_][·/][^\W\d_]{1,2}|[^\W\d_]{2,3}(?![^\W\d_])"
"""What a unit may be counted over, beside other units: 元/人·月."""
_TO = r"[至到—–~－-]{1,2}"


@cache
def _to() -> re.Pattern[str]:
    return re.compile(_TO)


@cache
def _units() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("units")}


@cache
def _number_words() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("number_words")}


@cache
def _halves() -> tuple[str, ...]:
    return words("numerals", **{"class": "half"})


@cache
def _half() -> Decimal:
    return Decimal(next(row["value"] for row in table("numerals") if row["class"] == "half"))
