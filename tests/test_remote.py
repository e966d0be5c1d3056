"""A server of SPARQL serves the commands that read as a folder does: a small one, and Virtuoso where there is one."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from kg import exports, questions, sparql, stats, validation
from kg.collection import listing
from kg.commands import main
from kg.errors import QueryError, StoreError
from kg.names import lookup
from kg.networks import to_networkx
from kg.omissions import gaps_of_store
from kg.store import FolderStore, Store, open_store
from kg.store.remote import RemoteStore
from sparql_server import ISQL, VIRTUOSO, Server, serving, virtuoso

NEEDS_VIRTUOSO = pytest.mark.skipif(
    not (VIRTUOSO and ISQL), reason="Virtuoso is not installed (Debian's virtuoso-opensource)"
)


@pytest.fixture(scope="module", params=["small", pytest.param("virtuoso", marks=NEEDS_VIRTUOSO)])
def address(
    request: pytest.FixtureRequest, gold_store: FolderStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server that has the graph of the gold facts."""
    if request.param == "small":
        with serving(gold_store.engine) as server:
            yield server.address
        return
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), gold_store.engine) as found:
        yield found


@pytest.fixture
def remote(address: str) -> Iterator[Store]:
    with open_store(address) as store:
        yield store


@pytest.fixture
def server(gold_store: FolderStore) -> Iterator[Server]:
    with serving(gold_store.engine) as found:
        yield found


def test_the_base_the_counts_and_the_articles_are_those_of_the_folder(remote: Store, gold_store: FolderStore) -> None:
    assert isinstance(remote, RemoteStore)
    assert (remote.base, remote.prefixes) == (gold_store.base, gold_store.prefixes)
    assert (remote.counts, remote.article_ids) == (gold_store.counts, gold_store.article_ids)
    assert listing(remote) == listing(gold_store)


@pytest.mark.parametrize("name", questions.questions())
def test_every_question_has_the_same_answer(name: str, remote: Store, gold_store: FolderStore) -> None:
    asked = questions.question(name)
    values = {
        parameter.name: next(iter(_nodes(gold_store, parameter.types)), "")
        for parameter in asked.parameters
        if parameter.required
    }
    if "" in values.values():
        pytest.skip("the gold facts have nothing to ask for")
    assert questions.answer(remote, asked, values) == questions.answer(gold_store, asked, values)


NAMED = {
    "Place": "定远县",
    "Group": "贫困户",
    "Indicator": "正职干部月报酬",
    "Organisation": "定远县委",
    "Instrument": "社会保险",
}


@pytest.mark.parametrize("name", questions.questions())
def test_every_question_that_is_narrowed_has_the_same_answer(name: str, remote: Store, gold_store: FolderStore) -> None:
    asked = questions.question(name)
    for parameter in asked.parameters:
        kinds = {p.name: p.types for p in asked.parameters if p.required or p is parameter}
        values = {
            name: lookup(gold_store, "内蒙古自治区" if name == "other" else NAMED[types[0]], types=types).iri
            if types[0] in NAMED
            else _nodes(gold_store, types)[0]
            for name, types in kinds.items()
        }
        assert questions.answer(remote, asked, values) == questions.answer(gold_store, asked, values)


def _nodes(store: Store, types: tuple[str, ...]) -> list[str]:
    from kg.names import names

    return [named.iri for named in names(store, types=types)]


@pytest.mark.parametrize("suffix", exports.TEXT_FORMATS)
def test_exports_are_the_same_byte_for_byte(suffix: str, remote: Store, gold_store: FolderStore) -> None:
    written = []
    for store in (remote, gold_store):
        exports.write(store, suffix, out := io.BytesIO())
        written.append(out.getvalue())
    assert written[0] == written[1]


def test_names_stats_and_networks_are_the_same(remote: Store, gold_store: FolderStore) -> None:
    assert lookup(remote, "驻村干部", types=["Group"]) == lookup(gold_store, "驻村干部", types=["Group"])
    assert stats.stats(remote) == stats.stats(gold_store)
    ours, theirs = to_networkx(remote), to_networkx(gold_store)
    assert dict(ours.nodes(data=True)) == dict(theirs.nodes(data=True))
    assert list(ours.edges(keys=True, data=True)) == list(theirs.edges(keys=True, data=True))


def test_validation_finds_the_same_in_the_graph(remote: Store, gold_store: FolderStore) -> None:
    assert validation.validate(remote) == validation.validate(gold_store)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?name ?date { ?d a kg:PolicyDocument ; rdfs:label ?name } ORDER BY ?name",
        "SELECT DISTINCT ?g { ?m kg:targets/skos:broader+ ?g } ORDER BY ?g",
        "ASK { ?m kg:targets ?g }",
        "ASK { ?m kg:targets <urn:none> }",
        "CONSTRUCT { ?m kg:targets ?g } WHERE { ?m kg:targets ?g }",
    ],
)
def test_free_queries_have_the_same_answer(text: str, remote: Store, gold_store: FolderStore) -> None:
    ours, theirs = (sparql.query(store, text) for store in (remote, gold_store))
    assert (set(ours) == set(theirs)) if isinstance(ours, tuple) and isinstance(theirs, tuple) else ours == theirs


def test_a_long_query_is_answered(remote: Store) -> None:
    many = " ".join(f"<urn:{'x' * 50}{i}>" for i in range(500))
    assert sparql.query(remote, f"ASK {{ VALUES ?g {{ {many} }} ?m kg:targets ?g }}") is False


def test_syntax_errors_have_their_place(remote: Store) -> None:
    with pytest.raises(QueryError) as caught:
        sparql.query(remote, "SELECT ?x {\n ?x a kg:Group ")
    assert caught.value.line == 2


@pytest.mark.parametrize("text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }"])
def test_changes_and_other_servers_are_refused(text: str, remote: Store) -> None:
    with pytest.raises(QueryError, match="refused"):
        sparql.query(remote, text)


def test_the_texts_are_missing_and_that_is_said(remote: Store) -> None:
    assert not remote.has_texts
    with pytest.raises(StoreError, match="no texts of articles; give the folder"):
        list(gaps_of_store(remote))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "哪些政策影响驻村干部？"], "驻村补贴"),
        (["ask", "policies-for-group", "--group", "驻村干部", "--evidence"], "[1]"),
        (["query", "SELECT (COUNT(?g) AS ?n) { ?g a kg:Group }"], "n\n"),
        (["explain", "group:驻村干部"], "驻村干部"),
        (["export", "-o", "-"], "@prefix"),
        (["stats"], "定远"),
        (["list"], "定远"),
        (["search", "村干部"], "村干部"),
    ],
)
def test_commands_print_what_they_print_of_a_folder(
    arguments: list[str], said: str, address: str, gold_store: FolderStore
) -> None:
    ours, theirs = (
        CliRunner().invoke(main, [*arguments, "--store", place]) for place in (address, str(gold_store.folder))
    )
    assert ours.exit_code == 0, ours.stderr
    assert ours.stdout == theirs.stdout
    assert said in ours.stdout or arguments[0] == "stats"


def test_validate_says_that_quotes_were_not_checked(address: str) -> None:
    done = CliRunner().invoke(main, ["validate", "--store", address, "--lang", "en"])
    assert "quotes were not checked" in done.stderr


def test_view_draws_the_graph_of_a_server(address: str, tmp_path: object) -> None:
    page = f"{tmp_path}/graph.html"
    done = CliRunner().invoke(main, ["view", "--store", address, "-o", page, "--around", "group:驻村干部"])
    assert done.exit_code == 0, done.stderr


def test_parameters_of_the_address_go_along(server: Server) -> None:
    with open_store(f"{server.address}?default-graph-uri=urn:a&default-graph-uri=urn:b"):
        assert server.forms[0]["default-graph-uri"] == ["urn:a", "urn:b"]


def test_an_ask_answered_by_a_table_is_understood(server: Server) -> None:
    server.asks_by_table = True
    with open_store(server.address) as store:
        assert sparql.query(store, "ASK { ?m kg:targets ?g }") is True
        assert sparql.query(store, "ASK { ?m kg:targets <urn:none> }") is False


def test_an_answer_that_was_cut_is_an_error(server: Server) -> None:
    with open_store(server.address) as store:
        server.most = 10
        with pytest.raises(StoreError, match="gives 10 of its"):
            store.graph()
        server.headers = {"X-SPARQL-MaxRows": "10"}
        with pytest.raises(QueryError, match="cuts answers at 10 rows"):
            store.select("SELECT * { ?s ?p ?o }")


def test_what_the_server_says_against_a_query_is_told(server: Server) -> None:
    with open_store(server.address) as store:
        server.status, server.said = 400, b"Virtuoso 37000 Error: no\n\nSPARQL query:\n..."
        with pytest.raises(QueryError, match=r"refuses the query: Virtuoso 37000 Error: no$"):
            store.select("SELECT * { ?s ?p ?o }")
        server.status = 404
        with pytest.raises(StoreError, match="status 404"):
            store.select("SELECT * { ?s ?p ?o }")


def test_a_page_is_no_answer(server: Server) -> None:
    server.said = b"<html>"
    with pytest.raises(StoreError, match=r"answers with text/html .* SPARQL endpoint"):
        open_store(server.address)


def test_a_query_that_takes_too_long_is_not_waited_for(server: Server) -> None:
    with open_store(server.address) as store:
        server.wait = 0.5
        with pytest.raises(QueryError, match=r"stopped after 0\.1 seconds"):
            sparql.query(store, "ASK { ?s ?p ?o }", seconds=0.1)


@pytest.mark.parametrize("place", ["http://127.0.0.1:9/sparql", "http://no.invalid/sparql"])
def test_a_server_that_is_not_there(place: str) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        open_store(place)


@pytest.mark.parametrize("place", ["http://", "http://me:secret@127.0.0.1/sparql"])
def test_an_address_that_is_none(place: str) -> None:
    with pytest.raises(StoreError, match="no address of a server"):
        open_store(place)


def test_a_closed_store_says_so(server: Server) -> None:
    store = open_store(server.address)
    store.close()
    with pytest.raises(StoreError, match="has been closed"):
        store.select("SELECT * { ?s ?p ?o }")


@NEEDS_VIRTUOSO
def test_virtuoso_tells_that_it_cuts_answers(gold_store: FolderStore, tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        virtuoso(tmp_path_factory.mktemp("cut"), gold_store.engine, rows=50) as address,
        open_store(address) as store,
        pytest.raises(QueryError, match="cuts answers at 50 rows"),
    ):
        store.select("SELECT * { ?s ?p ?o }")
