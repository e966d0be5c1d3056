"""Speaking to a SPARQL server over HTTP: its addresses, the login, one request at a time, and what goes wrong.

The name and the password come from the environment (KG_STORE_USER, KG_STORE_PASSWORD) and go to the hosts of the
server alone, by basic or digest login as the server wants; redirects are not followed. Nothing here knows what the
graph means.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from ..errors import QueryError, StoreError
from ..namespaces import DEFAULT_BASE

SECONDS: Final = 600.0
"""How long a server may take over one request of the package; free queries have a limit of their own."""

_PIECE: Final = 1 << 16
_DATASET: Final = "default-graph-uri"
_LOGIN: Final = "check KG_STORE_USER and KG_STORE_PASSWORD, and whether this user may do so"
_ENDS: Final = {
    "/sparql-auth": ("/sparql-auth", "/sparql-graph-crud-auth"),
    "/sparql": ("/sparql", "/sparql-graph-crud"),
    "/query": ("/update", "/store"),
}
"""How addresses for queries end, with those for updates and for the Graph Store Protocol: Virtuoso's, Oxigraph's."""


class Endpoint:
    """A server: `name` is the address as it was given, `graph` the named graph that its queries are about, if one.

    Parameters in the address, such as `?default-graph-uri=…`, go along with each query.
    """

    def __init__(self, address: str):
        parts = urlsplit(address)
        if parts.username or not parts.hostname:
            raise StoreError(f"{address} is no address of a server without a password, as http://host:8890/sparql is")
        self.name, self._parameters = address, parse_qsl(parts.query)
        named = [value for name, value in self._parameters if name == _DATASET]
        self.graph = named[0] if len(named) == 1 else None
        self._queries: str | None = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
        self._updates, self._graphs = _addresses(self._queries)
        self._in_bulk = True
        self._opener = _opener(self._queries, self._updates, self._graphs)

    def beside(self, name: str) -> str:
        """What the server calls a named graph that goes with the graph, such as `run/files`."""
        return f"{self.graph.rstrip('/')}/{name}" if self.graph else f"{DEFAULT_BASE}{name}"

    def close(self) -> None:
        """Let go of the server; every later request raises StoreError."""
        self._queries = None

    def query(
        self, text: str, *, accept: str, seconds: float = SECONDS, graphs: Sequence[str] | None = None
    ) -> tuple[bytes, str]:
        """The body of the answer and its media type; by POST, since servers cut long addresses.

        `graphs` are those that the query is about if not those of the address, none for one that names its own. Raises
        QueryError where the server refuses the query or the time is up, StoreError where it gives no answer.
        """
        along = self._parameters
        if graphs is not None:
            others = [(name, value) for name, value in along if name != _DATASET]
            along = [*others, *((_DATASET, graph) for graph in graphs)]
        form = urlencode([*along, ("query", text)]).encode()
        try:
            return self._send(self._open_address(), form, {"Accept": accept}, seconds=seconds)
        except HTTPError as error:
            raise self._refused(error) from error

    def update(self, text: str) -> None:
        """Have the server change its graphs: all operations of the text, or none where the server is so good."""
        self._open_address()
        try:
            self._send(self._updates, text.encode(), {"Content-Type": "application/sparql-update; charset=utf-8"})
        except HTTPError as error:
            raise self._unchanged(error, self._updates, "KG_STORE_UPDATE") from error

    def load(self, graph: str | None, lines: bytes) -> bool:
        """Add N-Triples to a named graph, or the default one, in bulk; False where the server has no such protocol."""
        self._open_address()
        if not self._in_bulk:
            return False
        where = "default" if graph is None else urlencode({"graph": graph})
        address = f"{self._graphs}?{where}"
        try:
            self._send(address, lines, {"Content-Type": "application/n-triples"})
        except HTTPError as error:
            if error.code in (404, 405, 415, 501):
                self._in_bulk = False
                return False
            raise self._unchanged(error, address, "KG_STORE_GRAPHS") from error
        return True

    def _open_address(self) -> str:
        if self._queries is None:
            raise StoreError(f"the store at {self.name} has been closed; open it again")
        return self._queries

    def _send(
        self, address: str, body: bytes, headers: dict[str, str], *, seconds: float = SECONDS
    ) -> tuple[bytes, str]:
        request = Request(address, body, headers, method="POST")  # noqa: S310 - open_store lets http(s) in alone
        until = time.monotonic() + seconds
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                self._complain_of_cut(answer)
                return b"".join(_pieces(answer, until)), answer.headers.get_content_type()
        except HTTPError:
            raise
        except TimeoutError as error:
            raise self._late(seconds) from error
        except (URLError, OSError, HTTPException, ValueError) as error:
            if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
                raise self._late(seconds) from error
            reason = getattr(error, "reason", error)
            raise StoreError(f"{self.name} cannot be reached ({reason}); check the address and the server") from error

    def _late(self, seconds: float) -> QueryError:
        return QueryError(f"stopped after {seconds:g} seconds at {self.name}; allow more time")

    def _complain_of_cut(self, answer: HTTPResponse) -> None:
        """Raise QueryError where Virtuoso tells that it has cut the rows."""
        if most := answer.headers.get("X-SPARQL-MaxRows"):
            raise QueryError(f"{self.name} cuts answers at {most} rows; add a LIMIT, or raise its ResultSetMaxRows")

    def _refused(self, error: HTTPError) -> QueryError | StoreError:
        if error.code in (400, 413, 500, 501):
            return QueryError(f"{self.name} refuses the query: {_said(error)}")
        return self._no_answer(error, self.name)

    def _unchanged(self, error: HTTPError, address: str, variable: str) -> StoreError:
        """The error for a change that was refused; `variable` can name another address for such changes."""
        said = _said(error)
        if error.code in (404, 405, 415, 501):
            return StoreError(f"{address} takes no changes (status {error.code}); name the right address in {variable}")
        if error.code in (400, 413, 500) and "permission" not in said.lower():
            return StoreError(f"{address} refuses a change: {said}")
        if error.code in (400, 500):
            return StoreError(f"{address} lets nobody write: {said}; {_LOGIN} (in Virtuoso: the role SPARQL_UPDATE)")
        return self._no_answer(error, address)

    def _no_answer(self, error: HTTPError, address: str) -> StoreError:
        hint = "check the address"
        if error.code in (401, 403):
            hint = _LOGIN
        elif target := error.headers.get("Location"):
            hint = f"it points to {target}; give that address"
        elif error.code > 500:
            hint = "the server is in trouble; try again later"
        return StoreError(f"{address} answers with status {error.code} ({error.reason}); {hint}")


class _NoRedirect(HTTPRedirectHandler):
    """Follows no redirect: a changed address is for the user to know, and no login goes where nobody sent it."""

    def redirect_request(self, *given: Any) -> None:
        return None


def _addresses(queries: str) -> tuple[str, str]:
    """The addresses for updates and the Graph Store Protocol: those that the environment names, else the usual ones."""
    updates = graphs = queries
    for end, (update, graph) in _ENDS.items():
        if queries.endswith(end):
            root = queries.removesuffix(end)
            updates, graphs = root + update, root + graph
            break
    return os.environ.get("KG_STORE_UPDATE", updates), os.environ.get("KG_STORE_GRAPHS", graphs)


def _opener(*addresses: str) -> OpenerDirector:
    user = os.environ.get("KG_STORE_USER")
    if not user:
        return build_opener(_NoRedirect())
    known = HTTPPasswordMgrWithDefaultRealm()
    roots = [urlunsplit((*urlsplit(address)[:2], "/", "", "")) for address in addresses]
    known.add_password(None, roots, user, os.environ.get("KG_STORE_PASSWORD", ""))
    return build_opener(_NoRedirect(), HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known))


def _said(error: HTTPError) -> str:
    """The first words of the server against a request."""
    said = " ".join(error.read(2000).decode(errors="replace").partition("\n\n")[0].split())[:300]
    return said or str(error.reason)


def _pieces(answer: HTTPResponse, until: float) -> Iterator[bytes]:
    """The body, piece by piece; raises TimeoutError when the time is up, however steadily it flows."""
    while piece := answer.read(_PIECE):
        if time.monotonic() > until:
            raise TimeoutError
        yield piece
