"""What became of every fact: right, missed, extra, or nearly right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from ..model import Entity, Fact, Observation, Relation
from . import likeness, nearness
from .pairing import pair

Judged = Entity | Relation | Observation
"""The kinds of fact that the guide asks readers for; others are not judged."""

_F = TypeVar("_F", Entity, Relation, Observation)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fact of the gold and the found one it was compared with; where `found` is None it was missed, where `gold`
    is None it is extra.

    `right` tells that the two are held to be one fact, `differs` names the parts in which they are not alike.
    """

    article: str
    gold: Judged | None
    found: Judged | None
    right: bool = False
    differs: tuple[str, ...] = ()

    @property
    def near(self) -> bool:
        """Whether it is a near-miss: two facts that are not one, but nearly."""
        return not self.right and self.gold is not None and self.found is not None


@dataclass(frozen=True, slots=True)
class _Measure(Generic[_F]):
    """How the facts of one kind are compared."""

    likeness: Callable[[_F, _F], float]
    least: float
    nearness: Callable[[_F, _F], float]
    parts: Callable[[_F, _F], Iterable[str]]

    def judge(self, article: str, gold: Sequence[_F], found: Sequence[_F]) -> Iterator[Verdict]:
        right, missed, extra = pair(gold, found, self.likeness, least=self.least)
        near, missed, extra = pair(missed, extra, self.nearness, least=nearness.NEAR)
        for one, two in right:
            yield Verdict(article, one, two, right=True, differs=tuple(self.parts(one, two)))
        for one, two in near:
            yield Verdict(article, one, two, differs=tuple(self.parts(one, two)))
        yield from (Verdict(article, fact, None) for fact in missed)
        yield from (Verdict(article, None, fact) for fact in extra)


def judge(article: str, gold: Iterable[Fact], found: Iterable[Fact]) -> Iterator[Verdict]:
    """The verdicts on the facts found in one article; a fact stated twice counts once."""
    entities, relations, observations = _kinds(gold)
    found_entities, found_relations, found_observations = _kinds(found)
    known = likeness.known_names(entities)
    yield from _ENTITIES.judge(article, entities, found_entities)
    yield from _relations(known).judge(article, relations, found_relations)
    yield from _OBSERVATIONS.judge(article, observations, found_observations)


_ENTITIES = _Measure(likeness.entity_likeness, likeness.SAME_NAME, nearness.entity_nearness, nearness.entity_parts)
_OBSERVATIONS = _Measure(
    likeness.observation_likeness,
    likeness.SAME_FIGURE,
    nearness.observation_nearness,
    nearness.observation_parts,
)


def _relations(known: likeness.Names) -> _Measure[Relation]:
    return _Measure(
        partial(likeness.relation_likeness, known=known),
        likeness.SAME_END,
        partial(nearness.relation_nearness, known=known),
        partial(nearness.relation_parts, known=known),
    )


def _kinds(facts: Iterable[Fact]) -> tuple[list[Entity], list[Relation], list[Observation]]:
    """The facts of each kind, each once."""
    entities: dict[object, Entity] = {}
    relations: dict[object, Relation] = {}
    observations: dict[object, Observation] = {}
    for fact in facts:
        match fact:
            case Entity():
                entities.setdefault((fact.type, fact.name), fact)
            case Relation():
                relations.setdefault((fact.subject, fact.predicate, fact.object), fact)
            case Observation(indicator, value, unit, role):
                key = (indicator, value, unit, role, fact.time, fact.evidence.quote)
                observations.setdefault(key, fact)
    return list(entities.values()), list(relations.values()), list(observations.values())
