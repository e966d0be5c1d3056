"""Servers of SPARQL on loopback: a small one over a store of Oxigraph, and Virtuoso where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

VIRTUOSO = shutil.which("virtuoso-t")
ISQL = shutil.which("isql-vt")
GRAPH = "https://example.org/graph"

_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
MaxConstructTriples = 1000000
"""


@dataclass
class Server:
    """A running server: what it says instead of an answer, how long it waits, the requests that it was sent.

    `without_graphs` is one that does not speak the Graph Store Protocol, `union` one whose queries see all graphs as
    one; when it was changed `last` times it does nothing any more; `moved` is where it sends
    everybody, `refuses` what it says to updates.
    """

    graph: ox.Store
    address: str = ""
    status: int = 200
    said: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    most: int | None = None
    asks_by_table: bool = False
    without_graphs: bool = False
    union: bool = False
    login: tuple[str, str] | None = None
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    changes: int = 0
    paths: set[str] = field(default_factory=set)
    moved: str | None = None
    refuses: tuple[int, bytes] | None = None
    last: int | None = None


@contextmanager
def serving(graph: ox.Store) -> Iterator[Server]:
    """A server that answers queries, takes updates and loads graphs, all by POST."""
    about = Server(graph)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(about))
    server.daemon_threads = True
    about.address = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield about
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(about: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            about.paths.add(urlsplit(self.path).path)
            if about.moved:
                self._send(302, "text/plain", b"", {"Location": about.moved})
                return
            if about.login and self.headers["Authorization"] != _basic(*about.login):
                about.requests.append("401")
                self._send(401, "text/plain", b"", {"WWW-Authenticate": 'Basic realm="kg"'})
                return
            if about.last is not None and about.changes >= about.last:
                self._send(503, "text/plain", b"", {})
                return
            status, media_type, answer = self._do(body)
            with suppress(OSError):
                self._send(status, media_type, answer, about.headers)

        def _do(self, body: bytes) -> tuple[int, str, bytes]:
            kind = self.headers["Content-Type"].partition(";")[0]
            if kind == "application/sparql-update" and about.refuses:
                return about.refuses[0], "text/plain", about.refuses[1]
            if kind == "application/sparql-update":
                about.requests.append(body.decode())
                about.changes += 1
                about.graph.update(body.decode())
                return 204, "text/plain", b""
            if kind == "application/n-triples":
                about.requests.append(self.path)
                about.changes += 1
                return (
                    _load_graph(about, parse_qs(urlsplit(self.path).query, keep_blank_values=True), body),
                    "text/plain",
                    b"",
                )
            return self._query(parse_qs(body.decode()))

        def _query(self, form: dict[str, list[str]]) -> tuple[int, str, bytes]:
            about.forms.append(form)
            about.requests.append(form["query"][0])
            time.sleep(about.wait)
            if about.said is not None:
                return about.status, "text/html", about.said
            media_type, body = _answer(about, form["query"][0], form.get("default-graph-uri"))
            assert media_type in self.headers["Accept"]
            return about.status, media_type, body

        def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": f"{media_type}; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


def _basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def _load_graph(about: Server, where: dict[str, list[str]], body: bytes) -> int:
    if about.without_graphs:
        return 404
    to = ox.DefaultGraph() if "default" in where else ox.NamedNode(where["graph"][0])
    about.graph.load(body, ox.RdfFormat.N_TRIPLES, to_graph=to)
    return 201


def _answer(about: Server, query: str, graphs: list[str] | None = None) -> tuple[str, bytes]:
    of = None if graphs is None else [ox.NamedNode(graph) for graph in graphs]
    found = about.graph.query(query, default_graph=of, use_default_graph_as_union=about.union and of is None)
    if isinstance(found, ox.QueryTriples):
        return "application/n-triples", ox.serialize(list(found)[: about.most], format=ox.RdfFormat.N_TRIPLES) or b""
    if isinstance(found, ox.QueryBoolean) and about.asks_by_table:
        table = f"SELECT ({int(bool(found))} AS ?__ASK_RETVAL) {{}}"
        return _answer(about, table)
    return "application/sparql-results+xml", found.serialize(format=ox.QueryResultsFormat.XML) or b""


@contextmanager
def virtuoso(folder: Path, graph: ox.Store | None = None, *, rows: int = 1_000_000) -> Iterator[str]:
    """The address of a Virtuoso of its own, where everybody may write; its graph GRAPH holds that of a store."""
    assert VIRTUOSO
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http, rows=rows))
    if graph is None:
        graph = ox.Store()
    graph.dump(str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    command = [VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini"]
    with (folder / "out.txt").open("wb") as out, subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as run:
        try:
            _await_port(http, run)
            _load(folder, sql)
            yield f"http://127.0.0.1:{http}/sparql?default-graph-uri={GRAPH}"
        finally:
            run.kill()


def _load(folder: Path, port: int) -> None:
    assert ISQL
    command = f"DB.DBA.TTLP_MT(file_to_string_output('graph.nt'), '', '{GRAPH}', 0); GRANT SPARQL_UPDATE TO \"SPARQL\";"
    subprocess.run([ISQL, f"127.0.0.1:{port}", "dba", "dba", f"EXEC={command}"], cwd=folder, check=True,
                   capture_output=True)  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_port(port: int, run: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert run.poll() is None, "Virtuoso has stopped"
        time.sleep(0.1)
    raise AssertionError("Virtuoso does not answer")
