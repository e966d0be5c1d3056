"""Servers of SPARQL on loopback: a small one over a store of Oxigraph, and Virtuoso where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

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
    """A running server: what it says instead of an answer, how long it waits, and the forms that it was sent."""

    graph: ox.Store
    address: str = ""
    status: int = 200
    said: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    most: int | None = None
    asks_by_table: bool = False
    forms: list[dict[str, list[str]]] = field(default_factory=list)


@contextmanager
def serving(graph: ox.Store) -> Iterator[Server]:
    """A server that answers queries by POST on the default graph."""
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
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            about.forms.append(form)
            time.sleep(about.wait)
            media_type, body = "text/html", about.said
            if body is None:
                media_type, body = _answer(about, form["query"][0])
                assert media_type in self.headers["Accept"]
            try:
                self._send(media_type, body)
            except OSError:
                self.close_connection = True

        def _send(self, media_type: str, body: bytes) -> None:
            self.send_response(about.status)
            for name, value in {"Content-Type": f"{media_type}; charset=utf-8", **about.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


def _answer(about: Server, query: str) -> tuple[str, bytes]:
    found = about.graph.query(query)
    if isinstance(found, ox.QueryTriples):
        return "application/n-triples", ox.serialize(list(found)[: about.most], format=ox.RdfFormat.N_TRIPLES) or b""
    if isinstance(found, ox.QueryBoolean) and about.asks_by_table:
        table = f"SELECT ({int(bool(found))} AS ?__ASK_RETVAL) {{}}"
        return _answer(about, table)
    return "application/sparql-results+xml", found.serialize(format=ox.QueryResultsFormat.XML) or b""


@contextmanager
def virtuoso(folder: Path, graph: ox.Store, *, rows: int = 1_000_000) -> Iterator[str]:
    """The address of a Virtuoso of its own, whose graph GRAPH holds the default graph of a store."""
    assert VIRTUOSO
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http, rows=rows))
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
    command = f"DB.DBA.TTLP_MT(file_to_string_output('graph.nt'), '', '{GRAPH}', 0);"
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
