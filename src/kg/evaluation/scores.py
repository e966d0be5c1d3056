"""Verdicts counted: precision, recall and F1 by type, what near-misses differ in, how far confidence can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..model import Entity, EntityType, Observation, Predicate, Relation
from .judging import Judged, Verdict

ENTITIES: Final = "entities"
RELATIONS: Final = "relations"
FIGURES: Final = "figures"
FULL: Final = "figures_full"
ALL: Final = "all"
"""Names of the sums, keys of the wordings; figures in full are those whose role, time and indicator are right too."""

BANDS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Where bands of confidence begin and end."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of one sort the gold holds, were found, are right, are near-misses (counted by the gold)."""

    sort: str
    gold: int
    found: int
    right: int
    near: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """How many facts of one kind were found with a confidence from `least` to `most`, and how many of them are right.

    `least` belongs to the band, `most` only where it is 1.
    """

    kind: str
    least: float
    most: float
    found: int
    right: int


def sort_of(fact: Judged) -> str:
    """The type of an entity, the predicate of a relation; all figures are of one sort."""
    match fact:
        case Entity():
            return fact.type
        case Relation():
            return fact.predicate
        case Observation():
            return FIGURES


def kind_of(fact: Judged) -> str:
    """The sum that a fact counts in."""
    match fact:
        case Entity():
            return ENTITIES
        case Relation():
            return RELATIONS
        case Observation():
            return FIGURES


def scores(verdicts: Sequence[Verdict]) -> Iterator[Score]:
    """One score for every type, every predicate and the figures that occur, then the sums."""
    for sort in (*EntityType, *Predicate):
        score = _score(sort, verdicts, sort_of)
        if score.gold or score.found:
            yield score
    for kind in (ENTITIES, RELATIONS, FIGURES):
        yield _score(kind, verdicts, kind_of)
    yield _full(verdicts)
    yield _score(ALL, verdicts, lambda fact: ALL)


def _score(name: str, verdicts: Iterable[Verdict], name_of: Callable[[Judged], str]) -> Score:
    """The score of the facts that go by that name."""
    own = [v for v in verdicts if v.gold and name_of(v.gold) == name]
    found = sum(1 for v in verdicts if v.found and name_of(v.found) == name)
    return Score(name, len(own), found, sum(v.right for v in own), sum(v.near for v in own))


def _full(verdicts: Iterable[Verdict]) -> Score:
    """Figures in full: a figure that is right but for role, time or indicator is a near-miss."""
    own = [v for v in verdicts if isinstance(v.gold or v.found, Observation)]
    pairs = [v for v in own if v.gold and v.found]
    full = sum(v.right and not v.differs for v in pairs)
    gold, found = sum(v.gold is not None for v in own), sum(v.found is not None for v in own)
    return Score(FULL, gold, found, full, len(pairs) - full)


def differences(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """How often near-misses of each kind, and right figures, differ in each part."""
    return Counter(
        (kind_of(v.gold), part)
        for v in verdicts
        if v.gold and (v.near or isinstance(v.gold, Observation))
        for part in v.differs
    )


def calibration(verdicts: Iterable[Verdict]) -> Iterator[Band]:
    """For each kind, the bands of confidence that hold facts."""
    found = [(kind_of(v.found), v.found.evidence.confidence, v.right) for v in verdicts if v.found]
    for kind in (ENTITIES, RELATIONS, FIGURES):
        for least, most in pairwise(BANDS):
            rights = [
                right for own, sure, right in found if own == kind and (least <= sure < most or sure == most == 1)
            ]
            if rights:
                yield Band(kind, least, most, len(rights), sum(rights))
