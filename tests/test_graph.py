"""Facts become triples and receipts: complete, without blank nodes, the same each time, safe against any text."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph import to_ntriples, vocabulary_ntriples
from kg.graph.subtotals import find_subtotals
from kg.model import (
    THIS_ARTICLE,
    Article,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Level,
    Observation,
    Predicate,
    Reading,
    Relation,
    Role,
)
from kg.namespaces import DC, DCTERMS, DEFAULT_BASE, KG, PROV, RDF, RDFS, SKOS, VOCABULARY, prefixes
from readings import pairs, reading, store_of

ARTICLE = Article(id="a" * 16, source="a.txt", text="莒县出台办法，面向村干部。", title="题", place="莒县")
SAID = Evidence("莒县", 0, 2, "by-hand", 0.75)
DOCUMENT = Entity(EntityType.DOCUMENT, "村干部管理办法", SAID)
GROUP = Entity(EntityType.GROUP, "村干部", SAID, also=("村里干部",))
TARGETS = Relation("村干部管理办法", Predicate.TARGETS, "村干部", SAID)


def graph_of(*facts: Fact, article: Article = ARTICLE, base: str = DEFAULT_BASE, reader: str = "rules") -> ox.Store:
    store = ox.Store()
    lines = "".join(to_ntriples(Reading(article, facts, reader), base=base))
    store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=prefixes()))


def figure(quote: str, value: int, start: int, **fields: str) -> Observation:
    said = Evidence(quote, start, start + len(quote), "by-hand")
    return Observation("人数", Decimal(value), "人", Role.LEVEL, Level.CONTEXT, said, **fields)


def test_a_relation_is_a_plain_triple_and_a_claim() -> None:
    store = graph_of(DOCUMENT, GROUP, TARGETS)
    assert pairs(store, KG.targets) == {(DEFAULT_BASE + "doc/莒县_村干部管理办法", DEFAULT_BASE + "group/村干部")}
    assert ask(
        store,
        '?claim a kg:Claim ; rdf:subject ?doc ; rdf:predicate kg:targets ; rdf:object ?group ; kg:quote "莒县" ;'
        ' kg:start 0 ; kg:end 2 ; kg:article ?article ; kg:confidence 0.75 ; kg:foundBy "by-hand" ;'
        " prov:wasAttributedTo ?reader ; prov:wasGeneratedBy ?run ."
        ' ?doc kg:targets ?group . ?article dcterms:title "题"@zh . ?reader rdfs:label "rules" .'
        " ?run prov:used ?article ; prov:wasAssociatedWith ?reader",
    )


def test_an_entity_has_its_names_its_kinds_and_a_claim_of_its_type() -> None:
    director = Entity(EntityType.PERSON, "王萌萌", SAID, post="局长")
    store = graph_of(DOCUMENT, GROUP, director)
    assert ask(store, '?doc a kg:PolicyDocument ; rdfs:label "村干部管理办法"@zh ; kg:genre genre:measures')
    assert ask(store, 'group:村干部 a kg:Group ; skos:prefLabel "村干部"@zh ; skos:altLabel "村里干部"@zh')
    assert ask(store, '?person a kg:Person ; kg:post "局长"')
    assert ask(store, "?claim rdf:subject group:村干部 ; rdf:predicate rdf:type ; rdf:object kg:Group")


def test_a_figure_is_its_own_receipt() -> None:
    place, owner = Entity(EntityType.PLACE, "莒县", SAID), Entity(EntityType.MECHANISM, "培训", SAID)
    store = graph_of(place, owner, figure("莒县", 30, 0, time="2016/..", place="莒县", of="培训"))
    assert ask(
        store,
        '?figure a kg:Observation ; kg:indicator ?what ; kg:value "30"^^xsd:decimal ; kg:unit "人" ;'
        ' kg:role role:level ; kg:level res:context ; kg:time "2016/.."^^edtf:EDTF ;'
        ' kg:from "2016-01-01"^^xsd:date ; kg:place place:莒县 ;'
        ' kg:of mech:莒县_培训 ; kg:quote "莒县" . ?what a kg:Indicator ; rdfs:label "人数"@zh'
        " FILTER NOT EXISTS { ?figure kg:to ?last }",
    )


def test_the_article_says_of_itself_what_is_known() -> None:
    paper = Entity(EntityType.ORGANISATION, "莒县日报社", SAID)
    article = dataclasses.replace(ARTICLE, authors=("侯敬尧",), publisher="莒县日报社", date="2024-02-22")
    store = graph_of(paper, article=article)
    me = f"{DEFAULT_BASE}article/{'a' * 16}"
    assert pairs(store, DCTERMS.spatial) == {(me, DEFAULT_BASE + "place/莒县")}
    assert pairs(store, DCTERMS.publisher) == {(me, DEFAULT_BASE + "org/莒县日报社")}
    assert pairs(store, DC.creator) == {(me, "侯敬尧")}
    assert ask(store, '?article dcterms:issued "2024-02-22"^^xsd:date ; dcterms:identifier "a.txt" ; kg:textHash ?hash')
    assert ask(store, 'place:莒县 a kg:Place ; rdfs:label "莒县"@zh')


@pytest.mark.parametrize(("date", "type"), [("2024", "gYear"), ("2024-02", "gYearMonth"), ("2024-02-22", "date")])
def test_a_date_is_typed_by_what_it_says(date: str, type: str) -> None:
    store = graph_of(article=dataclasses.replace(ARTICLE, date=date))
    assert ask(store, f'?article dcterms:issued "{date}"^^xsd:{type}')


def test_ends_are_told_apart_by_their_type() -> None:
    team = Entity(EntityType.ORGANISATION, "驻村帮扶", SAID)
    mechanism = Entity(EntityType.MECHANISM, "驻村帮扶", SAID)
    whole = Entity(EntityType.MECHANISM, "帮扶", SAID)
    store = graph_of(
        *(team, mechanism, whole),
        Relation("驻村帮扶", Predicate.OPERATES, "驻村帮扶", SAID),
        Relation("驻村帮扶", Predicate.PART_OF, "帮扶", SAID),
    )
    (operator, operated), (part, _) = pairs(store, KG.operates).pop(), pairs(store, KG.partOf).pop()
    assert "/org/" in operator
    assert "/mech/" in operated
    assert part == operated


def test_an_end_may_be_named_by_another_name_of_the_entity() -> None:
    store = graph_of(DOCUMENT, GROUP, dataclasses.replace(TARGETS, object="村里干部"))
    assert (DEFAULT_BASE + "doc/莒县_村干部管理办法", DEFAULT_BASE + "group/村干部") in pairs(store, KG.targets)


def test_the_article_is_the_object_of_reports() -> None:
    author = Entity(EntityType.PERSON, "侯敬尧", SAID)
    store = graph_of(author, Relation("侯敬尧", Predicate.REPORTS, THIS_ARTICLE, SAID))
    assert pairs(store, KG.reports) == {(DEFAULT_BASE + "person/莒县_侯敬尧", f"{DEFAULT_BASE}article/{'a' * 16}")}


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ((DOCUMENT, TARGETS), "村干部管理办法 targets 村干部"),
        ((DOCUMENT, GROUP, dataclasses.replace(TARGETS, subject="村干部")), "targets leads from Mechanism or Policy"),
        ((figure("莒县", 1, 0, of="培训"),), "belongs to '培训'"),
    ],
)
def test_a_fact_that_names_what_is_no_entity_is_refused_by_name(facts: tuple[Fact, ...], problem: str) -> None:
    with pytest.raises(InputError, match=problem) as raised:
        graph_of(*facts)
    assert raised.value.path == "a.txt"
    assert raised.value.hint


def test_names_are_unique_within_the_place_that_makes_them_so() -> None:
    named = [
        Entity(EntityType.DOCUMENT, name, SAID)
        for name in ("湖南省青年就业规定", "中国共产党农村基层党组织工作条例", "培训计划", "莒县培训计划")
    ]
    places = [Entity(EntityType.PLACE, name, SAID) for name in ("会宁县", "大桥镇", "幸福村", "朝阳区", "浙江")]
    inside = [
        Relation("幸福村", Predicate.PART_OF, "大桥镇", SAID),
        Relation("大桥镇", Predicate.PART_OF, "会宁县", SAID),
    ]
    store = graph_of(*named, *places, *inside)
    found = {subject.removeprefix(DEFAULT_BASE) for subject, _ in pairs(store, RDFS.label)}
    assert {
        "doc/湖南省青年就业规定",
        "doc/中国共产党农村基层党组织工作条例",
        "doc/莒县_培训计划",
        "doc/莒县培训计划",
    } <= found
    assert {"place/会宁县", "place/会宁县_大桥镇", "place/会宁县_幸福村", "place/莒县_朝阳区", "place/浙江省"} <= found


def test_without_a_main_area_the_article_is_the_scope() -> None:
    store = graph_of(Entity(EntityType.MECHANISM, "培训", SAID), article=dataclasses.replace(ARTICLE, place=None))
    assert ask(store, f"mech:{'a' * 16}_培训 a kg:Mechanism")


def test_a_village_is_no_scope_but_the_county_above_it_is() -> None:
    facts = [Entity(EntityType.MECHANISM, "培训", SAID), Entity(EntityType.PLACE, "幸福村", SAID)]
    article = dataclasses.replace(ARTICLE, place="幸福村")
    county = [Entity(EntityType.PLACE, "会宁县", SAID), Relation("幸福村", Predicate.PART_OF, "会宁县", SAID)]
    alone, below = graph_of(*facts, article=article), graph_of(*facts, *county, article=article)
    assert ask(alone, f"place:{'a' * 16}_幸福村 a kg:Place . mech:{'a' * 16}_培训 a kg:Mechanism")
    assert ask(below, "place:会宁县_幸福村 a kg:Place . mech:会宁县_培训 a kg:Mechanism")


def test_the_same_said_twice_is_one_claim_and_said_by_another_is_two() -> None:
    later = dataclasses.replace(TARGETS, evidence=dataclasses.replace(SAID, start=5, end=7))
    count = "SELECT ?claim ?start { ?claim rdf:predicate kg:targets ; kg:start ?start }"
    once = list(graph_of(DOCUMENT, GROUP, TARGETS, later).query(count, prefixes=prefixes()))
    other = list(graph_of(DOCUMENT, GROUP, TARGETS, reader="reader").query(count, prefixes=prefixes()))
    assert len(once) == len(other) == 1
    assert once[0]["claim"] != other[0]["claim"]


def test_the_same_reading_gives_the_same_lines_each_once() -> None:
    lines = list(to_ntriples(reading("dingyuan")))
    assert lines == list(to_ntriples(reading("dingyuan")))
    assert len(lines) == len(set(lines)) > 4000
    assert all(line.endswith(" .\n") for line in lines)
    assert not [line for line in lines if line.startswith("_:") or " _:" in line]


@pytest.mark.parametrize("name", ["dingyuan", "neimenggu"])
def test_every_gold_fact_has_its_receipt(name: str) -> None:
    store, facts = store_of(name), reading(name).facts
    quotes = {str(quad.object.value) for quad in store.quads_for_pattern(None, ox.NamedNode(KG.quote), None)}
    assert quotes == {fact.evidence.quote for fact in facts}
    claims = {subject for subject, type in pairs(store, RDF.type) if type == KG.Claim}
    figures = {subject for subject, type in pairs(store, RDF.type) if type == KG.Observation}
    assert len(claims) == sum(not isinstance(fact, Observation) for fact in facts)
    assert len(figures) == sum(isinstance(fact, Observation) for fact in facts)
    assert {subject for subject, _ in pairs(store, PROV.wasAttributedTo)} == claims | figures


def test_another_base_moves_every_node_of_data_and_nothing_else() -> None:
    base = "https://example.org/kg/"
    store = store_of("dingyuan", base=base)
    nodes = {term.value for quad in store for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    ours = {node for node in nodes if node.startswith(DEFAULT_BASE)}
    assert all(node.startswith((KG.iri.rstrip("#"), VOCABULARY)) for node in ours)
    assert base + "group/村干部" in nodes


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_the_way_through_the_store(text: str) -> None:
    store = graph_of(Entity(EntityType.GROUP, text, Evidence(text, 0, len(text), text), also=(text,)))
    values = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(KG.quote), None)}
    assert values == {text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放2146人，其中基本1623人。", {(1623, 2146)}),
        ("引进137人，其中博士31人、硕士85人。", {(31, 137), (85, 137)}),
        ("统筹99人（其中甲14人、乙9人），培训7人。", {(14, 99), (9, 99)}),
        ("培训50人。其中党员9人。", set()),
        ("培训50人，党员9人。", set()),
    ],
)
def test_a_part_is_joined_to_the_figure_before_the_mark(text: str, expected: set[tuple[int, int]]) -> None:
    stated = [figure(hit.group(), int(hit[1]), hit.start()) for hit in re.finditer(r"(\d+)人", text)]
    found = find_subtotals(stated, text)
    assert {(int(part.value), int(whole.value)) for part, whole in found} == expected


def test_the_mark_may_stand_inside_the_quotes() -> None:
    text = "发放2146人，其中基本1623人。"
    whole, part = figure("发放2146人", 2146, 0), figure(text[:-1], 1623, 0)
    assert list(find_subtotals([part, whole], text)) == [(part, whole)]


def test_a_part_of_another_unit_has_no_whole() -> None:
    text = "培训50人，其中党员占三成。"
    part = dataclasses.replace(figure("党员占三成", 30, 8), unit="%")
    assert list(find_subtotals([figure("训50人", 50, 1), part], text)) == []


def test_the_gold_has_one_subtotal() -> None:
    assert len(pairs(store_of("dingyuan"), KG.subtotalOf)) == 1


def test_the_vocabulary_is_sorted_without_blank_nodes_and_names_everything() -> None:
    lines = list(vocabulary_ntriples())
    assert lines == sorted(set(lines))
    assert not [line for line in lines if "_:" in line.split('"')[0]]
    store = ox.Store()
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    concepts = {subject for subject, type in pairs(store, RDF.type) if type == SKOS.Concept}
    assert concepts == {subject for subject, _ in pairs(store, SKOS.inScheme)}
    assert concepts <= {subject for subject, _ in pairs(store, RDFS.label)}
    assert "https://w3id.org/policykg/ns#affects" in {subject for subject, _ in pairs(store, SKOS.definition)}
