"""`python -m benchmarks`: speed and memory on the two articles and a generated graph, as ratios to a peer in one run.

Medians of several runs; a ratio under 1.5 is a tie on a busy machine. Nothing here is a test.
"""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path

from kg.exports import export
from kg.inference import infer
from kg.pipeline import fill, read_facts
from kg.store import open_store
from kg.tables import Rows, render
from kg.validation.shapes import check_shapes

from .extraction import extraction, rate
from .measuring import ROOT, Row, compare, process
from .scale import scale

FACTS = sorted((ROOT / "data" / "gold").glob("*.facts.jsonl"))


def startup() -> Row:
    return compare(
        "start-up",
        ("kg --help", process("-m", "kg.commands", "--help")),
        ("import click", process("-c", "import click")),
        15,
    )


def building(folder: Path) -> Row:
    code = "import rdflib, networkx, pyvis.network; rdflib.Graph().parse({!r}).serialize()"
    ours = process("-m", "kg.commands", "build", "-o", str(folder))
    ours()
    peer = process("-c", code.format(str(folder / "policy.ttl")))
    return compare("build, whole process", ("kg build", ours), ("rdflib reads and writes it", peer), 5)


def graphs(folder: Path) -> list[Row]:
    """Loading, exporting, inferring and validating the facts that people found in the two articles."""
    import owlrl
    import pyoxigraph
    import pyshacl
    import rdflib

    readings = [read_facts(path) for path in FACTS]
    fill(folder / "store", readings)
    with open_store(folder / "store") as store:
        lines = folder / "graph.nt"
        export(store, lines)
        graph, shapes = store.to_rdflib(), rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
        axioms = rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl")
        plain = [quad for quad in store.engine if "nference" not in str(quad)]

        def ours_infer() -> None:
            engine = pyoxigraph.Store()
            engine.extend(plain)
            infer(engine)

        def theirs_infer() -> None:
            owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph + axioms)

        return [
            compare(
                "facts to a store",
                ("kg, with inference", lambda: fill(folder / "other", readings)),
                ("rdflib parses them", lambda: rdflib.Graph().parse(lines)),
                3,
            ),
            compare(
                "sorted Turtle",
                ("kg", lambda: export(store, folder / "a.ttl")),
                ("rdflib", lambda: graph.serialize(folder / "b.ttl")),
                3,
            ),
            compare("inference", ("kg", ours_infer), ("owlrl", theirs_infer), 1),
            compare(
                "shapes",
                ("kg", lambda: list(check_shapes(store))),
                ("pySHACL", lambda: pyshacl.validate(graph, shacl_graph=shapes)),
                1,
            ),
        ]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            startup(),
            *extraction(),
            building(folder / "build"),
            *graphs(folder),
            *scale(folder / "scale", 100_000),
        ]
    shown = tuple((w, o, round(a, 3), p, round(b, 3), round(r, 3)) for w, o, a, p, b, r in rows)
    print(render(Rows(("what", "ours", "s", "peer", "s ", "ratio"), shown)))
    print(f"clean text to facts: {rate():,.0f} characters a second")
    print(f"peak memory of `kg build`: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
