"""Places without a level word of their own: in a list that shares one (鲁甸、巧家、彝良3县), or by number (44团)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..lexicon import words
from ..rules import rules
from .boundaries import AFTER_STRONG, begins, signs
from .hits import PlaceHit, PlaceLevel
from .levels import level_words

_FORM: Final = "place-form"
_ITEM: Final = re.compile("[^、]+")
_SHORTEST, _LONGEST = 2, 4


def find_listed(wide: str) -> Iterator[PlaceHit]:
    """The places of such lists, each with the level word; without one where several levels close the list (乡镇).

    >>> [hit.name for hit in find_listed("覆盖双河、东风、红星3个村，")]
    ['双河村', '东风村', '红星村']
    """
    for rule in rules("places"):
        if rule.label == "Listed":
            for hit in rule.regex.finditer(wide):
                yield from _items(wide, hit)


def find_numbered(wide: str) -> Iterator[PlaceHit]:
    """Divisions named by a number (第三师, 44团), where the rule's own sign says that such are meant.

    >>> [hit.name for hit in find_numbered("新疆生产建设兵团44团、51团试点")]
    ['44团', '51团']
    """
    for rule in rules("places"):
        if rule.label == "Numbered" and rule.extra["where"] in wide:
            for hit in rule.regex.finditer(wide):
                yield PlaceHit(*hit.span(), hit.group(), PlaceLevel[rule.extra["level"].upper()], None, _FORM)


def _items(wide: str, hit: re.Match[str]) -> Iterator[PlaceHit]:
    word = level_words().get(hit["level"])
    level, ending = (word.level, hit["level"]) if word else (PlaceLevel.TOWNSHIP, "")
    for item in _ITEM.finditer(wide, *hit.span("names")):
        start = _name_start(wide, *item.span()) if item.start() == hit.start("names") else item.start()
        name = wide[start : item.end()] if start is not None else ""
        own = level_words().get(name[-1:])
        if start is not None and name not in _others() and (own is None or own.level > PlaceLevel.VILLAGE):
            yield PlaceHit(start, item.end(), name + ending, level, None, _FORM)


def _name_start(wide: str, start: int, end: int) -> int | None:
    """Where the first name of a list begins: behind a verb or another word after which names begin, else a mark."""
    ranks = {at: _rank(wide, at) for at in range(start, end - _SHORTEST + 1)}
    best = max(ranks, key=lambda at: (ranks[at], at))
    return best if ranks[best] and end - best <= _LONGEST else None


def _rank(wide: str, at: int) -> int:
    verb = wide[max(0, at - _LONGEST) : at].endswith(words("governing_verbs")) or wide[at - 1 : at] in signs("between")
    return AFTER_STRONG if verb else begins(wide, at)


@cache
def _others() -> frozenset[str]:
    """Words that are no names."""
    return frozenset((*words("modifiers"), *words("group_heads"), *words("place_generic")))
