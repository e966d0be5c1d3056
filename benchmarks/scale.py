"""How a store keeps up as it grows, on generated articles: filling, adding one article, asking, exporting.

    python -m benchmarks.scale [TRIPLES [FOLDER]]        100,000 of them where the number is left out

FOLDER keeps the store, so that a second run need not make it again; then nothing is said of filling it. rdflib is
asked up to a million triples only: above, it needs more than six gigabytes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kg.exports import export
from kg.questions import answer, question
from kg.store import FolderStore, is_store, open_store
from kg.store.syntax import narrowed
from kg.tables import Rows, render

from .asking import samples
from .generated import grow
from .measuring import Row, Run, compare, median, process, run, versus

CORE = "policies-for-group"
MOST_FOR_RDFLIB = 2_000_000
_BARE = """
import sys, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
for row in store.query(sys.argv[2], prefixes={!r}): print(*row)"""
_LOAD = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_TRIPLES)
store.flush()"""
_NATURAL = """SELECT DISTINCT ?policy ?measure ?reached WHERE {{
  ?policy kg:establishes ?measure .
  ?measure kg:targets ?reached .
  <{group}> skos:broader* ?reached .
}}"""
"""The core question as people write it, without what the store has inferred: policy first, hierarchy last."""


def scale(folder: Path, triples: int) -> Iterator[Row]:
    """The figures for a store of about so many triples, made in `folder` where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    made = None if is_store(folder / "store") else run("-m", "benchmarks.generated", folder / "store", triples)
    with open_store(folder / "store") as store:
        lines = export(store, folder / "graph.nt", ordered=False)
        if made:
            yield from filling(folder, made, lines)
        yield asking(store)
        turtle = median(lambda: export(store, folder / "sorted.ttl"), runs=1)
        unsorted = median(lambda: export(store, folder / "unsorted.ttl", ordered=False), runs=1)
        yield from writing(store, folder, turtle, unsorted)
        if triples <= MOST_FOR_RDFLIB:
            yield from beside_rdflib(store, lines, made, turtle, unsorted)
    yield adding(folder, triples)


def filling(folder: Path, made: Run, lines: Path) -> Iterator[Row]:
    """From facts to a store with inference, against loading its triples as they are."""
    peer = run("-c", _LOAD, folder / "bare", lines)
    bare = "bulk_load of the same triples"
    yield versus("facts to a store", ("kg, with inference", made.seconds), (bare, peer.seconds))
    yield versus("its memory in MB", ("kg, with inference", made.megabytes), (bare, peer.megabytes))


def asking(store: FolderStore) -> Row:
    """The core question from the command line, against a process that only opens the engine and asks."""
    group = samples(store)["Group"]
    asked = narrowed(question(CORE).sparql, f"VALUES ?group {{ <{group}> }}")
    call = ("-m", "kg.commands", "ask", CORE, "--group", group, "--format", "csv", "--store", str(store.folder))
    bare = process("-c", _BARE.format(dict(store.prefixes)), str(store.generation), asked)
    return compare("core question, cold", ("kg ask", process(*call)), ("bare pyoxigraph", bare), 7)


def writing(store: FolderStore, folder: Path, turtle: float, unsorted: float) -> Iterator[Row]:
    """Turtle against that of the engine."""
    graph, target = ox.DefaultGraph(), str(folder / "dumped.ttl")
    dump = median(lambda: store.engine.dump(target, format=ox.RdfFormat.TURTLE, from_graph=graph), runs=1)
    yield versus("Turtle, sorted", ("kg", turtle), ("Store.dump", dump))
    yield versus("Turtle, unsorted", ("kg", unsorted), ("Store.dump", dump))


def beside_rdflib(store: FolderStore, lines: Path, made: Run | None, turtle: float, unsorted: float) -> Iterator[Row]:
    """The same work by rdflib in memory."""
    group = samples(store)["Group"]
    declared = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in store.prefixes.items())
    queries = {
        "the same query": declared + narrowed(question(CORE).sparql, f"VALUES ?group {{ <{group}> }}"),
        "the natural order": declared + _NATURAL.format(group=group),
    }
    said = lines.with_name("queries.json")
    said.write_text(json.dumps(queries), encoding="utf-8")
    done = run("-m", "benchmarks.peer_rdflib", lines, said, lines.with_name("rdflib.ttl"))
    peer = json.loads(done.printed)
    warm = median(asked(store, group), runs=7)
    if made:
        yield versus("facts to a store", ("kg, with inference", made.seconds), ("rdflib parses them", peer["parse"]))
        yield versus("its memory in MB", ("kg", made.megabytes), ("rdflib", done.megabytes))
    for name, (seconds, rows) in peer["asked"].items():
        yield versus("core question, warm", ("kg", warm), (f"rdflib, {name}, {rows} rows", seconds))
    yield versus("Turtle, sorted", ("kg", turtle), ("rdflib", peer["turtle"]))
    yield versus("Turtle, unsorted", ("kg", unsorted), ("rdflib", peer["turtle"]))


def asked(store: FolderStore, group: str) -> Callable[[], Rows]:
    """The core question as work."""
    return lambda: answer(store, question(CORE), {"group": group})


def adding(folder: Path, triples: int) -> Row:
    """One article more, and one article alone; each run adds another one."""
    numbers = count(1_000_000)
    return compare(
        "add one article",
        (f"to {triples:,} triples", lambda: grow(folder / "store", 1, first=next(numbers))),
        ("to no store", lambda: grow(Path(tempfile.mkdtemp(dir=folder)) / "store", 1, first=next(numbers))),
        3,
    )


def main() -> None:
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else Path(name)
        print(table(scale(folder, triples)))


def table(rows: Iterator[Row]) -> str:
    """Rows as a Markdown table."""
    shown = tuple((w, o, round(a, 3), p, round(b, 3), float(f"{r:.3g}")) for w, o, a, p, b, r in rows)
    return render(Rows(("what", "ours", "", "peer", "", "ratio"), shown), "md")


if __name__ == "__main__":
    main()
