"""Divisions of China by name (`lexicon/places.tsv`): provinces, prefectures, counties.

A full name is enough, unless it is an everyday word as well or so short that it may be part of one. A short name counts
where a name may begin and no other name swallows it; that of a county only behind a wider division (浙江义乌).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ..lexicon import BLOCK, Hit, Matcher, table, words
from ..rules import rules
from .boundaries import AFTER_WEAK, begins
from .hits import PlaceHit, PlaceLevel
from .levels import level_words

_NAME, _SHORT = "place-name", "place-short"
_BARE = 2
_LONGEST_NEVER = 3


def find_divisions(wide: str) -> Iterator[PlaceHit]:
    """The divisions named in widened text, from left to right."""
    before: PlaceHit | None = None
    for found in _matcher().find(wide):
        wider = before.name if before is not None and before.end == found.start else None
        row = _meant(wide, found, wider)
        if row is None:
            continue
        before = PlaceHit(found.start, found.end, _name(row, wide), _level(row), row["parent"] or None, row["rule"])
        yield before


def parent_of(name: str) -> str | None:
    """The division that the division of this full or short name lies in; None where that is not known.

    >>> parent_of("桃源县"), parent_of("常德市"), parent_of("沭上镇")
    ('常德市', '湖南省', None)
    """
    return next((row["parent"] or None for row in _matcher().rows_of(name)), None)


def _meant(wide: str, found: Hit, wider: str | None) -> Mapping[str, str] | None:
    """The division that the words at a place of the text mean, given the wider one right before them."""
    rows = _matcher().rows_of(found.word)
    within = [row for row in rows if wider and wider in (row["parent"], parent_of(row["parent"]))]
    alone = [row for row in rows if _stands_alone(wide, found.start, row)]
    row = next(iter((*within, *alone)), None)
    return None if row and row["rule"] == _SHORT and _in_other_name(wide, found) else row


def _stands_alone(wide: str, start: int, row: Mapping[str, str]) -> bool:
    """Whether a division may be meant where no wider one is named right before it."""
    word, level_word = row["word"], level_words().get(row["word"][-1])
    if word in words("place_everyday"):
        return False
    if row["rule"] == _SHORT and level_word is None:
        return _level(row) < PlaceLevel.COUNTY and begins(wide, start) > 0
    if len(word) > _BARE or level_word is None:
        return True
    return begins(wide, start) > AFTER_WEAK and not level_word.continues(wide, start + len(word))


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


@cache
def _matcher() -> Matcher:
    rows = []
    for row in table("places"):
        entry = {**row, "name": row["word"], "rule": _NAME}
        rows.append(entry)
        rows.extend({**entry, "word": short, "rule": _SHORT} for short in row["short"].split())
    rows.extend({"word": word, "class": BLOCK} for word in words("place_blocked"))
    return Matcher(rows)
