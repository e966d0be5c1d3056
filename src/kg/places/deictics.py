"""Words that point at a place without naming it: 全县, 我市, 该区, or the bare level word before a body (县财政局)."""

from __future__ import annotations

from collections.abc import Iterator

from ..rules import rules
from .gazetteer import parent_of
from .hits import Deictic


def find_deictics(wide: str) -> Iterator[Deictic]:
    """The words of widened text that point at a place, from left to right.

    >>> [deictic.level for deictic in find_deictics("截至目前，全县参保9万人，县财政局补贴")]
    ['县', '县']
    """
    found: dict[int, Deictic] = {}
    for rule in rules("places"):
        if rule.label == "Deictic":
            for hit in rule.regex.finditer(wide):
                found.setdefault(hit.start(), Deictic(*hit.span(), hit["level"], hit.groupdict().get("rest", "")))
    yield from (found[start] for start in sorted(found))


def resolve_deictic(word: str, main_place: str | None) -> str | None:
    """The place that a word such as 全县, 我市 or 该区 means in an article about `main_place`; None if that is unclear.

    >>> resolve_deictic("全区", "内蒙古自治区"), resolve_deictic("全省", "桃源县"), resolve_deictic("全镇", "桃源县")
    ('内蒙古自治区', '湖南省', None)
    """
    level, place = word[1:] or word, main_place
    while place and not place.endswith(level):
        place = parent_of(place)
    return place
