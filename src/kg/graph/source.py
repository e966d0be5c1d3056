"""Where the facts of a reading come from: the article, who read it, and the receipt that each fact carries."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Final

from ..identifiers import mint_article, mint_extractor, mint_run
from ..model import Article, EntityType, Evidence, Reading
from ..namespaces import DC, DCTERMS, KG, PROV, RDF, RDFS, XSD
from .naming import Naming
from .terms import Triple, decimal, integer, node, text, typed

DATES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
"""The datatype of a date by its length."""
_AGENTS: Final = frozenset({EntityType.ORGANISATION, EntityType.PERSON})


class Source:
    """The article and the reader of a reading, with their nodes."""

    def __init__(self, reading: Reading, *, base: str):
        self.reader = reading.reader
        self._text = reading.article
        self.article = mint_article(reading.article.id, base=base)
        self._extractor = mint_extractor(reading.reader, base=base)
        self._run = mint_run(reading.reader, self.article, base=base)

    def evidence(self, me: str, said: Evidence) -> Iterator[Triple]:
        """The receipt of the fact `me`."""
        yield me, KG.quote, text(said.quote)
        yield me, KG.start, integer(said.start)
        yield me, KG.end, integer(said.end)
        if mark := self._text.landmark(said.start):
            yield me, KG.landmark, text(str(mark))
        yield me, KG.article, node(self.article)
        yield me, KG.confidence, decimal(Decimal(str(said.confidence)))
        yield me, KG.foundBy, text(said.rule)
        yield me, PROV.wasAttributedTo, node(self._extractor)
        yield me, PROV.wasGeneratedBy, node(self._run)

    def describe(self, article: Article, naming: Naming) -> Iterator[Triple]:
        """The article, its reader and the reading; the main area stands apart, for it is a thing of its own."""
        me = self.article
        yield me, RDF.type, node(KG.Article)
        yield me, RDFS.label, text(article.title, language="zh")
        yield me, DCTERMS.title, text(article.title, language="zh")
        yield me, DCTERMS.identifier, text(article.source)
        yield me, KG.textHash, text(sha256(article.text.encode("utf-8")).hexdigest())
        if article.date and len(article.date) in DATES:
            yield me, DCTERMS.issued, typed(article.date, DATES[len(article.date)])
        for author in article.authors:
            yield self._agent("creator", author, naming)
        if article.publisher:
            yield self._agent("publisher", article.publisher, naming)
        yield from self._reading()

    def _reading(self) -> Iterator[Triple]:
        yield self._extractor, RDF.type, node(KG.Extractor)
        yield self._extractor, RDFS.label, text(self.reader)
        yield self._run, RDF.type, node(KG.ExtractionRun)
        yield self._run, PROV.used, node(self.article)
        yield self._run, PROV.wasAssociatedWith, node(self._extractor)

    def _agent(self, role: str, name: str, naming: Naming) -> Triple:
        """An entity of the article by its node; another name as plain text, which DC terms do not allow."""
        agent = naming.find(name, _AGENTS)
        return (self.article, DCTERMS[role], node(agent)) if agent else (self.article, DC[role], text(name))
