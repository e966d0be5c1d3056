"""Relations between the mentions of a page, found by the rules of `ontology/rules/relations-*.yaml`.

A rule is a pattern over symbols (`patterns`) or a condition on names (`names`). What it finds is a vote. The votes for
one pair, and how it stands in the text, make the confidence of the fact (`certainty`); the heaviest vote names the
fact's rule and gives the quote. Votes of negative weight speak against a pair. A rule with `fallback: subject` (or
`object`) is asked only where no rule before it found a pair with that end; one with `where: head` reads only what
stands before the running text, and one with `only: first` takes only the first object of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache

from ..model import THIS_ARTICLE, Entity, Predicate, Relation, Span
from ..places import may_lie_in
from ..resources import knowledge_files
from ..rules import Rule, rules
from .alphabet import PRESS, Line, kind_of
from .certainty import chance, least, relation_features, weight
from .names import find_by_name
from .page import Mention, Page
from .patterns import find_matches
from .subjects import find_frames, head_of
from .symbols import encode

Pair = tuple[str, str, Span]
Key = tuple[str, Predicate, str]
Votes = dict[str, Span]
"""The rules that found a pair, each with the shortest run of text in which it did."""


@cache
def relation_rules() -> tuple[Rule, ...]:
    """All relation rules, in the order of their files."""
    return tuple(rule for path in knowledge_files("rules/relations-*.yaml") for rule in rules(path.stem))


def find(page: Page, mentions: Sequence[Mention], entities: Iterable[Entity] = ()) -> Iterator[Relation]:
    """The relations of the page, each once, with the rule that speaks for it most.

    `entities` tell how sure the ends are; a name that none of them has is held to be right.
    """
    sure = {entity.name: entity.evidence.confidence for entity in entities}
    found, papers = find_votes(page, mentions), {m.entity for m in mentions if kind_of(m) == PRESS}
    reporting = {subject for subject, predicate, _ in found if predicate == Predicate.REPORTS} & papers
    for key, votes in found.items():
        subject, predicate, object_ = key
        features = relation_features(page, (subject, object_), votes, (sure.get(subject, 1.0), sure.get(object_, 1.0)))
        confidence = chance("relations", predicate, features)
        if confidence >= least(predicate) and _may_hold(key, reporting):
            rule = max(votes, key=lambda name: weight(predicate, f"rule {name}"))
            yield Relation(*key, page.evidence(votes[rule].start, votes[rule].end, rule, confidence))


def _may_hold(key: Key, reporting: Set[str]) -> bool:
    """Whether nothing known speaks against a relation: divisions lie in wider ones, a paper only reports."""
    subject, predicate, object_ = key
    match predicate:
        case Predicate.PART_OF:
            return may_lie_in(subject, object_)
        case Predicate.OPERATES:
            return subject not in reporting
        case _:
            return True


def find_votes(page: Page, mentions: Sequence[Mention]) -> dict[Key, Votes]:
    """Every pair that some rule found, with the rules that found it."""
    line = encode(page, mentions, find_frames(page, mentions))
    head, found = line.until(head_of(page).end), dict[Key, Votes]()
    for rule in relation_rules():
        predicate = Predicate(rule.label)
        taken = _taken(found, predicate, rule.extra.get("fallback"))
        for subject, object_, run in find_pairs(rule, head if "where" in rule.extra else line, mentions):
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
        objects = found.object.mentions if found.object else (None,)
        for subject in found.subject.mentions:
            for object_ in objects[:1] if "only" in rule.extra else objects:
                name = object_.entity if object_ else THIS_ARTICLE
                yield subject.entity, name, found.run or (object_ or subject).span


def _taken(found: dict[Key, Votes], predicate: Predicate, end: str | None) -> set[tuple[str, str]]:
    """The names at one end of the pairs found so far; nothing where the rule is no fallback."""
    place = {"subject": 0, "object": 2}
    return {(end, key[place[end]]) for key in found if key[1] == predicate} if end else set()
