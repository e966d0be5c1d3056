"""How sure a fact is: a linear classifier over how it was read and where it stands.

Each feature adds its weight in log-odds; their sum through the logistic curve is the chance that a careful reader
would have taken the fact too. The weights stand in `ontology/weights/*.json`, one table for each type or predicate,
and were fitted by `benchmarks/weigh.py` to texts whose facts are known.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from ..errors import KnowledgeError
from ..model import Span
from ..resources import knowledge_text
from .page import Mention, Page

_MOST: Final = 4
"""Counts above this are one."""
_LONGEST: Final = 12
_LEAST: Final = 0.01
"""Nothing is certain, nothing that was found is impossible."""
_EDGE: Final = "|"
"""What stands for the text's beginning and end."""


def entity_features(page: Page, mentions: Sequence[Mention], best: Mention) -> Iterator[str]:
    """What is seen of one entity: the rules that read it, its name, and the text beside its best mention."""
    wide, rules = page.wide, sorted({mention.rule for mention in mentions})
    yield f"best {best.rule}"
    yield from (f"rule {rule}" for rule in rules)
    yield f"rules {min(len(rules), _MOST)}"
    yield f"mentions {min(len(mentions), _MOST)}"
    yield f"length {min(len(best.entity), _LONGEST)}"
    yield f"first {best.entity[:1]}"
    yield f"last {best.entity[-1:]}"
    yield f"before {wide[best.start - 1] if best.start else _EDGE}"
    yield f"after {wide[best.end : best.end + 1] or _EDGE}"
    if best.start < page.head_end:
        yield "in head"
    if any(mention.also for mention in mentions):
        yield "other names"


def relation_features(
    page: Page, pair: tuple[str, str], votes: Mapping[str, Span], ends: tuple[float, float]
) -> Iterator[str]:
    """What is seen of one relation: the rules that voted for it, how far apart its ends stand, and how sure these are.

    `pair` are the names of its ends, `votes` has for each rule the run of text in which it found the pair; `ends` are
    the chances of the two entities.
    """
    run = min(votes.values(), key=len)
    yield from (f"rule {rule}" for rule in sorted(votes))
    yield f"rules {min(len(votes), _MOST)}"
    yield f"run {bisect_right(_RUNS, len(run))}"
    yield f"within {_scope(page, run)}"
    yield f"weaker end {int(min(ends) * 5)}"
    yield f"both ends {int(ends[0] * ends[1] * 10)}"
    for end, name in zip(("subject", "object"), pair, strict=True):
        yield f"{end}{ENDS}{name[-1:]}"
        yield f"{end}{ENDS}{name[-2:]}"


def _scope(page: Page, run: Span) -> str:
    """The smallest part of the text that holds the whole run."""
    last = max(run.start, run.end - 1)
    if page.clause_at(run.start) == page.clause_at(last):
        return "clause"
    first, second = page.sentence_at(run.start), page.sentence_at(last)
    if first == second:
        return "sentence"
    return "paragraph" if first.paragraph == second.paragraph else "text"


def least(kind: str) -> float:
    """The chance below which a relation of the kind is no fact."""
    return _weights("relations")[kind][LEAST]


def weight(kind: str, feature: str) -> float:
    """What a feature adds to a relation of the kind, in log-odds."""
    return _weights("relations")[kind].get(feature, 0.0)


def chance(table: str, kind: str, features: Iterable[str]) -> float:
    """The chance that a fact with these features is right, from 0.01 to 0.99; `table` is entities or relations.

    Raises KnowledgeError where the table cannot be read.
    """
    weights = _weights(table)[kind]
    total = weights[BIAS] + sum(weights.get(feature, 0.0) for feature in features)
    return min(max(round(1 / (1 + math.exp(-total)), 2), _LEAST), 1 - _LEAST)


BIAS: Final = "bias"
"""The feature that every fact has."""
LEAST: Final = "least"
"""Where the table of a predicate keeps the chance below which a pair is no fact."""
ENDS: Final = " ends "
"""What the features of the last characters of a name have in common; there are many of them, each seldom seen."""
_RUNS: Final = (4, 8, 15, 30, 60, 120, 240)
"""Lengths in characters between which runs of text are held to be alike."""


@cache
def _weights(table: str) -> Mapping[str, Mapping[str, float]]:
    path = f"weights/{table}.json"
    try:
        found: Mapping[str, Mapping[str, float]] = json.loads(knowledge_text(path))
    except ValueError as error:
        raise KnowledgeError(f"no valid JSON ({error})", path=path) from error
    return found
