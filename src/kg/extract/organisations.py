"""Bodies: place × level × department × suffix, names grown to the left of a head noun, classes of bodies, bylines.

A short form (县财政局) is named in full by the place it belongs to, where the article tells which (`owners`); later
short forms of a name once read (该局, 职教中心, 恒屹) are mentions of it (`short_forms`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from ..lexicon import words
from ..model import EntityType
from ..rules import Rule, rules
from ..text import tidy_name
from .edges import Edges, describes, last_verb_end, modifies, skip_verb
from .owners import AREAS, Owners, level_at
from .page import Mention, Page
from .short_forms import find_again, find_referred, find_units

_LEAST_NAME: Final = 2
_LONGEST_BEFORE: Final = 12
_ALL, _EACH = "全", "各"
_ITEM: Final = re.compile(r"[^、]+")
_POST: Final = re.compile(r"(?:[^，。；：！？\n和与及]{0,20}、)*[^，。；：！？、\n和与及]{2,8}")


def find(page: Page, named: Sequence[Mention]) -> Iterator[Mention]:
    """Every body named on the page; of `named`, what earlier stages found, the places and persons are used."""
    reader = _Reader(page, named)
    found = [m for rule in rules("organisations") if "of" not in rule.extra for m in reader.read(rule)]
    found += find_again(page, found, reader.places)
    for rule in rules("organisations"):
        if rule.extra.get("of") == "unit":
            found += find_units(page, rule, found)
        elif rule.extra.get("of") == "before":
            found += find_referred(page, rule, found)
    yield from found


class _Reader:
    """Reads the rules over one page, which it knows with its places, persons and edges."""

    def __init__(self, page: Page, named: Sequence[Mention]):
        self.page = page
        self.places = [m for m in named if m.type is EntityType.PLACE]
        persons = [m for m in named if m.type is EntityType.PERSON]
        self._persons = {m.start for m in persons}
        self._owners = Owners(page, self.places)
        self._bodies: list[Mention] = []
        self._owner_before: dict[int, str] = {}
        self._edges = Edges.of(page, self.places, persons)
        self._ways: dict[str, Callable[[Rule, re.Match[str]], Iterator[Mention]]] = {
            "place": self._of_place,
            "left": self._grown,
            "class": self._classed,
            "beside": self._beside,
            "list": self._listed,
            "": self._plain,
        }

    def read(self, rule: Rule) -> Iterator[Mention]:
        way = self._ways[rule.extra.get("extend", "")]
        for hit in self.page.matches(rule):
            if "before" not in rule.extra or self._person_follows(hit.end()):
                found = list(way(rule, hit))
                self._bodies += found if way == self._of_place else []
                yield from found

    def _of_place(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        wide, (start, end), level = self.page.wide, hit.span("name"), hit.start("level")
        inside, place = level >= start, self._owners.at(level)
        if place:
            first, owner, rest = place.start, place.name, wide[max(place.end, start) : end]
        elif not self._owners.stands(hit["level"], level):
            return
        else:
            first, owner = self._owners.deictic(level), self._owners.meant_by(hit["level"], level) or ""
            rest = wide[hit.end("level") if inside else start : end]
        template = str(rule.extra.get("as", "{place}{rest}"))
        name = template.format(place=owner, rest=rest) if owner else hit["name"]
        self._owner_before[end] = owner
        yield self._mention(rule, min(start, first) if inside else start, end, name)

    def _beside(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        owner = self._owner_before.get(hit.start() - 1)
        if owner:
            self._owner_before[hit.end()] = owner
            yield self._mention(rule, *hit.span("name"), owner + hit["name"])

    def _grown(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        wide, (head, end) = self.page.wide, hit.span("name")
        start = self._edges.name_start(head)
        start = start if rule.extra.get("named") == "task" else skip_verb(wide, start, head)
        start = start if "named" in rule.extra else self._behind_verb(start, head)
        whole = self._body_in(start, end)
        if whole is None:
            found = self._owned(rule, start, head, end) or self._named(rule, start, head, end)
        else:
            classed = "named" not in rule.extra and whole.end < head and describes(wide[whole.end : head])
            found = None if whole.end > head or classed else (whole.start, whole.name + wide[whole.end : end])
        if found:
            yield self._mention(rule, found[0], end, found[1], head=hit["name"])

    def _behind_verb(self, start: int, head: int) -> int:
        """Past the last verb before the head, where no name but a mere description or a place follows it."""
        end = last_verb_end(self.page.wide, start, head)
        place = self._owners.at(end)
        return end if describes(self.page.wide[end:head]) or (place and place.start == end) else start

    def _classed(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        """The class of bodies with the modifiers that stand before its head, unless something is done to it."""
        wide, (head, end) = self.page.wide, hit.span("name")
        first = next(at for at in range(max(0, head - _LONGEST_BEFORE), head + 1) if modifies(wide[at:head]))
        first = skip_verb(wide, first + wide.startswith(_ALL, first - 1), head)
        before = wide[max(0, first - _LONGEST_BEFORE) : first]
        if head - first >= _LEAST_NAME and not re.search(rule.extra["unless"], before):
            yield self._mention(rule, first, end, wide[first:end], head=wide[head:end])

    def _owned(self, rule: Rule, start: int, head: int, end: int) -> tuple[int, str] | None:
        """Where a name with a place or a level in it begins, and the name."""
        wide, place, level = self.page.wide, self._owners.between(start, head), level_at(self.page.wide, start)
        if place and (
            self._owners.covers(start, place.start)
            or self._owners.is_deictic(start)
            or rule.extra.get("named") == "local"
        ):
            return place.start, self._owners.full(place) + wide[place.end : end]
        if place:
            return start, wide[start:end]
        level = None if wide.endswith(_EACH, 0, start) else level
        owner = self._owners.meant_by(level, start) if level else None
        if level and start + len(level) < end and (owner or level in AREAS):
            return start, (owner or level) + wide[start + len(level) : end]
        return None

    def _named(self, rule: Rule, start: int, head: int, end: int) -> tuple[int, str] | None:
        """The same of a name without a place, if it names one body or a team."""
        wide, kind = self.page.wide, rule.extra.get("named")
        if kind == "local":
            return None
        if start and self._owners.is_deictic(start - 1):
            start += len(level_at(wide, start) or "")
        if wide[start - 1 : start] == "“":
            speech = tuple(rule.extra.get("unquoted", ("",)))
            proper = wide[end : end + 1] == "”" and not wide[start:end].endswith(speech)
        else:
            proper = kind == "task" or (
                head - start >= _LEAST_NAME and not any(describes(wide[at:head]) for at in (start, start + 1))
            )
        return (start, wide[start:end]) if proper else None

    def _body_in(self, start: int, end: int) -> Mention | None:
        """The last body already read from its level in `start`..`end`; a name grown to the left begins with it."""
        return max((m for m in self._bodies if start <= m.start and m.end <= end), key=lambda m: m.end, default=None)

    def _plain(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        template = str(rule.extra.get("as", "{rest}"))
        name = template.format(place=self.page.article.place or "", rest=hit["name"])
        self._owner_before[hit.end("name")] = hit.groupdict().get("owner") or ""
        yield self._mention(rule, *hit.span("name"), name)

    def _listed(self, rule: Rule, hit: re.Match[str]) -> Iterator[Mention]:
        for item in _ITEM.finditer(self.page.wide, *hit.span("name")):
            name = item.group() if item.group() in _whole_bodies() else item.group() + str(rule.extra["each"])
            yield replace(self._mention(rule, *item.span(), name), also=())

    def _mention(self, rule: Rule, start: int, end: int, name: str, head: str = "") -> Mention:
        name, literal = tidy_name(name), self.page.text[start:end]
        also = (literal,) if literal != name else ()
        return Mention(EntityType.ORGANISATION, start, end, name, rule.name, rule.confidence, also=also, head=head)

    def _person_follows(self, at: int) -> bool:
        post = _POST.match(self.page.wide, at)
        return post is not None and not self._persons.isdisjoint(range(at, post.end()))


@cache
def _whole_bodies() -> frozenset[str]:
    """Words that name a body by themselves where a list of departments holds them (残联, 银行)."""
    return frozenset((*words("org_bodies", **{"class": "people"}), *words("org_classes")))
