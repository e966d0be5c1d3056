"""One writer at a time: a lock file beside the store that names its holder.

The lock is held by the operating system for a running process, so that of a dead process is free by itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from ..errors import StoreError
from .layout import beside


def check_free(store: Path) -> None:
    """Raise StoreError now where `write_lock` would, so that nobody is told after hours of reading."""
    with write_lock(store):
        pass


@contextmanager
def write_lock(store: Path) -> Iterator[None]:
    """Hold the right to write the store; raises StoreError that names who holds it, or that nobody may write there."""
    import fcntl

    with _lock_file(store) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise StoreError(f"{store} is being written by {_holder(file.read())}; wait until it has ended") from error
        _write(file.fileno(), json.dumps(_self()))
        try:
            yield
        finally:
            _write(file.fileno(), "")


def _lock_file(store: Path) -> TextIO:
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        return beside(store, ".lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{store} cannot be written ({error.strerror}); name another folder with --store") from error


def _self() -> dict[str, str | int]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": os.uname().nodename, "since": now}


def _write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _holder(text: str) -> str:
    try:
        who = json.loads(text)
        return f"process {who['pid']} on {who['host']} since {who['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
