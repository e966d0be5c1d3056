"""Where a text names places: divisions known by name, others by the form of their name, and words that point at one.

Offsets are those of the text given, which must be widened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ..lexicon import Matcher, words
from .boundaries import begins, is_outside, signs
from .deictics import find_deictics, resolve_deictic
from .forms import find_formed
from .gazetteer import county_of, find_divisions, may_lie_in, parent_of
from .hits import Deictic, PlaceHit, PlaceLevel
from .lists import find_listed, find_numbered

__all__ = [
    "Deictic",
    "PlaceHit",
    "PlaceLevel",
    "find_deictics",
    "find_places",
    "may_lie_in",
    "parent_of",
    "resolve_deictic",
]

_SHORT_NAMES = (3, 2)
_LEAST_TOWNSHIP = 3


@lru_cache(maxsize=1)
def find_places(wide: str) -> tuple[PlaceHit, ...]:
    """The places named in widened text, from left to right, without overlaps.

    The last text is remembered: an article is asked for its places when it is read and when facts are taken from it.

    >>> [(hit.name, hit.parent) for hit in find_places("走进湖南桃源县漳江街道，")]
    [('湖南省', None), ('桃源县', '湖南省'), ('漳江街道', '桃源县')]
    """
    hits = list(find_divisions(wide))
    hits = _merge(hits, list(find_formed(wide, hits)))
    hits = _merge(hits, list(_shortened(wide, hits)))
    hits = _merge(hits, [*find_listed(wide), *find_numbered(wide)])
    return tuple(_within([part for hit in hits for part in _apart(wide, hit)]))


def _merge(first: Sequence[PlaceHit], more: Sequence[PlaceHit]) -> list[PlaceHit]:
    """Both lists in order; of two that overlap the first list's stays."""
    taken: set[int] = set()
    kept = []
    for hit in (*first, *more):
        if taken.isdisjoint(here := range(hit.start, hit.end)):
            taken.update(here)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _shortened(wide: str, hits: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """Mentions of a county by its name without the level word (永新 for 永新县, named so elsewhere)."""
    stems = {hit.name[:-1]: hit for hit in hits if hit.level == PlaceLevel.COUNTY and len(hit.name) > 2}
    for everyday in words("place_everyday", **{"class": "everyday"}):
        stems.pop(everyday, None)
    if not stems:
        return
    for found in Matcher({"word": stem} for stem in stems).find(wide):
        if begins(wide, found.start) or len(found.word) > 1:
            yield replace(stems[found.word], start=found.start, end=found.end, rule="place-short")


def _apart(wide: str, hit: PlaceHit) -> Iterator[PlaceHit]:
    """A township named behind a mark with its county before it, as both: 原阳官厂镇 as 原阳县 and 官厂镇."""
    before = wide[max(0, hit.start - 1) : hit.start]
    apart = not before or (is_outside(before) and before not in signs("list"))
    for length in _SHORT_NAMES if apart and hit.rule == "place-form" and hit.level == PlaceLevel.TOWNSHIP else ():
        county, rest = county_of(hit.name[:length]), hit.name[length:]
        if county and len(rest) >= _LEAST_TOWNSHIP:
            middle = hit.start + length
            yield PlaceHit(hit.start, middle, county, PlaceLevel.COUNTY, parent_of(county), "place-short")
            hit = replace(hit, start=middle, name=rest)
            break
    yield hit


def _within(hits: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """The hits, each that follows a wider place without a gap lying within it; a site takes its name before its own."""
    before: PlaceHit | None = None
    for hit in hits:
        if before and before.end == hit.start and before.level < hit.level:
            name = before.name + hit.name if hit.level == PlaceLevel.SITE else hit.name
            hit = replace(hit, name=name, parent=before.name)
        before = hit
        yield hit
