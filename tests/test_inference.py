"""The rules derive what the ontology's own axioms entail, explain each triple, and end where they began."""

from __future__ import annotations

import random
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.errors import KnowledgeError
from kg.inference import infer, premises
from kg.namespaces import DEFAULT_BASE, KG, PROV, VOCABULARY, prefixes
from kg.resources import knowledge_file, knowledge_files
from readings import inferred, pairs, store_of, triples

STATED = [KG.targets, KG.establishes, KG.partOf, KG.implements]


def entailed(store: ox.Store) -> dict[str, set[tuple[str, str]]]:
    """`affects` and `within` as owlrl derives them from the stated relations and the ontology's axioms."""
    graph = _axioms()
    for property in STATED:
        for subject, object in pairs(store, property):
            graph.add((URIRef(subject), URIRef(property), URIRef(object)))
    for group, wider in pairs(store, str(SKOS.broader)):
        if "/group/" in group:
            graph.add((URIRef(group), SKOS.broader, URIRef(wider)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    found = {name: set(graph.subject_objects(URIRef(KG[name]))) for name in ("affects", "within")}
    return {name: {(str(a), str(b)) for a, b in joined} for name, joined in found.items()}


def _axioms() -> Graph:
    """What the ontology says of the relations: chains, inverses, sub-properties and transitivity, without classes."""
    ontology, axioms = Graph().parse(knowledge_file("kg.ttl")), Graph()
    kept = {RDF.first, RDF.rest, OWL.inverseOf, OWL.propertyChainAxiom}
    for subject, property, object in ontology:
        inside = str(object).startswith(KG.iri)
        if property in kept or (property == RDFS.subPropertyOf and inside) or object == OWL.TransitiveProperty:
            axioms.add((subject, property, object))
    axioms.add((SKOS.narrower, OWL.inverseOf, SKOS.broader))
    return axioms


@pytest.mark.parametrize("rule", knowledge_files("inference/*.rq"), ids=lambda path: path.stem)
def test_a_premise_tells_of_the_subject_of_what_is_derived(rule: Path) -> None:
    """What still follows without an article is looked for among what is told of that subject alone."""
    template, body = rule.read_text(encoding="utf-8").split("WHERE {")
    subject = template.partition("rdf:subject ")[2].split()[0]
    premises = [line for line in body.splitlines() if line.strip().startswith(("?stated ", "?derived "))]
    assert any(f"rdf:subject {subject} " in line or f"rdf:object {subject} " in line for line in premises)


@pytest.mark.parametrize("name", ["dingyuan", "neimenggu"])
def test_an_article_gives_what_the_axioms_entail(name: str) -> None:
    store, oracle = inferred(name), entailed(store_of(name))
    assert pairs(store, KG.affects) == oracle["affects"]
    assert pairs(store, KG.within) == oracle["within"]
    assert min(map(len, oracle.values())) > 5


def test_two_articles_together_give_what_each_gives_alone() -> None:
    both = inferred("dingyuan", "neimenggu")
    for property in (KG.affects, KG.within):
        assert pairs(both, property) == pairs(inferred("dingyuan"), property) | pairs(inferred("neimenggu"), property)


def test_a_group_that_only_one_text_names_is_not_reached_from_another() -> None:
    both, only_there = inferred("dingyuan", "neimenggu"), DEFAULT_BASE + "group/嘎查村干部"
    measures = {measure for measure, group in pairs(both, KG.affects) if group == only_there}
    assert DEFAULT_BASE + "group/村干部" in {group for measure, group in pairs(both, KG.affects) if "定远县" in measure}
    assert measures
    assert not [measure for measure in measures if "定远县" in measure]


def test_a_general_group_is_not_affected_by_a_measure_for_a_contained_one() -> None:
    store = inferred("dingyuan")
    affected = {group for measure, group in pairs(store, KG.affects) if measure.endswith("村干部报酬待遇")}
    assert DEFAULT_BASE + "group/村干部" in affected
    assert DEFAULT_BASE + "group/大学生村官" in affected
    assert DEFAULT_BASE + "group/干部" not in affected


def test_every_derived_triple_has_a_receipt_and_every_receipt_its_premises() -> None:
    store = inferred("dingyuan", "neimenggu")
    said = "?i rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    without = [
        f"ASK {{ VALUES ?p {{ kg:affects kg:within }} ?s ?p ?o FILTER NOT EXISTS {{ {said} ; a kg:Inference }} }}",
        f"ASK {{ ?i a kg:Inference . {said} FILTER NOT EXISTS {{ ?s ?p ?o }} }}",
        "ASK { ?i a kg:Inference FILTER NOT EXISTS { ?i prov:wasDerivedFrom ?first . ?first rdf:subject ?x } }",
        "ASK { ?i kg:rule ?rule FILTER NOT EXISTS { ?rule skos:inScheme ?scheme } }",
    ]
    for query in without:
        assert not store.query(query, prefixes=prefixes()), query
    assert not [quad for quad in store if isinstance(quad.subject, ox.BlankNode)]


def test_a_second_run_adds_nothing() -> None:
    store = inferred("dingyuan", "neimenggu")
    before = triples(store)
    derived = infer(store)
    assert triples(store) == before
    assert derived == len(pairs(store, KG.affects)) + len(pairs(store, KG.within))


def test_the_order_of_loading_makes_no_difference() -> None:
    stated = sorted(triples(store_of("dingyuan", "neimenggu")), key=str)
    random.Random(7).shuffle(stated)
    store = ox.Store()
    store.extend(stated)
    infer(store)
    assert triples(store) == triples(inferred("neimenggu", "dingyuan"))


def test_circles_of_parts_and_documents_come_to_an_end() -> None:
    store = store_of()
    lines = "".join(_claim("a", "partOf", "b") + _claim("b", "partOf", "a") + _claim("a", "targets", "group/村干部"))
    store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    infer(store)
    assert pairs(store, KG.within) == {("urn:x/" + a, "urn:x/" + b) for a in "ab" for b in "ab"}
    assert ("urn:x/b", "urn:x/group/村干部") in pairs(store, KG.affects)


def _claim(subject: str, predicate: str, object: str) -> list[str]:
    said = {"subject": f"urn:x/{subject}", "predicate": KG[predicate], "object": f"urn:x/{object}"}
    rdf = prefixes()["rdf"]
    claim = f"<urn:claim/{subject}/{predicate}>"
    triple = " ".join(f"<{said[part]}>" for part in said)
    return [f"{triple} .\n", *(f"{claim} <{rdf}{part}> <{value}> .\n" for part, value in said.items())]


def test_a_premise_that_two_articles_state_is_named_twice_in_one_receipt() -> None:
    store = store_of("dingyuan")
    first = next(iter(store.query("SELECT ?c { ?c rdf:predicate kg:targets ; rdf:subject ?s }", prefixes=prefixes())))
    store.update(f"PREFIX rdf: <{prefixes()['rdf']}> INSERT {{ <urn:again> ?p ?o }} WHERE {{ {first['c']} ?p ?o }}")
    infer(store)
    named = pairs(store, PROV.wasDerivedFrom)
    assert {inference for inference, premise in named if premise == "urn:again"} <= {
        inference for inference, premise in named if premise == first["c"].value
    }
    assert any(premise == "urn:again" for _, premise in named)


def test_addresses_of_inferences_lie_below_the_base() -> None:
    base = "https://example.org/kg/"
    store = store_of("dingyuan", base=base)
    infer(store, base=base)
    inferences = {subject for subject, _ in pairs(store, KG.rule)}
    assert inferences
    assert all(inference.startswith(base + "inference/") for inference in inferences)
    assert {rule for _, rule in pairs(store, KG.rule)} <= {f"{VOCABULARY}rule/{name}" for name in RULES}


RULES = [path.stem for path in Path(knowledge_file("inference/targets.rq")).parent.glob("*.rq")]


def test_what_may_follow_from_which_claims_stands_in_the_rules() -> None:
    assert premises() == {KG[name] for name in ("establishes", "implements", "partOf", "targets")}


def test_a_rule_about_any_claim_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = tmp_path / "open.rq"
    rule.write_text("CONSTRUCT { } WHERE { ?stated rdf:subject ?s ; rdf:predicate ?p }", encoding="utf-8")
    monkeypatch.setattr("kg.inference.knowledge_files", lambda pattern: (rule,))
    with pytest.raises(KnowledgeError, match="predicate of"):
        premises()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT * { ?s ?p ?o }", "CONSTRUCT"),
        ("CONSTRUCT { ?s ?p }", "no valid query"),
        ("CONSTRUCT { [] kg:rule rule:x } WHERE { }", "must say"),
    ],
)
def test_a_broken_rule_is_named(query: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = tmp_path / "broken.rq"
    rule.write_text(query, encoding="utf-8")
    monkeypatch.setattr("kg.inference.knowledge_files", lambda pattern: (rule,))
    with pytest.raises(KnowledgeError, match=problem) as raised:
        infer(ox.Store())
    assert "broken.rq" in str(raised.value)
