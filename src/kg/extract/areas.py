"""Places as mentions: the places named, and the words that point at one of them (全县, 我市, 该镇)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import EntityType
from ..places import Deictic, PlaceHit, find_deictics, find_places, resolve_deictic
from .page import Mention, Page

_CONFIDENCE = {"place-name": 0.98, "place-short": 0.9, "place-form": 0.9}
_DEICTIC = "place-deictic"


def find(page: Page) -> Iterator[Mention]:
    """Every mention of a place on the page, under its full name."""
    hits = list(find_places(page.wide))
    for hit in hits:
        written = page.wide[hit.start : hit.end]
        also = (written,) if written != hit.name else ()
        yield Mention(EntityType.PLACE, hit.start, hit.end, hit.name, hit.rule, _CONFIDENCE[hit.rule], also=also)
    for word in find_deictics(page.wide):
        written = page.wide[word.start : word.end]
        name = _pointed_at(word, written, hits, page.article.place)
        if name and written != word.level:
            yield Mention(EntityType.PLACE, word.start, word.end, name, _DEICTIC, 0.8, also=(written,))


def _pointed_at(word: Deictic, written: str, hits: Sequence[PlaceHit], main: str | None) -> str | None:
    """The place that the word means: the main area, one it lies in, or the last of that level named before."""
    named = {hit.name for hit in hits}
    name = resolve_deictic(written, main)
    if name in named:
        return name
    before = [hit.name for hit in hits if hit.end <= word.start and hit.name.endswith(word.level)]
    return before[-1] if before else None
