"""How alike two facts are: the measure of the guide to the gold facts.

Names are compared without quotation marks, brackets, punctuation and blanks. All likenesses run from 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from ..model import THIS_ARTICLE, Entity, Observation, Relation

_NOISE: Final = re.compile(r"[\s“”‘’\"'《》〈〉<>(),、。·:;—-]")
_PEOPLE: Final = frozenset({"人", "名", "位", "个人"})
_CLOSE: Final = Decimal("0.000001")
_OTHER_NAMES: Final = 3
"""How many of the other names that a system gives a thing count, so that nothing is won by guessing many."""
SAME_NAME, SAME_END, SAME_INDICATOR, SAME_FIGURE = 0.75, 0.7, 0.6, 0.35
"""From which likeness on two entities, ends of relations, indicators and figures are held to be the same."""

Names = Mapping[str, Sequence[str]]
"""All names of each thing of the gold, by any of them."""


@lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """The name without quotation marks, brackets, punctuation and blanks.

    >>> plain("《“两学一做” 方案》")
    '两学一做方案'
    """
    return _NOISE.sub("", name)


@lru_cache(maxsize=1 << 16)
def alike(gold: str, found: str) -> float:
    """Likeness of two names; where one holds the other, the share of it that is held, but at least a half.

    >>> alike("贫困户", "贫困户"), alike("贫困户", "建档立卡贫困户"), alike("村民", "干部")
    (1.0, 0.5, 0.0)
    """
    one, two = plain(gold), plain(found)
    if not one or not two:
        return 0.0
    if one in two or two in one:
        return max(0.5, min(len(one), len(two)) / max(len(one), len(two)))
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def names(entity: Entity) -> tuple[str, ...]:
    """The name of an entity and its other names."""
    return (entity.name, *entity.also)


def known_names(entities: Iterable[Entity]) -> Names:
    """All names of each entity, by any of them."""
    return {name: names(entity) for entity in entities for name in names(entity)}


def name_likeness(gold: Entity, found: Entity) -> float:
    """Likeness of the two names that are most alike, whatever the types."""
    return max(alike(a, b) for a in names(gold) for b in names(found)[: 1 + _OTHER_NAMES])


def entity_likeness(gold: Entity, found: Entity) -> float:
    """Likeness of two entities; none where their types differ."""
    return name_likeness(gold, found) if gold.type == found.type else 0.0


def end_likeness(gold: str, found: str, known: Names) -> float:
    """Likeness of two ends of relations; of the gold's, every name counts."""
    if THIS_ARTICLE in (gold, found):
        return float(gold == found)
    return max(alike(name, found) for name in known.get(gold, (gold,)))


def relation_likeness(gold: Relation, found: Relation, known: Names) -> float:
    """Likeness of the ends that are less alike; none where the predicates differ."""
    if gold.predicate != found.predicate:
        return 0.0
    return min(end_likeness(gold.subject, found.subject, known), end_likeness(gold.object, found.object, known))


def observation_likeness(gold: Observation, found: Observation) -> float:
    """Likeness of quotes and of indicators; none where value or unit differ."""
    if not (same_value(gold, found) and same_unit(gold, found)):
        return 0.0
    quotes = alike(gold.evidence.quote, found.evidence.quote)
    return 0.2 + 0.4 * quotes + 0.4 * alike(gold.indicator, found.indicator)


def same_value(gold: Observation, found: Observation) -> bool:
    """Whether two figures give the same number, but for rounding."""
    return abs(gold.value - found.value) <= _CLOSE * max(Decimal(1), abs(gold.value))


def same_unit(gold: Observation, found: Observation) -> bool:
    """Whether two figures count in the same unit; all classifiers of people are one."""
    return _unit(gold.unit) == _unit(found.unit)


def _unit(unit: str) -> str:
    return "人" if plain(unit) in _PEOPLE else plain(unit)
