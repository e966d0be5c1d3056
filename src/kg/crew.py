"""Several processes that read: copies of one that has loaded what all need, which die with the process they work for.

Results come in the order of the work, packed small while they wait. A process that reading has killed takes nothing
along but the file it was reading.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Final

from .errors import InputError
from .intake import PIECE, Job, Taken, read, size

if TYPE_CHECKING:
    from .llm import ModelReader

AHEAD: Final = 12
"""How many pieces for each process are read or wait to be written, so that none idles while a batch is written."""
TOGETHER: Final = 16
"""How many small files make one piece at most."""
WORTH: Final = 500_000
"""So many bytes take longer to read than it takes to start processes."""
_KILLED: Final = "Read it by itself with `kg extract`, and leave it out if that fails too."

Piece = tuple[Job, ...]


def read_all(
    jobs: Iterable[Job], *, base: str, workers: int | None = None, model: ModelReader | None = None
) -> Iterator[Taken]:
    """What is taken by each job, in their order.

    Without a number of workers there are as many as cores, or none beside this process where the work is small. A
    model is asked from this process alone.
    """
    left = iter(jobs)
    begun = list(_first(left)) if workers is None else []
    count = workers or (_cores() if sum(map(size, begun)) >= WORTH and len(begun) > 1 else 1)
    if count == 1 or model:
        yield from map(partial(read, base=base, model=model), chain(begun, left))
    else:
        yield from _spread(_pieces(chain(begun, left)), base, count)


def _first(jobs: Iterator[Job]) -> Iterator[Job]:
    """As many jobs as make it worth starting processes, if there are so many."""
    weight = 0
    while weight < WORTH and (job := next(jobs, None)):
        weight += size(job)
        yield job


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pieces(jobs: Iterable[Job]) -> Iterator[Piece]:
    """Jobs that one process does at a time."""
    piece: list[Job] = []
    weight = 0
    for job in jobs:
        piece.append(job)
        weight += size(job)
        if len(piece) == TOGETHER or weight >= PIECE:
            yield tuple(piece)
            piece, weight = [], 0
    yield tuple(piece)


def _spread(pieces: Iterator[Piece], base: str, workers: int) -> Iterator[Taken]:
    """What a pool takes; where it breaks, the jobs that it had are done one by one, and a new pool goes on."""
    waiting: deque[Piece] = deque()
    while True:
        try:
            yield from _pooled(pieces, waiting, base, workers)
            return
        except BrokenProcessPool:
            while waiting:
                yield from (_alone(job, base) for job in waiting.popleft())


def _pooled(pieces: Iterator[Piece], waiting: deque[Piece], base: str, workers: int) -> Iterator[Taken]:
    """What a pool takes; `waiting` are the pieces that it has in hand."""
    pool = _pool(workers)
    results: deque[Future[bytes]] = deque()

    def hand_out(count: int) -> None:
        for piece in islice(pieces, count):
            waiting.append(piece)
            results.append(pool.submit(_packed, piece, base))

    try:
        hand_out(workers * AHEAD)
        while results:
            taken = _unpacked(results.popleft().result())
            waiting.popleft()
            yield from taken
            hand_out(1)
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(job: Job, base: str) -> Taken:
    """What a job takes in a process of its own; where that dies of it, word of it."""
    with _pool(1) as pool:
        try:
            return _unpacked(pool.submit(_packed, (job,), base).result())[0]
        except BrokenProcessPool:
            path = job.wanted.path
            error = InputError("reading it has ended the process.", path=str(path), hint=_KILLED)
            return Taken(path, "", (), (error,), last=job.last)


def _pool(workers: int) -> ProcessPoolExecutor:
    context = get_context("forkserver")
    context.set_forkserver_preload([f"{__package__}.ready"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What a worker does first: it minds neither Ctrl-C, which its parent hears, nor short-lived cycles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """End this process when the one that it works for has ended, however that came."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _packed(piece: Piece, base: str) -> bytes:
    return zlib.compress(pickle.dumps([read(job, base=base) for job in piece]), 1)


def _unpacked(packed: bytes) -> list[Taken]:
    taken: list[Taken] = pickle.loads(zlib.decompress(packed))  # noqa: S301 - it comes from a process of our own
    return taken
