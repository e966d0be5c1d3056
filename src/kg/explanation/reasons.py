"""The reasons for triples, as trees of claims and applied rules.

Each triple is explained once; where it comes up again, also where inferences lead in a circle, the tree points back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..evidence import Claim, Inference, Triple, claims, inferences
from ..namespaces import RDF
from ..store import Store
from ..store.terms import to_plain
from ..tables import Iri


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule, with the reasons for each of its premises."""

    rule: Iri
    premises: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple stands: the claims that state it and the rules that gave it.

    `told` says that its reasons stand further up in the same explanation; here claims and steps are then empty.
    """

    triple: Triple
    claims: tuple[Claim, ...] = ()
    steps: tuple[Step, ...] = ()
    told: bool = False

    def iris(self) -> Iterator[str]:
        """Every node, predicate and rule that the tree names; what is a text, a date or a length of time is none."""
        yield from (part for part in self.triple if isinstance(part, Iri))
        for step in self.steps:
            yield step.rule
            for premise in step.premises:
                yield from premise.iris()


class Reasoner:
    """Finds reasons and remembers what it has told."""

    def __init__(self, store: Store):
        self._store = store
        self._told: set[Triple] = set()

    def reason(self, triple: Triple) -> Reason:
        """The reasons for one triple and for all that it rests on."""
        if triple in self._told:
            return Reason(triple, told=True)
        self._told.add(triple)
        bound = dict(zip(("subject", "predicate", "object"), map(Iri, triple), strict=True))
        steps = tuple(self._step(inference) for inference in inferences(self._store, bound))
        return Reason(triple, claims(self._store, bound), steps)

    def around(self, node: Iri) -> Iterator[Reason]:
        """Every triple of a node: stated ones with their claims, derived ones with the rules that gave them."""
        stated: dict[Triple, list[Claim]] = {}
        derived: dict[Triple, set[Iri]] = {}
        for side in ("subject", "object"):
            for claim in claims(self._store, {side: node}):
                stated.setdefault(_triple(claim), []).append(claim)
            for inference in inferences(self._store, {side: node}):
                derived.setdefault(_triple(inference), set()).add(inference.rule)
        for triple in sorted(stated, key=lambda triple: triple[1] != RDF.type):
            yield Reason(triple, tuple(stated[triple]))
        for triple, rules in sorted(derived.items()):
            yield Reason(triple, steps=tuple(map(Step, sorted(rules))))

    def _step(self, inference: Inference) -> Step:
        return Step(inference.rule, tuple(self.reason(self._said(fact)) for fact in inference.premises))

    def _said(self, fact: Iri) -> Triple:
        found = {predicate: str(to_plain(term)) for _, predicate, term in self._store.triples(fact)}
        return Iri(found[RDF.subject]), Iri(found[RDF.predicate]), Iri(found[RDF.object])


def _triple(fact: Claim | Inference) -> Triple:
    return fact.subject, fact.predicate, fact.object
