"""Free queries: what users type, answered read-only, within a time limit, and without any network.

The query runs in a process of its own that is stopped when its time is up, or on the server that has the store;
an answer of a server that takes longer is not waited for. SERVICE is refused before the engine
sees it, because the engine would go and fetch; so are FROM, which can match nothing in a store of one graph, and
updates.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from .errors import QueryError
from .plans import sorting
from .store import FolderStore, Store
from .store.reader import Answer
from .store.syntax import place_of
from .store.terms import to_rows
from .tables import Rows

SECONDS: Final = 60.0
"""How long a query may run unless the caller says otherwise."""

Result = Rows | bool | tuple[ox.Triple, ...]

_BLANK = r"(?:\s|#[^\n]*)*+"
_NAME = r"[?$:][\w]*+"
_SERVICE = re.compile(rf"{_NAME}|(service){_BLANK}(?:silent{_BLANK})?(?:[<?$]|[\w.-]*:)", re.IGNORECASE)
_FROM = re.compile(rf"{_NAME}|\b(from){_BLANK}(?:named{_BLANK})?(?:<|[\w.-]*:)", re.IGNORECASE)
_PROLOGUE = rf"(?:\s|#[^\n]*|prefix{_BLANK}[\w.-]*:{_BLANK}<[^>]*>|base{_BLANK}<[^>]*>)*+"
_UPDATE = re.compile(rf"{_PROLOGUE}(insert|delete|load|clear|drop|create|add|move|copy|with)\b", re.IGNORECASE)

_REFUSALS: Final = (
    (_SERVICE, "SERVICE is refused, since queries never reach a network"),
    (_FROM, "FROM is refused, since the store holds one graph; leave it out"),
)


def query(store: Store, text: str, *, seconds: float = SECONDS) -> Result:
    """The answer to any query: rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

    The usual prefixes need no declaration. Raises QueryError for a syntax error (with line and column of the text),
    for what is refused, and where time or memory run out.
    """
    check(text)
    if isinstance(store, FolderStore):
        asked, order = _unsorted(store, text)
        result = _in_process(store.folder, asked, seconds)
        return result.ordered(order) if isinstance(result, Rows) else result
    from .store.remote import RemoteStore

    assert isinstance(store, RemoteStore)
    return _result(store.query(text, seconds=seconds))


def _result(found: Answer | Iterator[ox.Triple]) -> Result:
    if isinstance(found, ox.QuerySolutions):
        return to_rows(found)
    return bool(found) if isinstance(found, ox.QueryBoolean) else tuple(found)


def _unsorted(store: Store, text: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The query without an ORDER BY over columns of its answer, which is sorted here in less time, and these."""
    asked, order = sorting(text)
    if not order:
        return text, ()
    try:
        empty = ox.Store().query(asked, prefixes=dict(store.prefixes))
    except SyntaxError:
        return text, ()
    columns = {variable.value for variable in empty.variables} if isinstance(empty, ox.QuerySolutions) else set()
    return (asked, order) if columns.issuperset(column for column, _ in order) else (text, ())


def _in_process(folder: Path, text: str, seconds: float) -> Result:
    done = _run(folder, text, seconds)
    if done.returncode:
        raise _failure(done)
    kind, _, answer = done.stdout.partition(b"\n")
    match kind:
        case b"select":
            solutions = ox.parse_query_results(answer, ox.QueryResultsFormat.JSON)
            assert isinstance(solutions, ox.QuerySolutions)
            return to_rows(solutions)
        case b"triples":
            return tuple(quad.triple for quad in ox.parse(answer, ox.RdfFormat.N_TRIPLES))
        case _:
            return answer == b"true"


def check(text: str) -> None:
    """Raise QueryError for a query that is an update, or that asks beyond the store."""
    change = _UPDATE.match(text)
    if change:
        raise _refusal(f"{change.group(1).upper()} is refused, since queries only read", text, change.start(1))
    for pattern, problem in _REFUSALS:
        for hit in pattern.finditer(text):
            if hit.group(1):
                raise _refusal(problem, text, hit.start(1))


def _refusal(problem: str, text: str, offset: int) -> QueryError:
    line, column = place_of(text, offset)
    return QueryError(problem, line=line, column=column)


def _run(folder: Path, text: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
    package = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "kg.store.worker", str(folder.resolve())]
    try:
        return subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=text.encode(), capture_output=True, timeout=seconds, env=os.environ | {"PYTHONPATH": path}
        )
    except subprocess.TimeoutExpired as error:
        hint = "name things in place of variables, leave out ORDER BY with LIMIT and paths with *, or allow more time"
        raise QueryError(f"stopped after {seconds:g} seconds; {hint}") from error


def _failure(done: subprocess.CompletedProcess[bytes]) -> QueryError:
    try:
        return QueryError(**json.loads(done.stderr))
    except (ValueError, TypeError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return QueryError(f"the query process ended with status {done.returncode} {' '.join(last)}".strip())
