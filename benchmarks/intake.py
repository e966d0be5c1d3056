"""What adding many files costs: peak memory for few and for many, two processes that read against one.

python -m benchmarks.intake [FILES]        5,000 of them, and a tenth, where the number is left out
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

from kg.collection import Step, add
from kg.tables import Rows, render

from .extraction import TEXTS
from .generated import counties
from .measuring import Row, process

ROUNDS = 3
COPIES = 8
"""How many times the texts of `data/gold` are there, so that batches are written while others are read."""


def tiny(folder: Path, count: int) -> Path:
    """So many files of two sentences."""
    folder.mkdir()
    for number in range(count):
        county = counties()[number % len(counties())][0]
        text = f"{county}见闻\n{county}财政局发放创业补贴{number}万元，惠及返乡农民工{number}人。"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder


def real(folder: Path) -> Path:
    """The texts of `data/gold`, each several times as different files."""
    folder.mkdir()
    for copy in range(COPIES):
        for number, text in enumerate(TEXTS):
            (folder / f"{copy}-{number:03}.txt").write_text("\n" * copy + text, encoding="utf-8")
    return folder


def memory(folder: Path, count: int) -> Iterator[Row]:
    """Peak memory in MB of the process that writes, and of one that reads, for so many files and for a tenth."""
    few, many = (measured(tiny(folder / str(n), n), 2) for n in (count // 10, count))
    names = (f"{count:,} files", f"{count // 10:,} files")
    yield "peak MB, writing", names[0], many[1], names[1], few[1], many[1] / few[1]
    yield "peak MB, reading", names[0], many[2], names[1], few[2], many[2] / few[2]


def workers(folder: Path) -> Row:
    """Texts from files to a store, read by one process and by two, each in a fresh process, turn and turn about."""
    texts = real(folder / "texts")
    pairs = [[measured(texts, count)[0] for count in (1, 2)] for _ in range(ROUNDS)]
    one, two = (median(times) for times in zip(*pairs, strict=True))
    return "texts to a store", "1 worker", one, "2 workers", two, one / two


def measured(corpus: Path, count: int) -> Sequence[float]:
    """Seconds, then peak memory of the writer and of the largest reader, of adding a corpus with so many workers."""
    return [float(figure) for figure in process("-m", "benchmarks.intake", "add", str(corpus), str(count))().split()]


def added(corpus: Path, count: int) -> Iterator[float]:
    peaks = [0]

    def look(step: Step) -> None:
        if step.done == step.total:
            peaks.extend(_peak(child.pid or 0) for child in multiprocessing.active_children())

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        add(Path(folder) / "store", [corpus], workers=count, on_progress=look)
        yield time.perf_counter() - begun
    yield getrusage(RUSAGE_SELF).ru_maxrss / 1024
    yield max(peaks) / 1024


def _peak(process: int) -> int:
    """The most memory in kB that a process has had."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines())
    return int(said["VmHWM"].split()[0])


def main() -> None:
    if sys.argv[1:2] == ["add"]:
        print(*added(Path(sys.argv[2]), int(sys.argv[3])))
        return
    with tempfile.TemporaryDirectory() as name:
        rows = [workers(Path(name)), *memory(Path(name), int(sys.argv[1]) if sys.argv[1:] else 5000)]
    shown = tuple((w, o, round(a, 1), p, round(b, 1), round(r, 2)) for w, o, a, p, b, r in rows)
    print(render(Rows(("what", "this", "figure", "that", "figure ", "ratio"), shown)))


if __name__ == "__main__":
    main()
