"""Places as mentions: what `places` finds, and deictic words (全县, 我市) that mean the article's main area."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityType
from ..places import find_places
from .page import Mention, Page


def find(page: Page) -> Iterator[Mention]:
    """Every mention of a place on the page, under its full name."""
    for hit in find_places(page.wide):
        also = page.wide[hit.start : hit.end]
        yield Mention(
            EntityType.PLACE, hit.start, hit.end, hit.name, hit.rule, 0.9, also=() if also == hit.name else (also,)
        )
