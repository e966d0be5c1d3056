"""Relations between the mentions of a page, found by the rules of `ontology/rules/relations-*.yaml`.

A rule is a pattern over symbols (`patterns`) or a condition on names (`names`). What it finds is a vote: every rule
has a weight in `ontology/lexicon/relation_weights.tsv`, the votes for one pair add up to the confidence of the fact
(by the logistic curve), and the heaviest of them names the fact's rule and gives the quote. Negative weights speak
against a pair. A rule with `fallback: subject` (or `object`) is asked only where no rule before it found a pair
with that end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

from ..lexicon import table
from ..model import THIS_ARTICLE, Predicate, Relation, Span
from ..resources import knowledge_files
from ..rules import Rule, rules
from .alphabet import Line
from .names import find_by_name
from .page import Mention, Page
from .patterns import find_matches
from .subjects import find_frames
from .symbols import encode

Pair = tuple[str, str, Span]
Key = tuple[str, Predicate, str]
Votes = dict[str, Span]
"""The rules that found a pair, each with the shortest run of text in which it did."""


@cache
def relation_rules() -> tuple[Rule, ...]:
    """All relation rules, in the order of their files."""
    return tuple(rule for path in knowledge_files("rules/relations-*.yaml") for rule in rules(path.stem))


def find(page: Page, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """The relations of the page, each once, with the rule that speaks for it most."""
    weights = _weights()
    for key, votes in find_votes(page, mentions).items():
        prior, least = _priors()[key[1]]
        confidence = 1 / (1 + math.exp(-prior - sum(weights.get(rule, 0.0) for rule in votes)))
        if confidence >= least:
            rule = max(votes, key=lambda name: weights.get(name, 0.0))
            yield Relation(*key, page.evidence(votes[rule].start, votes[rule].end, rule, round(confidence, 2)))


def find_votes(page: Page, mentions: Sequence[Mention]) -> dict[Key, Votes]:
    """Every pair that some rule found, with the rules that found it."""
    line = encode(page, mentions, find_frames(page, mentions))
    found: dict[Key, Votes] = {}
    for rule in relation_rules():
        predicate = Predicate(rule.label)
        taken = _taken(found, predicate, rule.extra.get("fallback"))
        for subject, object_, run in find_pairs(rule, line, mentions):
            if subject == object_ or (taken and taken & {("subject", subject), ("object", object_)}):
                continue
            votes = found.setdefault((subject, predicate, object_), {})
            if rule.name not in votes or len(run) <= len(votes[rule.name]):
                votes[rule.name] = run
    return found


def find_pairs(rule: Rule, line: Line, mentions: Sequence[Mention]) -> Iterator[Pair]:
    """The names of subject and object of everything one rule finds, with the run of text that says it."""
    if " in " in rule.pattern:
        yield from find_by_name(rule, mentions)
        return
    for found in find_matches(rule, line):
        for subject in found.subject.mentions:
            for object_ in found.object.mentions if found.object else (None,):
                name = object_.entity if object_ else THIS_ARTICLE
                yield subject.entity, name, found.run or (object_ or subject).span


def _taken(found: dict[Key, Votes], predicate: Predicate, end: str | None) -> set[tuple[str, str]]:
    """The names at one end of the pairs found so far; nothing where the rule is no fallback."""
    place = {"subject": 0, "object": 2}
    return {(end, key[place[end]]) for key in found if key[1] == predicate} if end else set()


@cache
def _weights() -> dict[str, float]:
    """The weight of every rule, its vote in log-odds."""
    return {row["word"]: float(row["weight"]) for row in table("relation_weights")}


@cache
def _priors() -> dict[str, tuple[float, float]]:
    """For every predicate the log-odds of any pair, and the confidence below which a pair is no fact."""
    rows = [row for row in table("relation_weights") if row["least"]]
    return {row["word"]: (float(row["weight"]), float(row["least"])) for row in rows}
