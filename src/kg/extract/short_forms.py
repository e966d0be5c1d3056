"""Bodies under a short form: named again without their place, by the core of a firm's name, or by 该局.

Each takes the bodies that were found in full and yields more mentions of them; a part of a body
(教育局 + 基础教育科) is a body of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from ..lexicon import table, words
from ..model import EntityType
from ..rules import Rule
from .edges import describes
from .page import Mention, Page

_AGAIN: Final = "organisation-again"
_LEAST_AGAIN: Final = 4
_CORES: Final = (4, 3, 2)


def find_again(page: Page, found: Sequence[Mention], places: Sequence[Mention]) -> Iterator[Mention]:
    """Later mentions of the bodies by their name without the place, or by the core of a firm's name."""
    inside = {at for m in found for at in range(m.start, m.end)}
    areas = _divisions() | {name for m in places for name in (m.name, page.wide[m.start : m.end])}
    for full in {m.name: m for m in found if not is_class(m)}.values():
        rest = _without_place(full.name, areas)
        if rest != full.name and len(rest) >= _LEAST_AGAIN and rest not in words("org_bodies"):
            yield from _again(page, full, re.escape(rest), inside)
        if rest.endswith(words("org_heads", **{"class": "firm"})):
            by_core = ([*_again(page, full, pattern, inside)] for pattern in _core_patterns(rest))
            yield from next(filter(None, by_core), ())


def find_units(page: Page, rule: Rule, found: Sequence[Mention]) -> Iterator[Mention]:
    """The parts of the bodies that stand right behind them."""
    for body in found:
        hit = rule.regex.match(page.wide, body.end)
        if hit:
            name, literal = body.name + hit["name"], page.text[body.start : hit.end("name")]
            also = (literal,) if literal != name else ()
            yield Mention(
                EntityType.ORGANISATION,
                body.start,
                hit.end("name"),
                name,
                rule.name,
                rule.confidence,
                also=also,
                head=hit["name"],
            )


def find_referred(page: Page, rule: Rule, found: Sequence[Mention]) -> Iterator[Mention]:
    """Words that mean the nearest body before whose name ends so (该局), or a part of it (its 办公室)."""
    for hit in page.matches(rule):
        endings = tuple(rule.extra.get("ends", (hit["name"],)))
        fitting = [m for m in found if m.end <= hit.start() and m.name.endswith(endings) and not is_class(m, rule)]
        if fitting:
            meant, literal = max(fitting, key=lambda m: m.end), page.text[hit.start() : hit.end()]
            name = meant.name + hit["name"] if "ends" in rule.extra else meant.name
            yield replace(meant, start=hit.start(), end=hit.end(), name=name, rule=rule.name, also=(literal,), head="")


def is_class(mention: Mention, rule: Rule | None = None) -> bool:
    """Whether a class of bodies is meant, to which 该局 cannot point (but which may have an office)."""
    return mention.rule.startswith("organisation-class") and not (rule and "ends" in rule.extra)


def _without_place(name: str, areas: Collection[str]) -> str:
    """The name without the longest of the areas with which it begins."""
    return next((name[length:] for length in range(len(name) - 1, 1, -1) if name[:length] in areas), name)


@cache
def _divisions() -> frozenset[str]:
    """The names of provinces and prefectures, full and short: firms often bear one (江苏恒屹精密传动有限公司)."""
    wide = [row for row in table("places") if row["level"] in ("province", "prefecture")]
    return frozenset(name for row in wide for name in (row["word"], *row["short"].split()))


def _again(page: Page, full: Mention, pattern: str, inside: set[int]) -> Iterator[Mention]:
    for hit in re.finditer(pattern, page.wide):
        if hit.start() not in inside:
            yield replace(full, start=hit.start(), end=hit.end(), rule=_AGAIN, also=(hit.group(),), head="")


def _core_patterns(name: str) -> Iterator[str]:
    """What a firm may be called for short, the longest first: 恒屹 for 恒屹精密传动有限公司, 良禾公司."""
    for length in _CORES:
        if len(name) > length + 2 and not describes(name[:length]):
            alone = "(?<![一-龥])" if length == _CORES[-1] else ""
            yield alone + re.escape(name[:length]) + "(?:公司|集团|厂)?"
