"""One writer of a server at a time: an entry in a named graph that says who writes, and until when it holds.

Whoever wants to write enters itself and looks again: two that come at once see each other, and both give up. An entry
is renewed while its writer works. That of a process that died on this machine is known to be dead; any other falls by
itself when its time is over, so the clocks of writers must agree to some minutes.
"""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import uuid4

import pyoxigraph as ox

from ..errors import StoreError
from ..namespaces import DCTERMS
from .layout import LOCK
from .remote import RemoteStore

HELD: Final = 1800
"""How many seconds an entry holds: longer than one request may take."""

_SAYS: Final = ox.NamedNode(DCTERMS.identifier)


class RemoteLock:
    """The right to write a server; raises StoreError that names who holds it."""

    def __init__(self, store: RemoteStore):
        self._store, self._graph = store, store.endpoint.beside(LOCK)
        self._me = ox.NamedNode(f"urn:uuid:{uuid4()}")
        self._since = _clock(time.time())
        self._written: ox.Literal | None = None
        self._renewed = 0.0
        self.renew()
        try:
            self._refuse()
        except StoreError:
            self.release()
            raise

    def renew(self) -> None:
        """Hold on for as long again, when a good part of the time is over; raises StoreError where it was too late."""
        if time.time() - self._renewed < HELD / 4:
            return
        if time.time() - self._renewed > HELD:
            self._refuse()
        before, self._renewed = self._written, time.time()
        who = {"pid": os.getpid(), "host": os.uname().nodename, "since": self._since, "until": self._renewed + HELD}
        self._written = ox.Literal(json.dumps(who))
        self._store.endpoint.update(f"INSERT DATA {self._entry(self._written)}")
        if before:
            self._store.endpoint.update(f"DELETE DATA {self._entry(before)}")

    def release(self) -> None:
        """Let others write."""
        self._store.endpoint.update(f"DELETE WHERE {{ GRAPH <{self._graph}> {{ {self._me} ?p ?o }} }}")

    def is_seen(self) -> bool:
        """Whether a query that names no graph sees the entry, as it never should."""
        return bool(self._store.select(f"SELECT ?o WHERE {{ {self._me} {_SAYS} ?o }}").rows)

    def _entry(self, said: ox.Literal) -> str:
        return f"{{ GRAPH <{self._graph}> {{ {self._me} {_SAYS} {said} }} }}"

    def _refuse(self) -> None:
        for node, said in self._store.beside(LOCK, _SAYS.value):
            if node == self._me.value or (who := _holder(cast(ox.Literal, said).value)) is None:
                continue
            raise StoreError(
                f"{self._store.name} is being written by process {who['pid']} on {who['host']} since {who['since']}; "
                f"wait until it has ended. If it has died, its lock falls at {_clock(who['until'])}, "
                f"or at once when the graph <{self._graph}> is dropped"
            )


def _holder(said: str) -> dict[str, Any] | None:
    """Who holds a lock, or None where it is over or its process is known to be dead."""
    try:
        who = json.loads(said)
        over = who["until"] < time.time() or (who["host"] == os.uname().nodename and not _runs(int(who["pid"])))
        return None if over else dict(who)
    except (ValueError, KeyError, TypeError):
        return None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
