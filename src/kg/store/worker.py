"""One query in a process of its own, which can be stopped: `python -m kg.store.worker STORE`, the query on stdin.

Standard output gets one line with the kind of answer, then SPARQL JSON, N-Triples or a truth value. A QueryError
goes to standard error as JSON, with status 1. The engine has no time limit of its own, hence the process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from ..errors import QueryError
from .reader import open_store

MOST: Final = 64 * 1024 * 1024
"""The largest answer in bytes; nobody reads more, and it has to fit into memory."""


class _Limited:
    """A stream that refuses to grow beyond MOST."""

    def __init__(self, stream: BinaryIO):
        self._stream, self._left = stream, MOST

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise QueryError(f"the answer is larger than {MOST >> 20} MB; add a LIMIT")
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


def answer(folder: Path, text: str, out: BinaryIO) -> None:
    """Answer one query from a store to a stream; raises QueryError."""
    with open_store(folder) as store:
        try:
            _serialise(store.query(text), out)
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error


def _serialise(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, out: BinaryIO) -> None:
    match found:
        case ox.QuerySolutions():
            out.write(b"select\n")
            found.serialize(_Limited(out), ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
        case ox.QueryTriples():
            out.write(b"triples\n")
            found.serialize(_Limited(out), ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
        case _:
            out.write(b"ask\n" + (b"true" if found else b"false"))


def main() -> int:
    try:
        answer(Path(sys.argv[1]), sys.stdin.buffer.read().decode(), sys.stdout.buffer)
    except QueryError as error:
        record = {"problem": error.problem, "line": error.line, "column": error.column}
        sys.stderr.write(json.dumps(record))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
