"""How long every ready-made question takes on a store: the first time in a process of its own, and warm.

    python -m benchmarks.asking STORE

Parameters get the thing that most is said of. Each question is asked as open as it may be and as narrow as it may be.
Seconds hold the query and its rows; cold ones hold the opening of the store as well, not the start of Python. `cpu` is
what a cold question computes, by all threads: on a crowded machine it tells more than the seconds on the clock.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from kg.questions import Question, answer, question, questions
from kg.store import Store, open_store

from .measuring import median, process

_MOST = "SELECT ?x (COUNT(*) AS ?n) {{ {} }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 2"
_SAMPLES = {
    "Group": "?m kg:targets ?x",
    "Place": "?a dcterms:spatial ?x ; a kg:Article",
    "PolicyDocument": "?x kg:establishes ?m",
    "Mechanism": "?x kg:targets ?g",
    "Organisation": "?x kg:operates ?m",
    "Indicator": "?f kg:indicator ?x",
    "Instrument": "?m kg:instrumentType/skos:broader ?x",
}


def samples(store: Store) -> dict[str, str]:
    """The IRI of the thing of each type that most is said of; of places also the `other` one."""
    found = {kind: store.select(_MOST.format(pattern)).column("x") for kind, pattern in _SAMPLES.items()}
    return {kind: str(nodes[0]) for kind, nodes in found.items() if nodes} | {"other": str(found["Place"][-1])}


def calls(asked: Question, known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The values of a question's parameters: of the needed ones only, then of all."""
    every = {p.name: known.get(p.name, known[p.types[0]]) for p in asked.parameters}
    needed = {p.name: every[p.name] for p in asked.parameters if p.required}
    yield needed
    if needed != every:
        yield every


def asking(folder: Path) -> Iterator[tuple[str, str, int, float, float, float]]:
    """Question, parameters, rows, seconds cold, seconds of computing cold, seconds warm."""
    with open_store(folder) as store:
        known = samples(store)
        for name, asked in questions().items():
            for values in calls(asked, known):
                told = process("-m", "benchmarks.asking", str(folder), name, json.dumps(values))()
                cold, computed = map(float, told.split())
                rows = len(answer(store, asked, values).rows)
                warm = median(partial(answer, store, asked, values), runs=1)
                yield name, ", ".join(values), rows, round(cold, 3), round(computed, 3), round(warm, 3)


def ask_once(folder: Path, name: str, values: Mapping[str, str]) -> tuple[float, float]:
    """Seconds from opening the store to the last row, and how many of them were computing."""
    asked = question(name)
    begun, computed = time.perf_counter(), _computed()
    with open_store(folder) as store:
        answer(store, asked, values)
    return time.perf_counter() - begun, _computed() - computed


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    if sys.argv[2:]:
        print(*ask_once(folder, sys.argv[2], json.loads(sys.argv[3])))
    else:
        print("question", "of", "rows", "cold s", "cpu s", "warm s", sep="\t")
        for row in asking(folder):
            print(*row, sep="\t", flush=True)


if __name__ == "__main__":
    main()
