"""Where two readers of one article say the same, both of their facts are surer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..model import Detail, Entity, Evidence, Fact, Observation, Reading, Relation


def corroborated(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """Both readings, each fact that the other says too as sure as either being right would make it."""
    names = _names([*first.facts, *second.facts])
    return _raised(first, second, names), _raised(second, first, names)


def _names(facts: Iterable[Fact]) -> dict[str, str]:
    """One name for each name under which either reader knows a thing."""
    names: dict[str, str] = {}
    for entity in (fact for fact in facts if isinstance(fact, Entity)):
        every = (entity.name, *entity.also)
        one = next((names[name] for name in every if name in names), entity.name)
        names |= {name: one for name in every if name not in names}
    return names


def _raised(reading: Reading, other: Reading, names: Mapping[str, str]) -> Reading:
    said = {key: fact.evidence for fact in other.facts for key in _keys(fact, names)}
    others = (next((said[key] for key in _keys(fact, names) if key in said), None) for fact in reading.facts)
    return replace(reading, facts=tuple(map(_surer, reading.facts, others)))


def _keys(fact: Fact, names: Mapping[str, str]) -> Iterable[tuple[object, ...]]:
    """What two facts share that say the same; a thing goes by any of its names."""
    match fact:
        case Entity():
            return [(fact.type, names.get(name, name)) for name in (fact.name, *fact.also)]
        case Relation():
            return [(names.get(fact.subject, fact.subject), fact.predicate, names.get(fact.object, fact.object))]
        case Observation():
            return [(fact.value, fact.unit, at) for at in range(fact.evidence.start, fact.evidence.end)]
        case Detail():
            return [(fact.document, fact.property, fact.value)]


def _surer(fact: Fact, other: Evidence | None) -> Fact:
    """The fact with the chance that not both are wrong: 1 - (1 - a)(1 - b), as if they erred apart."""
    if other is None:
        return fact
    sure = round(1 - (1 - fact.evidence.confidence) * (1 - other.confidence), 2)
    return replace(fact, evidence=replace(fact.evidence, confidence=sure))
