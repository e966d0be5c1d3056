"""What each fact becomes.

The plain triple that people query, and beside it one node with its evidence: a `kg:Claim` for an entity or a
relation, a `kg:Observation` for a figure. No blank nodes, no clock: the same reading gives the same lines in the
same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatchmethod
from hashlib import sha256
from typing import Final

from .. import kinds
from ..edtf import bounds
from ..errors import InputError
from ..identifiers import mint_claim, mint_extractor, mint_indicator, mint_observation, mint_run
from ..model import Entity, EntityType, Evidence, Observation, Reading, Relation
from ..namespaces import DC, DCTERMS, DEFAULT_BASE, EDTF, KG, PROV, RDF, RDFS, SCHEMA, SKOS, VOCABULARY, XSD
from .naming import Naming
from .subtotals import find_subtotals
from .terms import Triple, decimal, integer, node, text, to_lines, typed

_DATES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_OWNERS: Final = frozenset({EntityType.MECHANISM, EntityType.DOCUMENT, EntityType.ORGANISATION})
_AGENTS: Final = frozenset({EntityType.ORGANISATION, EntityType.PERSON})


def to_ntriples(reading: Reading, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """The article and its facts as lines of N-Triples with line ends, each line once.

    Raises InputError where a relation or figure names what is no entity of the article.
    """
    return to_lines(_Graph(reading, base).triples())


class _Graph:
    def __init__(self, reading: Reading, base: str):
        self._reading = reading
        self._base = base
        self._naming = Naming(reading, base=base)
        self._article = self._naming.article
        self._extractor = mint_extractor(reading.reader, base=base)
        self._run = mint_run(reading.reader, self._article, base=base)
        self._seen: set[str] = set()

    def triples(self) -> Iterator[Triple]:
        yield from self._the_article()
        yield from self._the_run()
        for fact in self._reading.facts:
            yield from self._fact(fact)
        yield from self._subtotals()

    def _the_article(self) -> Iterator[Triple]:
        article, me = self._reading.article, self._article
        yield me, RDF.type, node(KG.Article)
        yield me, RDFS.label, text(article.title, language="zh")
        yield me, DCTERMS.title, text(article.title, language="zh")
        yield me, DCTERMS.identifier, text(article.source)
        yield me, KG.textHash, text(sha256(article.text.encode("utf-8")).hexdigest())
        if article.date and len(article.date) in _DATES:
            yield me, DCTERMS.issued, typed(article.date, _DATES[len(article.date)])
        if article.place:
            yield from self._named_place(me, DCTERMS.spatial, article.place)
        for author in article.authors:
            yield self._agent("creator", author)
        if article.publisher:
            yield self._agent("publisher", article.publisher)

    def _agent(self, role: str, name: str) -> Triple:
        """An entity of the article by its node; another name as plain text, which DC terms do not allow."""
        agent = self._naming.find(name, _AGENTS)
        return (self._article, DCTERMS[role], node(agent)) if agent else (self._article, DC[role], text(name))

    def _named_place(self, subject: str, predicate: str, name: str) -> Iterator[Triple]:
        """A place by its node, which needs no entity of its own: the field itself says that it is a place."""
        place = self._naming.find(name, (EntityType.PLACE,))
        if place is None:
            place = self._naming.mint(EntityType.PLACE, name)
            yield from self._description(place, EntityType.PLACE, name)
        yield subject, predicate, node(place)

    def _the_run(self) -> Iterator[Triple]:
        yield self._extractor, RDF.type, node(KG.Extractor)
        yield self._extractor, RDFS.label, text(self._reading.reader)
        yield self._run, RDF.type, node(KG.ExtractionRun)
        yield self._run, PROV.used, node(self._article)
        yield self._run, PROV.wasAssociatedWith, node(self._extractor)

    @singledispatchmethod
    def _fact(self, fact: Entity) -> Iterator[Triple]:
        me = self._naming.mint(fact.type, fact.name)
        yield from self._description(me, fact.type, fact.name)
        for name in fact.also:
            yield me, SKOS.altLabel, text(name, language="zh")
        if fact.post:
            yield me, KG.post, text(fact.post)
        yield self._article, SCHEMA.mentions, node(me)
        yield from self._claim(me, RDF.type, KG[fact.type.value], fact.evidence)

    @_fact.register
    def _(self, fact: Relation) -> Iterator[Triple]:
        subject, object = self._naming.ends(fact)
        predicate = KG[fact.predicate.value]
        yield subject, predicate, node(object)
        yield from self._claim(subject, predicate, object, fact.evidence)

    @_fact.register
    def _(self, fact: Observation) -> Iterator[Triple]:
        me = self._observation(fact)
        if me in self._seen:
            return
        self._seen.add(me)
        indicator = mint_indicator(fact.indicator, base=self._base)
        yield from self._concept(indicator, KG.Indicator, fact.indicator)
        yield me, RDF.type, node(KG.Observation)
        yield me, KG.indicator, node(indicator)
        yield me, KG.value, decimal(fact.value)
        yield me, KG.unit, text(fact.unit)
        yield me, KG.role, node(f"{VOCABULARY}role/{fact.role.value}")
        yield me, KG.level, node(f"{VOCABULARY}results/{fact.level.value}")
        yield from self._time(me, fact.time)
        if fact.place:
            yield from self._named_place(me, KG.place, fact.place)
        if fact.of:
            yield me, KG.of, node(self._owner(fact))
        yield from self._evidence(me, fact.evidence)

    def _observation(self, fact: Observation) -> str:
        said = (fact.unit, fact.time, fact.place, fact.role.value, fact.of, fact.level.value, fact.evidence.quote)
        fields = tuple(field or "" for field in said)
        return mint_observation(
            self._reading.reader, self._article, fact.indicator, fact.value, fields, base=self._base
        )

    def _owner(self, fact: Observation) -> str:
        owner = self._naming.find(fact.of or "", _OWNERS)
        if owner is None:
            raise InputError(
                f"the figure {fact.indicator!r} belongs to {fact.of!r}, which is no entity of the article.",
                path=self._reading.article.source,
                hint="Its 'of' must name a Mechanism, PolicyDocument or Organisation; add the entity or mend its name.",
            )
        return owner

    def _time(self, me: str, time: str | None) -> Iterator[Triple]:
        if time:
            yield me, KG.time, typed(time, EDTF.EDTF)
            for term, day in zip(("from", "to"), bounds(time), strict=True):
                if day:
                    yield me, KG[term], typed(day.isoformat(), XSD.date)

    def _subtotals(self) -> Iterator[Triple]:
        figures = [fact for fact in self._reading.facts if isinstance(fact, Observation)]
        for part, whole in find_subtotals(figures, self._reading.article.text):
            yield self._observation(part), KG.subtotalOf, node(self._observation(whole))

    def _claim(self, subject: str, predicate: str, object: str, said: Evidence) -> Iterator[Triple]:
        triple = (subject, predicate, object)
        me = mint_claim(self._reading.reader, self._article, *triple, said.quote, base=self._base)
        if me in self._seen:
            return
        self._seen.add(me)
        yield me, RDF.type, node(KG.Claim)
        yield me, RDF.subject, node(subject)
        yield me, RDF.predicate, node(predicate)
        yield me, RDF.object, node(object)
        yield from self._evidence(me, said)

    def _evidence(self, me: str, said: Evidence) -> Iterator[Triple]:
        yield me, KG.quote, text(said.quote)
        yield me, KG.start, integer(said.start)
        yield me, KG.end, integer(said.end)
        yield me, KG.article, node(self._article)
        yield me, KG.confidence, decimal(Decimal(str(said.confidence)))
        yield me, KG.foundBy, text(said.rule)
        yield me, PROV.wasAttributedTo, node(self._extractor)
        yield me, PROV.wasGeneratedBy, node(self._run)

    def _description(self, me: str, type: EntityType, name: str) -> Iterator[Triple]:
        """Type, label and kinds of a named thing."""
        if type is EntityType.GROUP:
            yield from self._concept(me, KG.Group, name)
        else:
            yield me, RDF.type, node(KG[type.value])
            yield me, RDFS.label, text(name, language="zh")
        for property, kind in kinds.kinds_of(type, name, base=self._base):
            yield me, property, node(kind)
        if type is EntityType.ORGANISATION and kinds.is_generic(name):
            yield me, KG.generic, typed("true", XSD.boolean)
        if type is EntityType.PLACE and (code := kinds.division_code(kinds.full_name(name))):
            yield me, SKOS.notation, typed(code, KG.GBT2260)

    def _concept(self, me: str, type: str, name: str) -> Iterator[Triple]:
        yield me, RDF.type, node(type)
        yield me, RDF.type, node(SKOS.Concept)
        yield me, RDFS.label, text(name, language="zh")
        yield me, SKOS.prefLabel, text(name, language="zh")
