"""Persons: names in bylines, beside a post or a calling, and every later mention of a name once read.

A name is a family name of `lexicon/surnames.tsv` and one or two characters; alone that means nothing, so every
rule of `ontology/rules/persons.yaml` reads it from a strong context. Whether its last character belongs to it
(王圣原来) shows where the text names the person again; names that stand beside one in a list are names as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from ..lexicon import words
from ..model import EntityType
from ..rules import Rule, expand, rules, words_of
from .page import Mention, Page

_NAME: Final = re.compile(r"[一-龥·]+")
_HAN: Final = re.compile(r"[一-龥]")
_AGAIN: Final = "person-again"
_BESIDE: Final = "person-beside"
_RULES: Final = "rules/persons.yaml"
_LONGEST_PLAIN: Final = 3
_KNOWN_PLACE: Final = ("place-name", "place-short")
_DOUBT: Final = 0.05
"""How much less sure a repeated name is than the mention from which it was read."""


def find(page: Page, places: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Every person named on the page; where rules disagree about a name, the surer rule is heard first.

    No name begins inside that of a place known by name (沙中 in 长沙中心支行).
    """
    known: dict[str, Mention] = {}
    inside = {at for p in places if p.rule in _KNOWN_PLACE for at in range(p.start + 1, p.end)}
    taken: set[int] = set(inside)
    for rule in sorted(rules("persons"), key=lambda rule: -rule.confidence):
        for mention in _read(page, rule):
            for person in (mention, *_find_beside(page, mention)):
                if not taken & set(range(person.start, person.end)):
                    taken.update(range(person.start, person.end))
                    known.setdefault(person.name, person)
                    yield person
    yield from _find_again(page, known, taken - inside)


def _read(page: Page, rule: Rule) -> Iterator[Mention]:
    end = page.head_end if rule.extra.get("scope") == "head" else len(page.wide)
    unless = _no_names(tuple(rule.extra.get("unless", ())))

    def is_none(hit: re.Match[str]) -> bool:
        names = _NAME.finditer(page.wide, *hit.span("name"))
        return any(page.wide.startswith(unless, name.start()) for name in names)

    for hit in page.matches(rule, end, unless=is_none if unless else None):
        post = hit.groupdict().get("post")
        for name in _NAME.finditer(page.wide, *hit.span("name")):
            start, stop = name.start(), name.start() + len(_trimmed(page.wide, name.group()))
            yield Mention(EntityType.PERSON, start, stop, page.wide[start:stop], rule.name, rule.confidence, post=post)


@cache
def _no_names(lists: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the lists that a rule names under `unless`: with one of them no name begins."""
    return tuple(word for written in lists for word in words_of(written, path=_RULES, entry=written))


def _trimmed(wide: str, name: str) -> str:
    """The name without its last character where the text names the person elsewhere without it."""
    short = name[:-1]
    if len(name) != _LONGEST_PLAIN or wide.count(short) == wide.count(name):
        return name
    after = {wide[hit.end() : hit.end() + 1] for hit in re.finditer(re.escape(short), wide)}
    return short if any(sign in _ends() or not _HAN.match(sign) for sign in after - {name[-1]}) else name


def _find_beside(page: Page, person: Mention) -> Iterator[Mention]:
    """The names that follow a name in a list: 谭文官、潘桥开等."""
    at = person.end
    while hit := _listed_name().match(page.wide, at):
        name, at = hit["name"], hit.end("name")
        yield replace(person, start=hit.start("name"), end=at, name=name, rule=_BESIDE)


@cache
def _ends() -> frozenset[str]:
    """The characters that stand right behind a name."""
    return frozenset((*words("name_stops", **{"class": "never"}), *words("name_stops", **{"class": "after"})))


@cache
def _listed_name() -> re.Pattern[str]:
    written = "(?:(?!{name_stops:word}){$strong_person}|{$sound}{3,6}|{$sound}{2,6}·{$sound}{2,6})"
    name = expand(written, path=_RULES, entry=_BESIDE)
    return re.compile(f"[、和](?P<name>{name})(?=[，。；：、）和与及 　\\n]|等)")


def _find_again(page: Page, known: dict[str, Mention], taken: set[int]) -> Iterator[Mention]:
    """The later mentions of the names already read."""
    for name, first in known.items():
        for hit in re.finditer(re.escape(name), page.wide):
            if hit.start() not in taken:
                sure = first.confidence - _DOUBT
                again = replace(first, start=hit.start(), end=hit.end(), rule=_AGAIN, confidence=sure)
                yield from (again, *(p for p in _find_beside(page, again) if p.start not in taken))
