"""Near-misses: a fact that was missed and one that was found instead, and the part in which they differ.

Parts are keys of the wordings: left_edge, right_edge (a name begins or ends at another place), name, type, subject,
predicate, object, direction (the ends are swapped), value, unit, role, time, indicator.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Entity, Observation, Relation
from .likeness import (
    SAME_END,
    SAME_INDICATOR,
    SAME_NAME,
    Names,
    alike,
    end_likeness,
    name_likeness,
    names,
    plain,
    same_unit,
    same_value,
)

_NEAR_NAME = 0.6
_NEAR_SHARE = 0.4
_NEAR_QUOTE = 0.5
NEAR = 0.5
"""From which nearness on a missed and an extra fact are one near-miss."""


def entity_nearness(gold: Entity, found: Entity) -> float:
    """How near two entities are: of one type with like names, or of two types with the same name."""
    likeness = name_likeness(gold, found)
    if gold.type != found.type:
        return likeness if likeness >= SAME_NAME else 0.0
    return likeness if likeness >= _NEAR_NAME or any(_edges(gold, found)) else 0.0


def entity_parts(gold: Entity, found: Entity) -> Iterator[str]:
    """Where the names differ, and whether the types do."""
    if gold.type != found.type:
        yield "type"
    if name_likeness(gold, found) < SAME_NAME:
        yield from _edges(gold, found) or ("name",)


def _edges(gold: Entity, found: Entity) -> tuple[str, ...]:
    """At which edges two names differ where one holds the other and is not much longer; else nothing."""
    for one in map(plain, names(gold)):
        for two in map(plain, names(found)):
            long, short = max(one, two, key=len), min(one, two, key=len)
            if short in long and len(short) >= _NEAR_SHARE * len(long):
                edges = {"left_edge": not long.startswith(short), "right_edge": not long.endswith(short)}
                return tuple(edge for edge, differs in edges.items() if differs)
    return ()


def relation_nearness(gold: Relation, found: Relation, known: Names) -> float:
    """How near two relations are: read from like runs of text, they differ in one of subject, predicate and object, or
    their ends are swapped.
    """
    subject, object_ = _ends(gold, found, known)
    if _swapped(gold, found, known):
        return NEAR
    same = [subject >= SAME_END, gold.predicate == found.predicate, object_ >= SAME_END]
    near = sum(same) == len(same) - 1 and alike(gold.evidence.quote, found.evidence.quote) >= _NEAR_QUOTE
    return NEAR + (1 - NEAR) * min(subject, object_) if near else 0.0


def relation_parts(gold: Relation, found: Relation, known: Names) -> Iterator[str]:
    """Which of subject, predicate and object differ, or that the ends are swapped."""
    subject, object_ = _ends(gold, found, known)
    if _swapped(gold, found, known):
        yield "direction"
        return
    if subject < SAME_END:
        yield "subject"
    if gold.predicate != found.predicate:
        yield "predicate"
    if object_ < SAME_END:
        yield "object"


def _ends(gold: Relation, found: Relation, known: Names) -> tuple[float, float]:
    return end_likeness(gold.subject, found.subject, known), end_likeness(gold.object, found.object, known)


def _swapped(gold: Relation, found: Relation, known: Names) -> bool:
    turned = end_likeness(gold.subject, found.object, known), end_likeness(gold.object, found.subject, known)
    return gold.predicate == found.predicate and min(turned) >= SAME_END > min(_ends(gold, found, known))


def observation_nearness(gold: Observation, found: Observation) -> float:
    """How near two figures are: of value and unit one differs, and they are read from like runs of text."""
    if same_value(gold, found) == same_unit(gold, found):
        return 0.0
    likeness = alike(gold.evidence.quote, found.evidence.quote)
    return likeness if likeness >= _NEAR_QUOTE else 0.0


def observation_parts(gold: Observation, found: Observation) -> Iterator[str]:
    """In which parts two readings of one figure differ; place, level and what it belongs to are not compared."""
    if not same_value(gold, found):
        yield "value"
    if not same_unit(gold, found):
        yield "unit"
    if gold.role != found.role:
        yield "role"
    if (gold.time or None) != (found.time or None):
        yield "time"
    if alike(gold.indicator, found.indicator) < SAME_INDICATOR:
        yield "indicator"
