"""A store behind an address: any server that speaks the SPARQL 1.1 Protocol, for reading.

The texts of articles stand in a named graph, in pieces, for Virtuoso loads no long literals; a graph that was loaded by
other means has none. Every query is read here before it is sent, so errors of syntax are told as for a folder. Answers
come as XML, because Virtuoso spells truth values wrongly in JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ..errors import StoreError
from ..identifiers import mint_article
from ..model import Article
from ..namespaces import DEFAULT_BASE, KG, RDF, SKOS, VOCABULARY, XSD, prefixes
from ..tables import Value
from .archive import parse_article
from .endpoint import SECONDS, Endpoint
from .layout import TEXTS
from .reader import EngineStore, Store, bind, no_texts
from .syntax import PADDING, syntax_error
from .terms import Term, to_plain, to_term

_TABLE: Final = "application/sparql-results+xml, application/sparql-results+json;q=0.8"
_TRIPLES: Final = "application/n-triples"
_ASKED: Final = "__ASK_RETVAL"
"""Virtuoso answers ASK with a table of this one column."""
_BATCH: Final = 100
_MEMBER: Final = RDF.iri + "_"
_LENGTH: Final = re.compile(rb'"(\d+)"(?=\^\^<%(d)b>)|(?<=%(d)b">)(\d+)(?=<)' % {b"d": XSD.duration.encode()})
"""Virtuoso gives durations as a number of months."""


class RemoteStore(Store):
    """The graph of a server, and the texts of its articles where kg has written them there."""

    def __init__(self, address: str):
        self.endpoint, self.name = Endpoint(address), address
        self.prefixes = prefixes(DEFAULT_BASE)
        self.base = self._base()
        self.prefixes = prefixes(self.base)

    def close(self) -> None:
        self.endpoint.close()

    def query(
        self,
        text: str,
        bound: Mapping[str, Value] | None = None,
        *,
        seconds: float = SECONDS,
        graphs: Sequence[str] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """As for every store; `graphs` are the named graphs to ask if not the data, none where the query names its own.

        Raises StoreError where the server gives no answer, QueryError where it refuses.
        """
        asked = bind(text, bound)
        triples = self._is_of_triples(asked)
        accept = _TRIPLES if triples else _TABLE
        body, media_type = self.endpoint.query(self._declared(asked), accept=accept, seconds=seconds, graphs=graphs)
        try:
            body = _LENGTH.sub(_in_iso, body)
            return _triples(body, media_type) if triples else _table(body, media_type)
        except (SyntaxError, ValueError) as error:
            hint = "check that the address is that of a SPARQL endpoint"
            raise StoreError(f"{self.name} answers with {media_type or 'nothing known'} ({error}); {hint}") from error

    def triples(
        self, subject: str | None = None, predicate: str | None = None, object: Value = None
    ) -> Iterator[tuple[str, str, Term]]:
        where = ox.NamedNode(subject) if subject else ox.Variable("s")
        which = ox.NamedNode(predicate) if predicate else ox.Variable("p")
        what = ox.Variable("o") if object is None else to_term(object)
        return self._pattern(f"{where} {which} {what}", s=where, p=which, o=what)

    def triples_of(self, subjects: Iterable[str], *predicates: str) -> Iterator[tuple[str, str, Term]]:
        which = " ".join(f"<{predicate}>" for predicate in predicates)
        for values in _values("?s", subjects):
            yield from self._pattern(f"{values} VALUES ?p {{ {which} }} ?s ?p ?o")

    def graph(self) -> Iterator[ox.Triple]:
        """Every triple; raises StoreError where the server has cut its answer, as many do without a word."""
        answer = self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert not isinstance(answer, ox.QuerySolutions | ox.QueryBoolean)
        found = list(answer)
        if len(found) != self.counts["triples"]:
            problem = f"{self.name} gives {len(found)} of its {self.counts['triples']} triples"
            raise StoreError(f"{problem}; raise its limit of rows (in Virtuoso ResultSetMaxRows, MaxConstructTriples)")
        return iter(found)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        rows = self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows
        return {"articles": len(self.article_ids), "triples": int(str(rows[0][0]))}

    @cached_property
    def has_texts(self) -> bool:  # type: ignore[override]
        found = self.query("SELECT ?p WHERE { ?s ?p ?o } LIMIT 1", graphs=[self.endpoint.beside(TEXTS)])
        assert isinstance(found, ox.QuerySolutions)
        return next(iter(found), None) is not None

    def article(self, id: str) -> Article:
        if not self.has_texts:
            raise no_texts(self.name)
        id = id.rsplit("/", 1)[-1]
        text = f"SELECT ?p ?o WHERE {{ <{mint_article(id, base=self.base)}> ?p ?o }}"
        found = self.query(text, graphs=[self.endpoint.beside(TEXTS)])
        assert isinstance(found, ox.QuerySolutions)
        pieces = {int(str(to_plain(row["p"])).removeprefix(_MEMBER)): row["o"].value for row in found}
        if not pieces:
            raise StoreError(f"the store at {self.name} has no article {id!r}")
        return parse_article("".join(pieces[number] for number in sorted(pieces)))

    def beside(
        self, name: str, predicate: str, subjects: Iterable[str] | None = None, *, object: str | None = None
    ) -> Iterator[tuple[str, Term]]:
        graphs = [self.endpoint.beside(name)]
        end = f" VALUES ?o {{ <{object}> }}" if object else ""
        for values in [""] if subjects is None else _values("?s", subjects):
            found = self.query(f"SELECT ?s ?o WHERE {{ {values}{end} ?s <{predicate}> ?o }}", graphs=graphs)
            assert isinstance(found, ox.QuerySolutions)
            yield from ((str(to_plain(row["s"])), row["o"]) for row in found)

    def near(self) -> Store:
        engine = ox.Store()
        engine.bulk_extend(ox.Quad(*triple) for triple in self.graph())
        return _Near(self, engine)

    def _base(self) -> str:
        """The IRI under which the articles stand, or else the groups of the vocabulary."""
        for kind, pattern in (("article", f"a <{KG.Article}>"), ("group", f"<{SKOS.inScheme}> <{VOCABULARY}group>")):
            if rows := self.select(f"SELECT ?node WHERE {{ ?node {pattern} }} LIMIT 1").rows:
                return str(rows[0][0]).rpartition(f"{kind}/")[0]
        return DEFAULT_BASE

    def _pattern(self, pattern: str, **known: Any) -> Iterator[tuple[str, str, Term]]:
        found = self.query(f"SELECT * WHERE {{ {pattern} }}")
        assert isinstance(found, ox.QuerySolutions)
        names = {variable.value for variable in found.variables}
        for row in found:
            s, p, o = (row[name] if name in names else known[name] for name in "spo")
            yield str(to_plain(s)), str(to_plain(p)), o

    def _is_of_triples(self, text: str) -> bool:
        """Whether a query is a CONSTRUCT or DESCRIBE; raises QueryError for one that cannot be read."""
        try:
            empty = ox.Store().query(text + PADDING, prefixes=dict(self.prefixes))
        except SyntaxError as error:
            raise syntax_error(error, text) from error
        return isinstance(empty, ox.QueryTriples)

    def _declared(self, text: str) -> str:
        """The query with the usual prefixes that it uses and does not declare, on its first line."""
        used = set(re.findall(r"([\w-]+):", text)) - set(re.findall(r"(?i:prefix)\s+([\w-]+):", text))
        return "".join(f"PREFIX {p}: <{self.prefixes[p]}> " for p in sorted(used & self.prefixes.keys())) + text


class _Near(EngineStore):
    """A copy of a server's graph; its texts are still there."""

    def __init__(self, far: RemoteStore, engine: ox.Store):
        super().__init__(far.name, far.base, engine)
        self._far, self.has_texts = far, far.has_texts

    def article(self, id: str) -> Article:
        return self._far.article(id)


def _values(name: str, nodes: Iterable[str]) -> Iterator[str]:
    left = iter(nodes)
    while batch := " ".join(str(ox.NamedNode(node)) for node in islice(left, _BATCH)):
        yield f"VALUES {name} {{ {batch} }}"


def _in_iso(hit: re.Match[bytes]) -> bytes:
    """
    >>> _LENGTH.sub(_in_iso, b'"18"^^<http://www.w3.org/2001/XMLSchema#duration>')
    b'"P18M"^^<http://www.w3.org/2001/XMLSchema#duration>'
    """
    months = int(hit[1] or hit[2])
    length = b"P%dM" % months if months % 12 else b"P%dY" % (months // 12)
    return b'"%b"' % length if hit[1] else length


def _triples(body: bytes, media_type: str) -> Iterator[ox.Triple]:
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError("no triples")
    return iter([quad.triple for quad in ox.parse(body, form)])


def _table(body: bytes, media_type: str) -> ox.QuerySolutions | ox.QueryBoolean:
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise ValueError("no table")
    found = ox.parse_query_results(body, form)
    if isinstance(found, ox.QuerySolutions) and [v.value for v in found.variables] == [_ASKED]:
        return _truth(any(to_plain(row[0]) in (1, True) for row in found))
    return found


def _truth(value: bool) -> ox.QueryBoolean:
    made = ox.parse_query_results(f'{{"head":{{}},"boolean":{str(value).lower()}}}', ox.QueryResultsFormat.JSON)
    assert isinstance(made, ox.QueryBoolean)
    return made
