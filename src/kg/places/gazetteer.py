"""Divisions by name (`places.tsv`), those of old (`places_former.tsv`), and areas that are none (`place_areas.tsv`).

A full name is enough, unless it is an everyday word as well or so short that it may be part of one. A short name counts
where no other name swallows it; one that is an everyday word and that of a county only behind a wider division
(浙江义乌) or in a list of divisions (金昌、庆阳、白银); one that arises where two words meet (云南|平均) only where a
name may begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..lexicon import BLOCK, Hit, Matcher, table, words
from ..rules import rules
from .boundaries import AFTER_WEAK, begins
from .hits import PlaceHit, PlaceLevel
from .levels import level_words

_NAME, _SHORT = "place-name", "place-short"
_BARE = 2
_LONGEST_NEVER = 3
_MANY = 3
_JOINING = "、和与及"
_LEVELS = tuple("省市县区镇乡村")


def find_divisions(wide: str) -> Iterator[PlaceHit]:
    """The divisions named in widened text, from left to right."""
    before: PlaceHit | None = None
    listed = _listed(wide)
    for found in _find(wide):
        wider = before.name if before is not None and before.end == found.start else None
        hit = _former(wide, found) or _today(wide, found, wider, listed)
        if hit is not None:
            before = hit
            yield hit


def _today(wide: str, found: Hit, wider: str | None, listed: frozenset[int]) -> PlaceHit | None:
    row = _meant(wide, found, wider, listed)
    if row is None:
        return None
    parent = row["parent"] if wider in _over(row) else parent_of(row["name"])
    return PlaceHit(found.start, found.end, _name(row, wide), _level(row), parent or None, row["rule"])


def _former(wide: str, found: Hit) -> PlaceHit | None:
    """A division of today named as one of old: its short name with another level word (芜湖县, 澄海市)."""
    sign, then = wide[found.end : found.end + 1], wide[found.end + 1 : found.end + 2]
    word = level_words().get(sign)
    apart = word is None or word.level != PlaceLevel.COUNTY or word.continues(wide, found.end + 1) or then in _LEVELS
    plain = (
        found.row["rule"] == _SHORT and found.word[-1] not in level_words() and found.word not in _everyday("everyday")
    )
    if apart or not plain or (_level(found.row) == PlaceLevel.COUNTY and begins(wide, found.start) <= AFTER_WEAK):
        return None
    return PlaceHit(found.start, found.end + 1, found.word + sign, PlaceLevel.COUNTY, None, _NAME)


def parent_of(name: str) -> str | None:
    """The division that the division of this full or short name lies in; None where that is not known or not one.

    >>> parent_of("桃源县"), parent_of("蓟县"), parent_of("沭上镇"), parent_of("朝阳区")
    ('常德市', '天津市', None, None)
    """
    rows = _matcher().rows_of(name)
    parents = {row["parent"] for row in rows if row["name"] == rows[0]["name"]}
    return (parents.pop() or None) if len(parents) == 1 else None


def may_lie_in(name: str, other: str) -> bool:
    """Whether a place may lie in another: of two known divisions, only where the other is over one of the first name.

    >>> may_lie_in("桃源县", "湖南省"), may_lie_in("湖南省", "常德市"), may_lie_in("桃源县", "桂林市")
    (True, False, False)
    >>> may_lie_in("沭上镇", "桃源县"), may_lie_in("桃源县", "沭上镇")
    (True, True)
    """
    rows = _matcher().rows_of(name)
    return not rows or not _matcher().rows_of(other) or any(other in _over(row) for row in rows)


def county_of(short: str) -> str | None:
    """The one county that goes by a short name which is no everyday word; None where there is none.

    >>> county_of("原阳"), county_of("合作")
    ('原阳县', None)
    """
    names = {row["name"] for row in _matcher().rows_of(short) if row["rule"] == _SHORT}
    counties = {row["name"] for row in _matcher().rows_of(short) if _level(row) == PlaceLevel.COUNTY}
    return names.pop() if len(names) == 1 and names == counties and short not in _everyday("everyday") else None


def _meant(wide: str, found: Hit, wider: str | None, listed: frozenset[int]) -> Mapping[str, str] | None:
    """The division that the words at a place of the text mean, given the wider one right before them."""
    rows = _matcher().rows_of(found.word)
    within = [row for row in rows if wider and wider in (row["parent"], parent_of(row["parent"]))]
    alone = [row for row in rows if found.start in listed or _stands_alone(wide, found.start, row)]
    row = next(iter((*within, *alone)), None)
    return None if row and row["rule"] == _SHORT and _in_other_name(wide, found) else row


def _stands_alone(wide: str, start: int, row: Mapping[str, str]) -> bool:
    """Whether a division may be meant where no wider one is named right before it."""
    word, level_word = row["word"], level_words().get(row["word"][-1])
    if word in _everyday("everyday"):
        return False
    if row["rule"] == _SHORT and level_word is None:
        return _level(row) < PlaceLevel.COUNTY and (word not in _everyday("edge") or begins(wide, start) > 0)
    if len(word) > _BARE or level_word is None:
        return word not in _everyday("edge") or begins(wide, start) > 0
    return begins(wide, start) > AFTER_WEAK and not level_word.continues(wide, start + len(word))


def _listed(wide: str) -> frozenset[int]:
    """Where names stand in a list of divisions of one wider division, not all of them everyday words."""
    runs: list[list[Hit]] = []
    for hit in _find(wide):
        last = runs[-1][-1] if runs else None
        beside = last is not None and hit.start == last.end + 1 and wide[last.end] in _JOINING
        runs[-1].append(hit) if beside else runs.append([hit])
    return frozenset(hit.start for run in runs if len(run) > 1 and _belong(run) for hit in run)


def _belong(run: Sequence[Hit]) -> bool:
    """Whether names can all mean divisions of one wider division, or are many and all wide divisions themselves."""
    wide = [any(_level(row) < PlaceLevel.COUNTY for row in _matcher().rows_of(hit.word)) for hit in run]
    wider = [{over for row in _matcher().rows_of(hit.word) for over in _over(row)} for hit in run]
    alike = bool(set.intersection(*wider)) or (len(run) >= _MANY and all(wide))
    return alike and any(hit.word not in _everyday("everyday") for hit in run)


def _over(row: Mapping[str, str]) -> set[str]:
    return {over for over in (row["parent"], parent_of(row["parent"])) if over}


@cache
def _everyday(kind: str) -> frozenset[str]:
    return frozenset(words("place_everyday", **{"class": kind}))


def _in_other_name(wide: str, found: Hit) -> bool:
    """Whether a short name is part of the name of a firm, a newspaper or a development zone."""
    before = wide[max(0, found.start - _LONGEST_NEVER) : found.start]
    return before.endswith(words("place_left", **{"class": "never"})) or any(
        rule.regex.match(wide, found.end) for rule in rules("places") if rule.label == "PartOfName"
    )


def _name(row: Mapping[str, str], wide: str) -> str:
    """The full name; but a short one with a level word (化隆县) is good enough where the text never says more."""
    return row["name"] if row["word"][-1] not in level_words() or row["name"] in wide else row["word"]


def _level(row: Mapping[str, str]) -> PlaceLevel:
    return PlaceLevel[row["level"].upper()]


def _find(wide: str) -> list[Hit]:
    """Every name in the text; short names of counties only where no other name stands (南京 in 认定南京, not 定南)."""
    first, second = _scanners()
    hits = list(first.find(wide))
    taken = {at for hit in hits for at in range(hit.start, hit.end)}
    more = [hit for hit in second.find(wide) if taken.isdisjoint(range(hit.start, hit.end))]
    return sorted((*hits, *more), key=lambda hit: hit.start)


@cache
def _scanners() -> tuple[Matcher, Matcher]:
    rows = _rows()
    brief = [row for row in rows if row.get("rule") == _SHORT and _level(row) == PlaceLevel.COUNTY]
    others = [row for row in rows if row.get("rule") != _SHORT or _level(row) != PlaceLevel.COUNTY]
    return Matcher(others), Matcher(brief)


@cache
def _matcher() -> Matcher:
    return Matcher(_rows())


@cache
def _rows() -> tuple[dict[str, str], ...]:
    rows = []
    for row in table("places"):
        entry = {**row, "name": row["word"], "rule": _NAME}
        rows.append(entry)
        rows.extend({**entry, "word": short, "rule": _SHORT} for short in row["short"].split())
    parents = {row["word"]: row["parent"] for row in table("places")}
    for row in table("places_former"):
        rows.append({**row, "name": row["word"], "parent": parents[row["now"].split()[0]], "rule": _NAME})
    for row in table("place_areas"):
        rows.append({**row, "name": row["word"], "rule": _NAME if len(row["word"]) > _BARE else _SHORT})
    rows.extend({"word": word, "class": BLOCK} for word in words("place_blocked"))
    return tuple(rows)
