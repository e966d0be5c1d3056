"""rdflib at the same work, in a process of its own: reading a graph, asking, writing Turtle.

    python -m benchmarks.peer_rdflib GRAPH.nt QUERIES.json TURTLE

prints the seconds of each as JSON: `parse`, `turtle`, and those of each query by its name with the number of its rows.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from rdflib import Graph

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def answer(graph: Graph, text: str) -> list[object]:
    return list(graph.query(text))


def main() -> None:
    lines, queries, target = sys.argv[1:]
    graph = Graph()
    parse, _ = timed(lambda: graph.parse(lines, format="nt"))
    wanted = json.loads(Path(queries).read_text(encoding="utf-8"))
    asked = {name: timed(partial(answer, graph, text)) for name, text in wanted.items()}
    turtle, _ = timed(lambda: graph.serialize(target, format="turtle"))
    found = {name: (seconds, len(rows)) for name, (seconds, rows) in asked.items()}
    print(json.dumps({"parse": parse, "turtle": turtle, "asked": found}))


if __name__ == "__main__":
    main()
