"""Free queries are answered in every form, stopped in time, and never change or leave the store."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from kg.errors import QueryError
from kg.sparql import check, query
from kg.store import Store, create_store, open_store
from kg.tables import Iri, Rows

BASE = "https://w3id.org/policykg/"
TRIPLES = [
    f"<{BASE}group/村干部> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ns#Group> .",
    f'<{BASE}group/村干部> <http://www.w3.org/2000/01/rdf-schema#label> "村干部"@zh .',
    f'<{BASE}obs/1> <{BASE}ns#value> "5.85"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("sparql") / "store"
    with create_store(folder) as draft:
        draft.load(TRIPLES)
        draft.load(f"<{BASE}n/{i}> <{BASE}n/p> <{BASE}n/{i + 1}> ." for i in range(300))
    return open_store(folder)


def test_select(store: Store) -> None:
    rows = query(store, "SELECT ?g ?l ?none { ?g a kg:Group ; rdfs:label ?l }")
    assert rows == Rows(("g", "l", "none"), ((Iri(BASE + "group/村干部"), "村干部", None),))
    assert query(store, "SELECT ?v { ?o kg:value ?v }") == Rows(("v",), ((Decimal("5.85"),),))


def test_ask(store: Store) -> None:
    assert query(store, "ASK { ?g a kg:Group }") is True
    assert query(store, "ASK { ?g a kg:Place }") is False


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?g rdfs:label ?l } WHERE { ?g rdfs:label ?l }",
        "DESCRIBE group:村干部",
        "DESCRIBE ?g {?g a kg:Group}",
    ],
)
def test_construct_and_describe(store: Store, text: str) -> None:
    found = query(store, text)
    assert isinstance(found, tuple)
    assert '"村干部"@zh' in {str(triple.object) for triple in found}


def test_a_prefix_of_the_user_wins(store: Store) -> None:
    assert query(store, "PREFIX kg: <urn:other#> ASK { ?g a kg:Group }") is False


def test_a_syntax_error_tells_line_and_column_of_the_text(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column 8: prefix 'nope' is not declared"):
        query(store, "SELECT ?g {\n  ?g a nope:Group\n}")


def test_a_query_is_stopped_when_its_time_is_up(store: Store) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 1 seconds"):
        query(store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", seconds=1)
    assert time.monotonic() - begun < 5


def test_an_answer_beyond_memory_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="add a LIMIT"):
        query(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=30)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * {\n  service silent ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE#x\n<http://a/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://a/> { ?s ?p ?o } }",
        "PREFIX : <http://a/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { FILTER(2<'x>') SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * FROM <http://a/> { ?s ?p ?o }",
        "SELECT * FROM NAMED doc:x { ?s ?p ?o }",
    ],
)
def test_nothing_reaches_beyond_the_store(text: str) -> None:
    with pytest.raises(QueryError, match=r"^line \d, column \d+: (SERVICE|FROM) is refused"):
        check(text)


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a:b> <a:b> 1 }", "# x\nPREFIX a: <b:>\n load <http://a/>", "WITH <a:b> DELETE"]
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="only read"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service kg:from ?from . ?x kg:service ?y }",
        'SELECT * { ?s rdfs:label "service" ; kg:quote "from here" }',
        "SELECT ?insert { ?insert a kg:Group }",
    ],
)
def test_harmless_words_pass(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x ?v { VALUES (?x ?v) { (1 'b') (2 'a') (UNDEF 'c') (<urn:x> 'a') } } ORDER BY ?v DESC(?x)",
        "SELECT * { VALUES ?x { 10 9.5 'text' <urn:a> } } ORDER BY ?x",
        "SELECT ?v { VALUES (?x ?v) { (1 'b') (2 'a') } } ORDER BY ?x",
        "SELECT (COUNT(*) AS ?n) ?v { VALUES ?v { 'a' 'a' 'b' } } GROUP BY ?v ORDER BY DESC(?n)",
    ],
)
def test_the_order_is_that_of_the_engine(store: Store, text: str) -> None:
    assert query(store, text) == store.select(text)
