"""Bodies: place × level × department × suffix, names grown to the left of a head noun, classes of bodies, bylines.

A short form (县财政局) is named in full by the place it stands for: the article's main area where the level is
that area's, else the nearest place of that level named before. What the text does not tell stays as it is (省民政厅).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from ..lexicon import table, words
from ..model import EntityType
from ..rules import Rule, rules
from ..text import tidy_name
from .edges import Edges
from .page import Mention, Page

_WIDE_LEVELS: Final = frozenset("省市州盟县区旗") | {"自治区", "自治州", "自治县"}
_LEAST_NAME: Final = 2


def find(page: Page, places: Sequence[Mention]) -> Iterator[Mention]:
    """Every body named on the page; `places` are the places found there."""
    reader = _Reader(page, places)
    found: list[Mention] = []
    for rule in rules("organisations"):
        found += reader.read(rule, found)
    yield from found


class _Reader:
    """Reads the rules over one page, which it knows with its places and edges."""

    def __init__(self, page: Page, places: Sequence[Mention]):
        self.page, self.places = page, places
        self.edges = Edges.of(page, places)
        self._place_over = {at: place for place in places for at in range(place.start, place.end)}
        self._ways: dict[str, Callable[[Rule, re.Match[str]], Iterator[Mention]]] = {
            "place": self._of_place,
            "left": self._grown,
            "": self._plain,
        }

    def read(self, rule: Rule, found: Sequence[Mention]) -> list[Mention]:
        if rule.extra.get("refers"):
            return [m for hit in rule.regex.finditer(self.page.wide) for m in self._referred(rule, hit, found)]
        if rule.extra.get("extend") == "body":
            return [m for body in found for m in self._continued(rule, body)]
        way = self._ways[rule.extra.get("extend", "")]
        return [m for hit in rule.regex.finditer(self.page.wide) for m in way(rule, hit)]

    def _of_place(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        start, end = hit.span("name")
        place = self._place_over.get(start) or self._place_over.get(start - 1)
        if place and place.end >= start:
            begin, owner = min(place.start, start), place.name
            rest = self.page.wide[max(place.end, start) : end]
        else:
            begin, owner = self._deictic(start), self._owner(hit["level"], start)
            rest = self.page.wide[start + len(hit["level"]) : end]
        begin = min(begin, hit.start())
        if owner is None:
            name = hit["name"]
        else:
            name = str(rule.extra["as"]).format(place=owner) if "as" in rule.extra else owner + rest
        yield self._mention(rule, begin, end, name)

    def _grown(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        head, end = hit.span("name")
        start = self.edges.name_start(head)
        place = next((p for p in self.places if start <= p.start < head), None)
        level = None if place else _level_at(self.page.wide, start)
        if place:
            start = place.start if rule.extra.get("named") == "local" else start
            name = self.page.wide[start:end]
            if place.start == start:
                name = self._full(place) + self.page.wide[place.end : end]
        elif level and start + len(level) < end:
            owner = self._owner(level, start)
            name = (owner or level) + self.page.wide[start + len(level) : end]
        elif rule.extra.get("named") == "local" or head - start < _LEAST_NAME or self._is_class(start):
            return
        else:
            name = self.page.wide[start:end]
        yield self._mention(rule, start, end, name)

    def _plain(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        behind = rule.extra.get("each")
        if behind is None:
            name = hit["name"]
            if "as" in rule.extra:
                name = str(rule.extra["as"]).format(place=self.page.article.place or "")
            yield self._mention(rule, *hit.span("name"), name)
            return
        for item in re.finditer(r"[^、]+", hit["name"]):
            start = hit.start("name") + item.start()
            yield self._mention(rule, start, start + len(item.group()), item.group() + behind)

    def _continued(self, rule: Rule, body: Mention) -> Iterator[Mention]:
        hit = rule.regex.match(self.page.wide, body.end)
        if hit:
            yield self._mention(rule, body.start, hit.end("name"), body.name + hit["name"])

    def _referred(self, rule: Rule, hit: re.Match[str], found: Sequence[Mention]) -> Iterator[Mention]:
        fitting = [m for m in found if m.end <= hit.start() and m.name.endswith(hit["name"])]
        if fitting:
            meant = max(fitting, key=lambda m: m.end)
            yield self._mention(rule, hit.start(), hit.end(), meant.name)

    def _mention(self, rule: Rule, start: int, end: int, name: str) -> Mention:
        name = tidy_name(name)
        literal = self.page.text[start:end]
        also = (literal,) if literal != name else ()
        return Mention(EntityType.ORGANISATION, start, end, name, rule.name, rule.confidence, also=also)

    def _full(self, place: Mention) -> str:
        """The place's part of a name: as it stands, but a deictic word (该县) by what it means."""
        return place.name if self.page.wide[place.start] in "该我本全" else self.page.wide[place.start : place.end]

    def _deictic(self, start: int) -> int:
        return start - 1 if start and self.page.wide[start - 1] in "该我本" else start

    def _is_class(self, start: int) -> bool:
        return self.page.wide.startswith(words("name_edges", **{"class": "class"}), start)

    def _owner(self, level: str, at: int) -> str | None:
        """The full name of the place that a level alone stands for at `at`, if the article tells."""
        main = self.page.article.place
        if level in _WIDE_LEVELS:
            return main if main and main.endswith(level) else None
        ends = _ends().get(level, level)
        before = [p for p in self.places if p.end <= at and p.name.endswith(ends)]
        return max(before, key=lambda p: p.end).name if before else None


def _level_at(wide: str, start: int) -> str | None:
    return next((level for level in _levels() if wide.startswith(level, start)), None)


@cache
def _levels() -> tuple[str, ...]:
    return tuple(sorted(words("levels", **{"class": "one"}), key=len, reverse=True))


@cache
def _ends() -> dict[str, str]:
    return {row["word"]: row["ends"] or row["word"] for row in table("levels")}
