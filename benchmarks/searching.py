"""How fast `kg search` is on a store, against SPARQL that looks into every name and quote, and what its index costs.

    python -m benchmarks.searching STORE

The store is copied by hard links, so nothing is written to it: the copy is searched for the first time, gets one
article more, and is searched again. SPARQL gives the things without rank, pinyin, or the other script.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kg.finding import hits
from kg.finding.index import FILE
from kg.store import Store, open_store
from kg.tables import Rows, render

from .generated import grow
from .measuring import Row, compare

WORDS = (
    "村干部",
    "国务院办公厅",
    "gwybgt",
    "扶贫",
    "村",
    "縣",
    "農民",
    "补贴",
    "项目建设",
    "元",
    "cqs",
    "不在其中的字",
)
"""Whole names, parts, one sign, Traditional forms, pinyin, the commonest, and what is found nowhere."""
PLAIN = ("村干部", "补贴", "村", "元", "不在其中的字")
_RUNS, _CLOCKS = 25, (time.perf_counter, time.process_time)
_CONTAINS = """SELECT DISTINCT ?thing {{
  {{ ?thing rdfs:label|skos:altLabel ?name FILTER(CONTAINS(?name, "{0}")) }} UNION
  {{ ?fact kg:quote ?quote ; rdf:subject|rdf:object|kg:of|kg:place|kg:indicator ?thing
     FILTER(CONTAINS(?quote, "{0}")) }}
}}"""
"""The fastest of several wordings."""


def speeds(store: Store) -> Iterator[tuple[str, int, float, float, float]]:
    """Word, hits, milliseconds of the middle one of many searches, of the slowest, of computing in the middle one."""
    for word in WORDS:
        search = partial(hits, store, word)
        taken, computed = (sorted(_seconds(search, clock) for _ in range(_RUNS)) for clock in _CLOCKS)
        figures = taken[_RUNS // 2], taken[-1], computed[_RUNS // 2]
        yield word, len(search()), *(round(figure * 1000, 2) for figure in figures)


def ratios(store: Store) -> Iterator[Row]:
    """Search beside SPARQL CONTAINS over the same names and quotes."""
    for word in PLAIN:
        peer = partial(store.select, _CONTAINS.format(word))
        yield compare(word, ("kg search", partial(hits, store, word)), ("CONTAINS", peer), 1)


def costs(folder: Path) -> Iterator[tuple[str, float]]:
    """Seconds of the first search of all, of adding an article, and of the first search after that; the index in MB."""
    yield "first search, s", _search(folder)
    yield "index, MB", (folder / FILE).stat().st_size / 1e6
    yield "an article added, s", _seconds(lambda: grow(folder, 1, first=3_000_000))
    yield "first search after it, s", _search(folder)
    yield "next search, s", _search(folder)


def _search(folder: Path) -> float:
    with open_store(folder) as store:
        return _seconds(lambda: hits(store, WORDS[0]))


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work()
    return clock() - begun


def main() -> None:
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(dir=source.absolute().parent) as name:
        folder = Path(name) / "store"
        shutil.copytree(source, folder, copy_function=os.link, ignore=shutil.ignore_patterns(f"{FILE}*"))
        print(render(Rows(("what", "figure"), tuple((what, round(figure, 3)) for what, figure in costs(folder)))))
        with open_store(folder) as store:
            print(render(Rows(("word", "hits", "ms", "slowest ms", "computing ms"), tuple(speeds(store)))))
            shown = tuple((w, round(a, 4), p, round(b, 3), round(b / a)) for w, _, a, p, b, _ in ratios(store))
            print(render(Rows(("word", "kg search, s", "peer", "s", "times faster"), shown)))


if __name__ == "__main__":
    main()
