"""The shapes as queries find what pySHACL finds, fault by fault; the texts are held against quotes and values."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from zlib import crc32

import pytest
from rdflib import RDF, Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import SH, XSD

from kg.errors import KnowledgeError
from kg.model import Article
from kg.resources import knowledge_file
from kg.store import Store, create_store, open_store
from kg.validation import readable, validate
from kg.validation.constraints import violation
from kg.validation.findings import Finding
from kg.validation.shacl import Shapes
from kg.validation.shapes import check_shapes, checks
from kg.validation.texts import check_texts

KG = Namespace("https://w3id.org/policykg/ns#")
ERRORS = """
@prefix : <https://w3id.org/policykg/x/> .
@prefix kg: <https://w3id.org/policykg/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rev: <https://w3id.org/policykg/vocab/review/> .
@prefix role: <https://w3id.org/policykg/vocab/role/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:body a kg:Organisation ; kg:partOf :town . :town a kg:Place ; kg:partOf :city , :town ; skos:notation "341125" .
:city a kg:Place ; skos:notation "340000" ; kg:adminLevel [ skos:notation "60" ] .
:town kg:adminLevel [ skos:notation "50" ] .
:far a kg:Place ; skos:notation "150000" ; kg:partOf :city .
:group a kg:Group ; skos:broader :wider . :wider a kg:Group ; skos:broader :group . :loose a kg:Group .
:claim a kg:Claim ; kg:start 1 ; kg:end 9 ; kg:quote "短" ; rdf:subject :body ;
    rdf:predicate kg:issues ; rdf:object :none .
:refused a kg:Claim ; kg:reviewStatus rev:rejected ; rdf:subject :body ; rdf:predicate kg:partOf ; rdf:object :town .
:label rdfs:label "覆盖率" . :pay rdfs:label "月报酬" .
:rate a kg:Observation ; kg:unit "%" ; kg:value 120.0 ; kg:role role:level ; kg:indicator :label ; kg:article :text .
:before a kg:Observation ; kg:unit "元" ; kg:value 100.0 ; kg:role role:before ; kg:indicator :pay ; kg:article :text ;
    kg:from "2020-01-01"^^xsd:date .
:after a kg:Observation ; kg:unit "元" ; kg:value 300.0 ; kg:role role:after ; kg:indicator :pay ; kg:article :text ;
    kg:from "2019-01-01"^^xsd:date .
:change a kg:Observation ; kg:unit "元" ; kg:value 7.0 ; kg:role role:change ; kg:indicator :pay ; kg:article :text .
:growth a kg:Observation ; kg:unit "%" ; kg:value 5.0 ; kg:role role:change ; kg:indicator :pay ; kg:article :text .
:floor a kg:Observation ; kg:unit "元" ; kg:value 400.0 ; kg:role role:floor ; kg:indicator :pay ; kg:article :text .
:ceiling a kg:Observation ; kg:unit "元" ; kg:value 200.0 ;
    kg:role role:ceiling ; kg:indicator :pay ; kg:article :text .
:part a kg:Observation ; kg:unit "万元" ; kg:value 9.0 ; kg:subtotalOf :whole ; kg:of :mech ; kg:article :text .
:whole a kg:Observation ; kg:unit "万元" ; kg:value 8.0 .
:cover a kg:Observation ; kg:unit "%" ; kg:value 100.0 ; kg:of :mech ; kg:indicator :label ; kg:article :text .
:one a kg:Observation ; kg:indicator :pay ; kg:place :town ; kg:time "2019" ; kg:unit "元" ; kg:role role:level ;
    kg:value 1.0 ; kg:article :text .
:two a kg:Observation ; kg:indicator :pay ; kg:place :town ; kg:time "2019" ; kg:unit "元" ; kg:role role:level ;
    kg:value 2.0 ; kg:article :other .
"""
WRONG = (Literal(""), Literal("《题》9"), Literal(-5), Literal(99))

Fault = tuple[str, str | None, str | None, str, str]


def planted() -> Graph:
    """A graph that breaks every constraint: for each target a node with nothing, and one with wrong values."""
    shapes, graph = Graph().parse(knowledge_file("shapes.ttl")), Graph().parse(data=ERRORS, format="turtle")
    for number, shape in enumerate(sorted(shapes.subjects(RDF.type, SH.NodeShape))):
        paths = [shapes.value(property, SH.path) for property in shapes.objects(shape, SH.property)]
        full, empty = URIRef(f"urn:x:{number}:full"), URIRef(f"urn:x:{number}:empty")
        for target in shapes.objects(shape, SH.targetClass):
            graph.add((empty, RDF.type, target))
            graph.add((full, RDF.type, target))
            for path in paths:
                _add(graph, full, path)
        for predicate in shapes.objects(shape, SH.targetSubjectsOf):
            _add(graph, full, predicate)
    for subject, predicate, object in list(graph):
        names = {term: URIRef(f"urn:b:{term}") for term in (subject, object) if not isinstance(term, URIRef | Literal)}
        if names:
            graph.remove((subject, predicate, object))
            graph.add((names.get(subject, subject), predicate, names.get(object, object)))
    return graph


def _add(graph: Graph, node: Node, path: Node | None) -> None:
    for value in WRONG:
        graph.add((node, path, value))  # type: ignore[arg-type]


def stored(graph: Graph, folder: Path) -> Store:
    with create_store(folder) as draft:
        draft.load(graph.serialize(format="nt").splitlines())
    return open_store(folder)


def by_pyshacl(store: Store) -> set[Fault]:
    import pyshacl

    shapes = Graph().parse(knowledge_file("shapes.ttl"))
    _, report, _ = pyshacl.validate(store.to_rdflib(), shacl_graph=shapes, inference="none")

    def said(result: Node, term: URIRef) -> str | None:
        value = report.value(result, term)
        return None if value is None else str(value)

    return {
        (
            str(said(result, SH.focusNode)),
            said(result, SH.resultPath),
            said(result, SH.value),
            str(said(result, SH.resultSeverity)).rpartition("#")[2].lower(),
            str(said(result, SH.sourceConstraintComponent))
            .rpartition("#")[2]
            .removesuffix("ConstraintComponent")
            .lower(),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def by_queries(store: Store) -> set[Fault]:
    return {_fault(finding) for finding in check_shapes(store)}


def _fault(found: Finding) -> Fault:
    value = None if found.value is None else str(found.value)
    return found.focus, found.path, value, found.severity, found.component.lower()


def test_pyshacl_finds_the_same_among_planted_errors(tmp_path: Path) -> None:
    store = stored(planted(), tmp_path / "store")
    assert by_queries(store) == by_pyshacl(store)


def test_every_constraint_is_broken_by_a_planted_error(tmp_path: Path) -> None:
    store = stored(planted(), tmp_path / "store")
    silent = [(check.shape, check.component, check.path) for check in checks() if not len(store.select(check.select))]
    assert silent == [("EntityName", "nodeKind", None)], "only a blank node could break it, and data has none"


def test_a_number_that_is_none_is_found(tmp_path: Path) -> None:
    graph = Graph()
    graph.add((URIRef("urn:x"), RDF.type, KG.Claim))
    graph.add((URIRef("urn:x"), KG.confidence, Literal("very", datatype=XSD.decimal)))
    found = by_queries(stored(graph, tmp_path / "store"))
    assert ("urn:x", str(KG.confidence), "very", "violation", "datatype") in found


def test_pyshacl_finds_the_same_in_a_part_of_the_gold_graph(gold_store: Store, tmp_path: Path) -> None:
    """A part, since pySHACL takes a minute for the whole; what is cut away leaves faults in the rest."""
    graph = gold_store.to_rdflib()
    for subject in set(graph.subjects()):
        if crc32(str(subject).encode()) % 16 and not str(subject).startswith(str(KG)):
            graph.remove((subject, None, None))
    store = stored(graph, tmp_path / "store")
    assert by_queries(store) == by_pyshacl(store) != set()


def test_the_gold_graph_is_sound(gold_store: Store) -> None:
    assert [finding for finding in validate(gold_store) if finding.severity == "violation"] == []


def test_findings_speak_both_languages_in_a_fixed_order(tmp_path: Path) -> None:
    store = stored(planted(), tmp_path / "store")
    found = validate(store)
    assert found == validate(store) == sorted(found, key=Finding.place)
    assert all("{?" not in finding.message(lang) for finding in found for lang in ("zh", "en"))
    growth = next(finding for finding in found if finding.shape == "PercentGrowth")
    assert growth.message("en") == "before 100 and after 300 do not fit 5 %"
    assert growth.severity == "warning"


def test_a_shape_that_is_not_understood_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:closed true .")
    shapes = Shapes(path)
    with pytest.raises(KnowledgeError, match=r"sh:closed is not understood"):
        list(violation(shapes, next(shapes.node_shapes()), frozenset({"type"})))


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("<urn:a>", "<urn:a>"),
        ("( <urn:a> <urn:b> )", "<urn:a>/<urn:b>"),
        ("[ sh:inversePath <urn:a> ]", "^(<urn:a>)"),
        ("[ sh:alternativePath ( <urn:a> <urn:b> ) ]", "(<urn:a>|<urn:b>)"),
        ("( <urn:a> [ sh:zeroOrMorePath <urn:b> ] )", "<urn:a>/(<urn:b>)*"),
    ],
)
def test_paths_are_written_as_sparql_has_them(path: str, written: str, tmp_path: Path) -> None:
    text = f"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:path {path} ."
    (tmp_path / "shapes.ttl").write_text(text)
    shapes = Shapes(tmp_path / "shapes.ttl")
    assert shapes.path(next(shapes.node_shapes())) == written


def test_a_quote_a_value_and_a_text_that_do_not_fit_are_found(gold_store: Store, tmp_path: Path) -> None:
    figure = next(s for s, _, _ in gold_store.triples(predicate=str(KG.value)))
    article = gold_store.article(gold_store.article_ids[0])
    graph = gold_store.to_rdflib()
    graph.set((URIRef(figure), KG.value, Literal(Decimal("987654321"))))
    graph.set((URIRef(figure), KG.start, Literal(0)))
    with create_store(tmp_path / "store") as draft:
        draft.load(graph.serialize(format="nt").splitlines())
        draft.add(Article(id=article.id, source="", text=article.text + "。", title=""))
        draft.add(gold_store.article(gold_store.article_ids[1]))
    with open_store(tmp_path / "store") as store:
        found = {(finding.component, finding.focus): finding for finding in check_texts(store)}
    assert set(found) == {
        ("quote", figure),
        ("value", figure),
        ("text", f"https://w3id.org/policykg/article/{article.id}"),
    }
    assert "987654321" in found["value", figure].message("en")


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("802000", "贫困人口80.2万人"),
        ("5.85", "贫困发生率5.85%"),
        ("40", "减少近四成"),
        ("50", "一半"),
        ("25", "四分之一"),
        ("3200", "三千二百名"),
        ("3000000", "300余万元"),
        ("1.5", "一年半"),
        ("95", "九成五"),
        ("100000000", "1亿元"),
    ],
)
def test_values_are_read_from_quotes(value: str, quote: str) -> None:
    assert readable(Decimal(value), quote)
    assert not readable(Decimal(value) + 1, quote)


SHACL = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; "


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("sh:property", "no valid Turtle"),
        ("sh:property [ sh:minCount 1 ] .", "not whole"),
        ('sh:property [ sh:path <urn:b> ; sh:minCount 1 ; sh:severity sh:Grave ; sh:message "x" ] .', "not whole"),
        ('sh:sparql [ sh:message "x" ; sh:select "SELECT ?this WHERE { ?this ?p }" ] .', "cannot be asked"),
    ],
)
def test_a_broken_shapes_file_is_named(
    said: str, problem: str, gold_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shapes.ttl").write_text(SHACL + said, encoding="utf-8")
    monkeypatch.setattr("kg.resources.ontology", lambda: tmp_path)
    checks.cache_clear()
    with pytest.raises(KnowledgeError, match=rf"^shapes\.ttl.*{problem}"):
        list(check_shapes(gold_store))
    checks.cache_clear()
