"""Is a named graph for each article worth its price? Load, size and queries of both layouts, as ratios.

    python benchmarks/graphs.py [ARTICLES]

Synthetic articles have the shape of real ones: the triples come from `kg.graph`. Times are the best of three.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg.graph import to_ntriples, vocabulary_ntriples
from kg.model import Article, Entity, EntityType, Evidence, Fact, Level, Observation, Predicate, Reading, Relation, Role
from kg.namespaces import prefixes

QUERIES = {
    "policies of a group": """SELECT DISTINCT ?document ?label {
        ?mechanism kg:targets ?group . ?group rdfs:label "群体7"@zh .
        ?document kg:establishes ?mechanism ; rdfs:label ?label }""",
    "figures by place": """SELECT ?label (COUNT(DISTINCT ?figure) AS ?n) {
        ?figure kg:place ?place ; kg:value ?value . ?place rdfs:label ?label } GROUP BY ?label""",
    "evidence of a relation": """SELECT ?quote {
        ?claim rdf:predicate kg:targets ; rdf:object ?group ; kg:quote ?quote . ?group rdfs:label "群体3"@zh }""",
    "most targeted groups": """SELECT ?group (COUNT(DISTINCT ?mechanism) AS ?n) {
        ?mechanism kg:targets ?group } GROUP BY ?group ORDER BY DESC(?n) LIMIT 10""",
}


def reading(number: int) -> Reading:
    """An article with a body, two documents, four mechanisms, their groups and six figures."""
    dice = random.Random(number)
    place, text = f"第{number % 500}县", f"{number}" * 40
    said = [Evidence(text[i : i + 12], i, i + 12, "rule", 0.9) for i in range(30)]
    groups = [f"群体{dice.randrange(300)}" for _ in range(4)]
    body = f"{place}人民政府"
    facts: list[Fact] = [Entity(EntityType.PLACE, place, said[0]), Entity(EntityType.ORGANISATION, body, said[1])]
    facts += [Entity(EntityType.DOCUMENT, f"{number}号办法{i}", said[2 + i]) for i in range(2)]
    facts += [Entity(EntityType.GROUP, group, said[4 + i]) for i, group in enumerate(dict.fromkeys(groups))]
    for i, group in enumerate(groups):
        mechanism = f"补贴{number}之{i}"
        facts.append(Entity(EntityType.MECHANISM, mechanism, said[8 + i]))
        facts.append(Relation(f"{number}号办法{i % 2}", Predicate.ESTABLISHES, mechanism, said[12 + i]))
        facts.append(Relation(mechanism, Predicate.TARGETS, group, said[16 + i]))
        facts.append(Relation(body, Predicate.OPERATES, mechanism, said[20 + i]))
    for i in range(6):
        value, level = Decimal(dice.randrange(10_000)), Level.OUTPUT
        facts.append(
            Observation(
                f"指标{i}", value, "人", Role.LEVEL, level, said[24 + i], "2020", place, f"补贴{number}之{i % 4}"
            )
        )
    return Reading(Article(id=f"{number:016x}", source="", text=text, title=f"文章{number}", place=place), tuple(facts))


def lines(count: int, *, named: bool) -> Iterator[str]:
    """The whole graph as N-Triples, or as N-Quads with a graph for each article."""
    yield from vocabulary_ntriples()
    for number in range(count):
        graph = f" <https://w3id.org/policykg/graph/{number:016x}> .\n" if named else " .\n"
        yield from (line.removesuffix(" .\n") + graph for line in to_ntriples(reading(number)))


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def measure(count: int, folder: Path, *, named: bool) -> dict[str, float]:
    source, store = folder / "source", folder / "store"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(lines(count, named=named))
    form = ox.RdfFormat.N_QUADS if named else ox.RdfFormat.N_TRIPLES
    begun = time.perf_counter()
    writer = ox.Store(str(store))
    writer.bulk_load(path=str(source), format=form)
    writer.flush()
    found = {"load": time.perf_counter() - begun}
    del writer
    found["disk"] = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    reader = ox.Store.read_only(str(store))
    for name, query in QUERIES.items():
        found[name] = best(
            lambda query=query: list(reader.query(query, prefixes=prefixes(), use_default_graph_as_union=named))
        )
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        plain, named = measure(count, Path(one), named=False), measure(count, Path(other), named=True)
    for name, value in plain.items():
        print(f"{name:24} {named[name] / value:5.1f}")


if __name__ == "__main__":
    main()
