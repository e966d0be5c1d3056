"""The gate: what a model says becomes a fact only when it can be checked against the text.

Closed types and predicates, a quote that is an exact slice of the passage, a name whose characters the text has, a
value that can be read in the quote, ends that are known. What fails is counted by its reason and never stored.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..errors import InputError
from ..extract.figures.quantities import find_quantities
from ..facts import from_json
from ..model import (
    OBJECTS,
    SUBJECTS,
    THIS_ARTICLE,
    Article,
    Detail,
    Entity,
    EntityType,
    Fact,
    Observation,
    Predicate,
    Relation,
    Span,
)
from ..text import widen

_LISTS: Final = {"entities": "entity", "relations": "relation", "observations": "observation"}
_OWNERS: Final = frozenset({EntityType.MECHANISM, EntityType.DOCUMENT, EntityType.ORGANISATION})
_MARKS: Final = frozenset(" 　，。；：、《》〈〉“”‘’（）()\"'·-—/")
CONFIDENCE: Final = 0.7
"""How sure a fact is that a model alone gives: nobody has measured the user's model."""


@dataclass(slots=True)
class Gate:
    """Takes the answers for one article, passage after passage, and lets the facts through that hold.

    `facts` are those let through, each once; `rejected` counts the others by reason: answer, form, quote, name, value,
    ends. What a relation joins must be an entity let through before, in this passage or an earlier one.
    """

    article: Article
    rule: str
    facts: dict[object, Fact] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)

    def take(self, answer: str, passage: Span) -> None:
        """Check one answer about a passage of the article, entities first; words around its one object are passed."""
        try:
            said = json.loads(answer[answer.find("{") : answer.rfind("}") + 1])
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            self.rejected["answer"] += 1
            return
        for name, kind in _LISTS.items():
            records = said.get(name, [])
            for record in records if isinstance(records, list) else [records]:
                self._take_one(record, kind, passage)

    def _take_one(self, record: object, kind: str, passage: Span) -> None:
        try:
            fact = self._fact(record, kind, passage)
        except InputError:
            self.rejected["form"] += 1
            return
        if reason := "quote" if fact is None else self._objection(fact):
            self.rejected[reason] += 1
        elif fact is not None:
            self._keep(fact)

    def _fact(self, record: object, kind: str, passage: Span) -> Fact | None:
        """The fact that a record states; None where its quote is no slice of the passage."""
        if not isinstance(record, Mapping):
            raise InputError("no record.")
        quote = record.get("quote")
        start = self.article.text.find(quote, passage.start, passage.end) if isinstance(quote, str) and quote else -1
        if start < 0:
            return None
        placed = {**_plain(record), "kind": kind, "start": start, "rule": self.rule, "confidence": CONFIDENCE}
        return from_json(placed, self.article)

    def _objection(self, fact: Fact) -> str | None:
        """Why the fact does not hold, or None."""
        match fact:
            case Entity():
                return None if all(map(self._written, (fact.name, *fact.also))) else "name"
            case Relation():
                return None if self._joins(fact) else "ends"
            case Observation():
                return self._objection_to_figure(fact)
            case Detail():
                return "form"

    def _objection_to_figure(self, fact: Observation) -> str | None:
        if fact.value not in {quantity.value for quantity in find_quantities(widen(fact.evidence.quote))}:
            return "value"
        if not (self._written(fact.indicator) and self._written(fact.place or "")):
            return "name"
        return None if fact.of is None or self._is_known(fact.of, _OWNERS) else "ends"

    def _written(self, name: str) -> bool:
        """Whether the text has every character of the name, so that the name can be resolved from it."""
        return set(widen(name)) - _MARKS <= set(widen(self.article.text))

    def _joins(self, fact: Relation) -> bool:
        if fact.subject == fact.object or not self._is_known(fact.subject, SUBJECTS[fact.predicate]):
            return False
        if fact.predicate is Predicate.REPORTS:
            return fact.object == THIS_ARTICLE
        if fact.predicate is Predicate.PART_OF:
            return bool(self._types(fact.subject) & self._types(fact.object) & OBJECTS[fact.predicate])
        return self._is_known(fact.object, OBJECTS[fact.predicate])

    def _is_known(self, name: str, types: frozenset[EntityType]) -> bool:
        return bool(self._types(name) & types)

    def _types(self, name: str) -> set[EntityType]:
        entities = (fact for fact in self.facts.values() if isinstance(fact, Entity))
        return {entity.type for entity in entities if name in (entity.name, *entity.also)}

    def _keep(self, fact: Fact) -> None:
        """Keep the fact; an entity met again gets the other names that the new passage gives it."""
        match fact:
            case Entity():
                key: object = (fact.type, fact.name)
            case Relation():
                key = (fact.subject, fact.predicate, fact.object)
            case _:
                key = (fact, fact.evidence.start)
        before = self.facts.get(key)
        if isinstance(before, Entity) and isinstance(fact, Entity):
            fact = replace(before, also=tuple(dict.fromkeys((*before.also, *fact.also))))
        self.facts[key] = fact if before is None or isinstance(fact, Entity) else before


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without what only the program may say of a fact."""
    return {key: value for key, value in record.items() if key not in ("start", "end", "rule", "confidence", "reader")}
