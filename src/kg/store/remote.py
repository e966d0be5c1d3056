"""A store behind an address: any server that speaks the SPARQL 1.1 Protocol, for reading.

The server has the graph and not the texts of its articles. Every query is read here before it is sent, so errors of
syntax are told as for a folder. Answers come as XML, because Virtuoso spells truth values wrongly in JSON.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from http.client import HTTPException, HTTPResponse
from itertools import islice
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from ..model import Article
from ..namespaces import DEFAULT_BASE, KG, prefixes
from ..tables import Value
from .reader import EngineStore, Store, bind, no_texts
from .syntax import PADDING, syntax_error
from .terms import Term, to_plain, to_term

SECONDS: Final = 600.0
"""How long a server may take over one query of the package; free queries have a limit of their own."""

_TABLE: Final = "application/sparql-results+xml, application/sparql-results+json;q=0.8"
_TRIPLES: Final = "application/n-triples"
_ASKED: Final = "__ASK_RETVAL"
"""Virtuoso answers ASK with a table of this one column."""
_BATCH: Final = 100
_PIECE: Final = 1 << 16


class RemoteStore(Store):
    """The graph of a server. Parameters in the address, such as `?default-graph-uri=…`, go along with each query."""

    def __init__(self, address: str):
        parts = urlsplit(address)
        if parts.username or not parts.hostname:
            raise StoreError(f"{address} is no address of a server without a password, as http://host:8890/sparql is")
        self.name, self._parameters = address, parse_qsl(parts.query)
        self._endpoint: str | None = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
        self.prefixes = prefixes(DEFAULT_BASE)
        self.base = self._base()
        self.prefixes = prefixes(self.base)

    def close(self) -> None:
        self._endpoint = None

    def query(
        self, text: str, bound: Mapping[str, Value] | None = None, *, seconds: float = SECONDS
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """As for every store; raises StoreError where the server gives no answer, QueryError where it refuses."""
        asked = bind(text, bound)
        graph = self._is_of_triples(asked)
        body, media_type = self._send(self._declared(asked), _TRIPLES if graph else _TABLE, seconds)
        try:
            return _triples(body, media_type) if graph else _table(body, media_type)
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
        left = iter(subjects)
        which = " ".join(f"<{predicate}>" for predicate in predicates)
        while batch := " ".join(str(ox.NamedNode(subject)) for subject in islice(left, _BATCH)):
            yield from self._pattern(f"VALUES ?s {{ {batch} }} VALUES ?p {{ {which} }} ?s ?p ?o")

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

    def article(self, id: str) -> Article:
        raise no_texts(self.name)

    def near(self) -> Store:
        engine = ox.Store()
        engine.bulk_extend(ox.Quad(*triple) for triple in self.graph())
        return EngineStore(self.name, self.base, engine)

    def _base(self) -> str:
        """The IRI under which the articles stand."""
        rows = self.select(f"SELECT ?article WHERE {{ ?article a <{KG.Article}> }} LIMIT 1").rows
        return str(rows[0][0]).rpartition("article/")[0] if rows else DEFAULT_BASE

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

    def _send(self, text: str, accept: str, seconds: float) -> tuple[bytes, str]:
        """The body of the answer and its media type; by POST, since servers cut long addresses."""
        if self._endpoint is None:
            raise StoreError(f"the store at {self.name} has been closed; open it again")
        form = urlencode([*self._parameters, ("query", text)]).encode()
        request = Request(self._endpoint, form, {"Accept": accept})  # noqa: S310 - open_store lets http(s) in alone
        until = time.monotonic() + seconds
        try:
            with urlopen(request, timeout=seconds) as answer:  # noqa: S310
                self._complain_of_cut(answer)
                return b"".join(_pieces(answer, until)), answer.headers.get_content_type()
        except HTTPError as error:
            raise self._refused(error) from error
        except TimeoutError as error:
            raise QueryError(f"stopped after {seconds:g} seconds at {self.name}; allow more time") from error
        except (URLError, OSError, HTTPException) as error:
            if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
                raise QueryError(f"stopped after {seconds:g} seconds at {self.name}; allow more time") from error
            reason = getattr(error, "reason", error)
            raise StoreError(f"{self.name} cannot be reached ({reason}); check the address and the server") from error

    def _complain_of_cut(self, answer: HTTPResponse) -> None:
        """Raise QueryError where Virtuoso tells that it has cut the rows."""
        if most := answer.headers.get("X-SPARQL-MaxRows"):
            raise QueryError(f"{self.name} cuts answers at {most} rows; add a LIMIT, or raise its ResultSetMaxRows")

    def _refused(self, error: HTTPError) -> QueryError | StoreError:
        said = " ".join(error.read(2000).decode(errors="replace").partition("\n\n")[0].split())[:300]
        if error.code in (400, 413, 500, 501):
            return QueryError(f"{self.name} refuses the query: {said or error.reason}")
        return StoreError(f"{self.name} answers with status {error.code} ({error.reason}); check the address")


def _pieces(answer: HTTPResponse, until: float) -> Iterator[bytes]:
    """The body, piece by piece; raises TimeoutError when the time is up, however steadily it flows."""
    while piece := answer.read(_PIECE):
        if time.monotonic() > until:
            raise TimeoutError
        yield piece


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
