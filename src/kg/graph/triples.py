"""What each fact becomes.

The plain triple that people query, and beside it one node with its evidence: a `kg:Claim` for an entity or a
relation, a `kg:Observation` for a figure. No blank nodes, no clock: the same reading gives the same lines in the
same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..edtf import bounds
from ..errors import InputError
from ..identifiers import mint_claim, mint_indicator, mint_observation
from ..model import NAMED, Detail, Entity, EntityType, Evidence, Fact, Observation, Property, Reading, Relation
from ..namespaces import DCTERMS, DEFAULT_BASE, EDTF, KG, RDF, SCHEMA, SKOS, VOCABULARY, XSD
from .naming import Naming
from .source import DATES, Source
from .subtotals import find_subtotals
from .terms import Triple, decimal, node, text, to_lines, typed
from .things import describe, describe_concept

_OWNERS: Final = frozenset({EntityType.MECHANISM, EntityType.DOCUMENT, EntityType.ORGANISATION})


def to_ntriples(reading: Reading, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """The article and its facts as lines of N-Triples with line ends, each line once.

    Raises InputError where a relation or figure names what is no entity of the article.
    """
    return to_lines(_Graph(reading, base).triples())


class _Graph:
    """The triples of one reading. A fact that is said twice in the same words has one receipt, the first."""

    def __init__(self, reading: Reading, base: str):
        self._article, self._facts = reading.article, reading.facts
        self._base = base
        self._naming = Naming(reading, base=base)
        self._source = Source(reading, base=base)
        self._seen: set[str] = set()

    def triples(self) -> Iterator[Triple]:
        yield from self._source.describe(self._article, self._naming)
        if self._article.place:
            yield from self._place(self._source.article, DCTERMS.spatial, self._article.place)
        for fact in self._facts:
            yield from self._triples_of(fact)
        yield from self._subtotals()

    def _triples_of(self, fact: Fact) -> Iterator[Triple]:
        match fact:
            case Entity():
                return self._entity(fact)
            case Relation():
                return self._relation(fact)
            case Observation():
                return self._observation(fact)
            case Detail():
                return self._detail(fact)

    def _entity(self, fact: Entity) -> Iterator[Triple]:
        me = self._naming.mint(fact.type, fact.name)
        yield from describe(me, fact.type, fact.name, base=self._base)
        for name in fact.also:
            yield me, SKOS.altLabel, text(name, language="zh")
        if fact.post:
            yield me, KG.post, text(fact.post)
        yield self._source.article, SCHEMA.mentions, node(me)
        yield from self._claim(me, RDF.type, node(KG[fact.type.value]), fact.evidence)

    def _relation(self, fact: Relation) -> Iterator[Triple]:
        subject, object = self._naming.ends(fact)
        yield from self._stated(subject, KG[fact.predicate.value], node(object), fact.evidence)

    def _detail(self, fact: Detail) -> Iterator[Triple]:
        document = self._known(fact, fact.document, frozenset({EntityType.DOCUMENT}))
        if fact.property in NAMED:
            value = node(self._known(fact, fact.value, NAMED[fact.property]))
        else:
            value = _literal(fact.property, fact.value)
        yield from self._stated(document, KG[fact.property.value], value, fact.evidence)

    def _stated(self, subject: str, predicate: str, object: str, said: Evidence) -> Iterator[Triple]:
        """The plain triple and its receipt; `object` is a spelt term."""
        yield subject, predicate, object
        yield from self._claim(subject, predicate, object, said)

    def _claim(self, subject: str, predicate: str, object: str, said: Evidence) -> Iterator[Triple]:
        source, triple = self._source, (subject, predicate, object.strip("<>"))
        me = mint_claim(source.reader, source.article, *triple, said.quote, base=self._base)
        if self._is_new(me):
            yield me, RDF.type, node(KG.Claim)
            yield me, RDF.subject, node(subject)
            yield me, RDF.predicate, node(predicate)
            yield me, RDF.object, object
            yield from source.evidence(me, said)

    def _observation(self, fact: Observation) -> Iterator[Triple]:
        me = self._figure(fact)
        if self._is_new(me):
            yield me, RDF.type, node(KG.Observation)
            yield from self._indicator(me, fact.indicator)
            yield me, KG.value, decimal(fact.value)
            yield me, KG.unit, text(fact.unit)
            yield me, KG.role, node(f"{VOCABULARY}role/{fact.role.value}")
            yield me, KG.level, node(f"{VOCABULARY}results/{fact.level.value}")
            yield from _time(me, fact.time)
            if fact.place:
                yield from self._place(me, KG.place, fact.place)
            if fact.of:
                yield me, KG.of, node(self._owner(fact.indicator, fact.of))
            yield from self._source.evidence(me, fact.evidence)

    def _figure(self, fact: Observation) -> str:
        said = (fact.unit, fact.time, fact.place, fact.role.value, fact.of, fact.level.value, fact.evidence.quote)
        fields = tuple(field or "" for field in said)
        source = self._source
        return mint_observation(source.reader, source.article, fact.indicator, fact.value, fields, base=self._base)

    def _indicator(self, figure: str, name: str) -> Iterator[Triple]:
        indicator = mint_indicator(name, base=self._base)
        yield from describe_concept(indicator, KG.Indicator, name)
        yield figure, KG.indicator, node(indicator)

    def _place(self, subject: str, predicate: str, name: str) -> Iterator[Triple]:
        """A place by its node; it needs no entity of its own, the property itself says that it is a place."""
        place = self._naming.find(name, (EntityType.PLACE,))
        if place is None:
            place = self._naming.mint(EntityType.PLACE, name)
            yield from describe(place, EntityType.PLACE, name, base=self._base)
        yield subject, predicate, node(place)

    def _owner(self, indicator: str, name: str) -> str:
        owner = self._naming.find(name, _OWNERS)
        if owner is None:
            raise InputError(
                f"the figure {indicator!r} belongs to {name!r}, which is no entity of the article.",
                path=self._article.source,
                hint="Its 'of' must name a Mechanism, PolicyDocument or Organisation; add the entity or mend its name.",
            )
        return owner

    def _known(self, fact: Detail, name: str, types: frozenset[EntityType]) -> str:
        found = self._naming.find(name, types)
        if found is None:
            raise InputError(
                f"the {fact.property.value} of {fact.document!r} names {name!r}, which is no entity of the article.",
                path=self._article.source,
                hint=f"It must name a {' or '.join(sorted(types))}; add the entity or mend its name.",
            )
        return found

    def _subtotals(self) -> Iterator[Triple]:
        figures = [fact for fact in self._facts if isinstance(fact, Observation)]
        for part, whole in find_subtotals(figures, self._article.text):
            yield self._figure(part), KG.subtotalOf, node(self._figure(whole))

    def _is_new(self, fact: str) -> bool:
        new = fact not in self._seen
        self._seen.add(fact)
        return new


def _literal(property: Property, value: str) -> str:
    """A number or a title as text, a duration, a date as exact as it is."""
    if property in (Property.NUMBER, Property.ATTACHMENT):
        return text(value)
    return typed(value, XSD.duration if property is Property.VALID_FOR else DATES[len(value)])


def _time(me: str, time: str | None) -> Iterator[Triple]:
    """A time as it is written, and its first and last day, so that queries can compare."""
    if time:
        yield me, KG.time, typed(time, EDTF.EDTF)
        for term, day in zip(("from", "to"), bounds(time), strict=True):
            if day:
                yield me, KG[term], typed(day.isoformat(), XSD.date)
