"""Places as mentions: the places named, and the words that point at one of them (全县, 我市, 该镇)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ..model import EntityType
from ..places import Deictic, PlaceHit, find_deictics, find_places, resolve_deictic
from .page import Mention, Page

_CONFIDENCE = {"place-name": 0.98, "place-short": 0.9, "place-form": 0.9}
_DEICTIC = "place-deictic"


def find(page: Page) -> Iterator[Mention]:
    """Every mention of a place on the page, under its full name."""
    hits = find_places(page.wide)
    for hit in hits:
        written = page.wide[hit.start : hit.end]
        also = (written,) if written != hit.name else ()
        yield Mention(EntityType.PLACE, hit.start, hit.end, hit.name, hit.rule, _CONFIDENCE[hit.rule], also=also)
    named = {hit.name for hit in hits}
    for word in find_deictics(page.wide):
        written = page.wide[word.start : word.end]
        main = resolve_deictic(written.removesuffix(word.rest), page.article.place)
        name = main if main in named else _last_before(word, hits)
        if name and written != word.level:
            yield Mention(EntityType.PLACE, word.start, word.end, name + word.rest, _DEICTIC, 0.8, also=(written,))


def _last_before(word: Deictic, hits: Sequence[PlaceHit]) -> str | None:
    """The last place of the level of the word that is named before it; `hits` stand in the order of the text."""
    index = bisect_right(hits, word.start, key=attrgetter("end"))
    return next((hit.name for hit in reversed(hits[:index]) if hit.name.endswith(word.level)), None)
