"""How a store keeps up as it grows, on generated articles: filling, adding one article, asking, exporting, two workers.

python -m benchmarks.scale [TRIPLES]        100,000 of them where the number is left out
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kg.collection import add
from kg.exports import export
from kg.questions import question
from kg.store import Store, open_store
from kg.store.layout import engine_folder, read_card
from kg.store.syntax import narrowed
from kg.tables import Rows, render

from .asking import samples
from .extraction import TEXTS
from .generated import grow
from .measuring import Row, compare, process

CORE = "policies-for-group"
_BARE = """
import sys, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
for row in store.query(sys.argv[2], prefixes={!r}): print(*row)"""


def scale(folder: Path, triples: int) -> Iterator[Row]:
    """The figures for a store of about so many triples, made in `folder`."""
    folder.mkdir(exist_ok=True)
    numbers = count(1)
    yield from filling(folder, triples)
    with open_store(folder / "store") as store:
        yield asking(store)
        yield exporting(store, folder)
    yield compare(
        "add one article",
        (f"to {triples:,} triples", lambda: grow(folder / "store", 1, first=1_000_000 + next(numbers))),
        ("to no store", lambda: grow(folder / f"empty{next(numbers)}", 1, first=1_000_000)),
        3,
    )
    yield workers(folder)


def filling(folder: Path, triples: int) -> Iterator[Row]:
    """From readings to a store with inference, against loading its triples as they are."""
    begun = time.perf_counter()
    grow(folder / "store", triples)
    ours = time.perf_counter() - begun
    with open_store(folder / "store") as store:
        export(store, folder / "graph.nt")
    begun = time.perf_counter()
    bare = ox.Store(str(folder / "bare"))
    bare.bulk_load(path=str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES)
    bare.flush()
    theirs = time.perf_counter() - begun
    yield "readings to a store", "kg, with inference", ours, "bulk_load of the same triples", theirs, ours / theirs


def asking(store: Store) -> Row:
    """The core question from the command line, against a process that only opens the engine and asks."""
    group = samples(store)["Group"]
    asked = narrowed(question(CORE).sparql, f"VALUES ?group {{ <{group}> }}")
    engine = engine_folder(store.folder, read_card(store.folder).generation)
    call = ("-m", "kg.commands", "ask", CORE, "--group", group, "--format", "csv", "--store", str(store.folder))
    bare = process("-c", _BARE.format(dict(store.prefixes)), str(engine), asked)
    return compare("core question, cold", ("kg ask", process(*call)), ("bare pyoxigraph", bare), 5)


def exporting(store: Store, folder: Path) -> Row:
    graph = ox.DefaultGraph()
    return compare(
        "Turtle",
        ("kg, sorted", lambda: export(store, folder / "a.ttl")),
        (
            "Store.dump, unsorted",
            lambda: store.engine.dump(str(folder / "b.ttl"), format=ox.RdfFormat.TURTLE, from_graph=graph),
        ),
        1,
    )


def workers(folder: Path) -> Row:
    """All texts of `data/gold` from files to a store, read by two processes and by one."""
    texts = folder / "texts"
    texts.mkdir()
    for number, text in enumerate(TEXTS):
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    numbers = count()
    return compare(
        "texts to a store",
        ("2 workers", lambda: add(folder / f"two{next(numbers)}", [texts], workers=2)),
        ("1 worker", lambda: add(folder / f"one{next(numbers)}", [texts])),
        1,
    )


def main() -> None:
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        shown = tuple(
            (w, o, round(a, 3), p, round(b, 3), round(r, 2)) for w, o, a, p, b, r in scale(Path(name), triples)
        )
    print(render(Rows(("what", "ours", "s", "peer", "s ", "ratio"), shown)))


if __name__ == "__main__":
    main()
