"""Run by test_collection: kills a writer at every step it takes on the file system, or at many moments, and goes on.

    python killing.py steps|moments FOLDER CORPUS

After each kill the store must open and hold whole files, and the same command must finish the work with the same
graph as when nobody was killed. Each life is a fork of this process, which has loaded all that is needed and opens no
store itself, since the engine has threads.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from kg import collection
from kg.exports import export
from kg.store import is_store, open_store

MOMENTS = 12
collection.BATCH = 1


def grow(folder: Path, corpus: Path) -> None:
    collection.add(folder / "s", sorted(corpus.glob("*.txt")))


def begin(folder: Path) -> None:
    """Put down a store with one file, which the writer to be killed adds to."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(folder.with_name("begun"), folder)


def look(folder: Path, corpus: Path) -> None:
    """Open what a killed writer has left, finish its work, and write the graph down."""
    if is_store(folder / "s"):
        with open_store(folder / "s") as store:
            assert 1 <= len(collection.listing(store)) <= len(list(corpus.glob("*.txt")))
            export(store, folder / "between.nt")
    grow(folder, corpus)
    assert len(list((folder / "s").glob("oxigraph-*"))) <= 3
    with open_store(folder / "s") as store:
        assert all(store.article(id).text for id in store.article_ids)
        export(store, folder / "graph.nt")


def kill_at(step: int, folder: Path) -> None:
    """Let this process die just before the file system is touched for that time in the folder."""
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event.partition(".")[0] in ("os", "open", "shutil") and str(folder) in str(arguments[:2]):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def live(work: Callable[[], object]) -> int:
    """Do something in a process of its own; how that ended, below zero when it was killed."""
    process = os.fork()
    if not process:
        try:
            work()
            os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def check(folder: Path, corpus: Path, expected: bytes, when: str) -> None:
    assert live(lambda: look(folder, corpus)) == 0, when
    assert (folder / "graph.nt").read_bytes() == expected, when


def steps(folder: Path, corpus: Path, expected: bytes) -> int:
    """Kill at the first step, the second, and so on until the writer gets through."""

    def work(step: int) -> None:
        kill_at(step, folder)
        grow(folder, corpus)

    for step in count(1):
        begin(folder)
        ended = live(lambda step=step: work(step))  # type: ignore[misc]
        check(folder, corpus, expected, f"step {step}")
        if ended == 0:
            return step - 1
        assert ended == -signal.SIGKILL
    raise AssertionError


def moments(folder: Path, corpus: Path, expected: bytes) -> int:
    """Kill at moments spread over the time that the work takes, inside the engine as elsewhere."""
    begin(folder)
    begun = time.perf_counter()
    live(lambda: grow(folder, corpus))
    whole = time.perf_counter() - begun
    killed = 0

    def work(moment: int) -> None:
        signal.setitimer(signal.ITIMER_REAL, whole * moment / MOMENTS)
        grow(folder, corpus)

    for moment in range(1, MOMENTS + 1):
        begin(folder)
        killed += live(lambda moment=moment: work(moment)) < 0  # type: ignore[misc]
        check(folder, corpus, expected, f"moment {moment} of {MOMENTS}")
    return killed


def main() -> None:
    how, folder, corpus = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for path in corpus.glob("*.txt"):
        collection.take(path, base="http://example.org/")
    folder.with_name("whole").mkdir()
    live(lambda: collection.add(folder.with_name("begun") / "s", sorted(corpus.glob("*.txt"))[:1]))
    live(lambda: look(folder.with_name("whole"), corpus))
    expected = (folder.with_name("whole") / "graph.nt").read_bytes()
    print((steps if how == "steps" else moments)(folder, corpus, expected))


if __name__ == "__main__":
    main()
