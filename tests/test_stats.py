"""Counts agree with the graph and come in every form and both languages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from kg.stats import render, stats
from kg.store import Store, create_store, open_store
from kg.tables import Iri

KG = "https://w3id.org/policykg/ns#"


def test_counts_agree_with_the_graph(gold_store: Store) -> None:
    sections = stats(gold_store).sections
    entities = dict(zip(sections["entities"].column("type"), sections["entities"].column("count"), strict=True))
    for kind in ("Mechanism", "Group", "Place"):
        query = "SELECT DISTINCT ?s { ?c rdf:predicate rdf:type ; rdf:object ?kind ; rdf:subject ?s }"
        assert entities[Iri(KG + kind)] == len(gold_store.select(query, {"kind": Iri(KG + kind)}))
    relations = {row["predicate"]: row for row in sections["relations"].dicts()}
    assert relations[Iri(KG + "issues")]["stated"] == len(list(gold_store.triples(predicate=KG + "issues")))
    assert relations[Iri(KG + "affects")]["derived"] == len(list(gold_store.triples(predicate=KG + "affects")))
    assert sum(map(int, map(str, sections["figures"].column("count")))) == len(
        list(gold_store.triples(predicate=KG + "value"))
    )
    assert len(sections["articles"]) == 2
    assert sections["reached_groups"].column("policy_count") == tuple(
        sorted(sections["reached_groups"].column("policy_count"), key=lambda n: -int(str(n)))
    )


def test_coverage_is_a_share_of_what_is_named(gold_store: Store) -> None:
    for row in stats(gold_store).sections["coverage"].dicts():
        assert 0 <= int(str(row["assigned"])) <= int(str(row["count"]))
        assert row["share"] == round(100 * int(str(row["assigned"])) / int(str(row["count"])), 1)


def test_every_form_in_both_languages(gold_store: Store) -> None:
    found = stats(gold_store)
    assert "实体\n类型" in render(found)
    assert "## Relations\n\n| Relation | Stated | Derived |" in render(found, "md", lang="en")
    assert json.loads(render(found, "json", lang="en"))["entities"][0]["type"] == "Policy document"
    rows = list(csv.DictReader(io.StringIO(render(found, "csv"))))
    assert {row["section"] for row in rows} == set(found.sections)


def test_an_empty_graph_counts_nothing(tmp_path: Path) -> None:

    with create_store(tmp_path / "store"):
        pass
    with open_store(tmp_path / "store") as store:
        assert "没有符合的结果。" in render(stats(store))
