"""`python -m benchmarks [TRIPLES…]`: speed and memory as ratios to a peer in one run, as tables in Markdown.

The two articles, the texts of `data/gold`, and generated graphs of so many triples (100,000 where no number is given).
Medians of several runs; a ratio under 1.5 is a tie on a busy machine. Nothing here is a test.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kg.inference import infer
from kg.namespaces import KG
from kg.store import open_store
from kg.validation.shapes import check_shapes, checks

from .extraction import extraction, rate
from .generated import grow
from .measuring import ROOT, Row, compare, median, process, versus
from .peer_rdflib import timed
from .scale import scale, table

_DERIVED = ("affects", "within")


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


def graphs(folder: Path) -> Iterator[Row]:
    """Validation of a graph of 100,000 triples and inference over one of 10,000, with what both sides find."""
    yield validation(folder / "large", 100_000)
    yield inference(folder / "small", 10_000)


def validation(folder: Path, triples: int) -> Row:
    """Shapes as queries against pySHACL; raises AssertionError where they find different faults."""
    import pyshacl
    import rdflib

    grow(folder, triples)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    with open_store(folder) as store:
        graph, shapes = store.to_rdflib(), rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
        seconds, (_, report, _) = timed(lambda: pyshacl.validate(graph, shacl_graph=shapes, inference="none"))
        theirs = {(str(focus), str(report.value(one, sh.resultPath))) for one, focus in report[: sh.focusNode]}
        checks()
        found = list(check_shapes(store))
        assert {(one.focus, str(one.path)) for one in found} == theirs, "pySHACL finds other faults"
        ours = median(lambda: list(check_shapes(store)), runs=3)
    return versus(f"shapes, {len(found)} faults in {len(graph):,} triples", ("kg", ours), ("pySHACL", seconds))


def inference(folder: Path, triples: int) -> Row:
    """The rules against OWL RL with the axioms of the ontology; what `within` gives must be the same."""
    import owlrl
    import pyoxigraph
    import rdflib
    from rdflib import OWL, SKOS

    grow(folder, triples)
    with open_store(folder) as store:
        plain = [quad for quad in store.engine if "nference" not in str(quad)]
        graph = store.to_rdflib() + rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl")
        graph.add((SKOS.narrower, OWL.inverseOf, SKOS.broader))
        for name in _DERIVED:
            graph.remove((None, rdflib.URIRef(KG[name]), None))
        ours = {name: {(s, str(o)[1:-1]) for s, _, o in store.triples(None, KG[name])} for name in _DERIVED}

        def infer_again() -> None:
            engine = pyoxigraph.Store()
            engine.extend(plain)
            infer(engine)

        seconds, _ = timed(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph))
        theirs = {name: {(str(s), str(o)) for s, o in graph[: rdflib.URIRef(KG[name])]} for name in _DERIVED}
        assert ours["within"] == theirs["within"], "owlrl entails other places"
        assert ours["affects"] <= theirs["affects"], "owlrl entails less"
        return versus("inference", ("kg", median(infer_again, runs=3)), ("owlrl", seconds))


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(table(chain([startup()], extraction(), [building(folder / "build")], graphs(folder))))
        print(f"clean text to facts: {rate():,.0f} characters a second")
        for size in sizes:
            print(f"\n## {size:,} triples\n")
            print(table(scale(folder / str(size), size)))


if __name__ == "__main__":
    main()
