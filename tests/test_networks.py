"""The network holds every entity that articles name, with its relations and quotes, in the form that the view draws."""

from __future__ import annotations

from collections import Counter

from kg.model import EntityType, Predicate
from kg.networks import to_networkx
from kg.stats import stats
from kg.store import Store

BASE = "https://w3id.org/policykg/"


def test_nodes_are_what_articles_name_and_the_articles(gold_store: Store) -> None:
    network = to_networkx(gold_store)
    named = gold_store.select("SELECT DISTINCT ?s { ?c a kg:Claim ; rdf:predicate rdf:type ; rdf:subject ?s }").column(
        "s"
    )
    assert set(named) <= set(network.nodes)
    types = {about["type"] for _, about in network.nodes(data=True)}
    assert types == {*map(str, EntityType), "Article"}
    unnamed = set(network.nodes) - set(named)
    assert {network.nodes[node]["type"] for node in unnamed} == {"Article"}
    assert Counter(kind for _, kind in network.nodes(data="type") if kind != "Article") == {
        type.rsplit("#")[-1]: count for type, count, _ in stats(gold_store).sections["entities"].rows
    }, "as many of each type as the statistics count"


def test_edges_are_the_relations_with_their_quotes(gold_store: Store) -> None:
    network = to_networkx(gold_store)
    for predicate in (*map(str, Predicate), "affects", "within"):
        stored = {(s, o.value) for s, _, o in gold_store.triples(predicate=f"{BASE}ns#{predicate}")}
        stored = {(s, o) for s, o in stored if s in network and o in network}
        assert {(s, o) for s, o, key in network.edges(keys=True) if key == predicate} == stored
    for _, _, key, about in network.edges(keys=True, data=True):
        assert about["predicate"] == key
        assert about["derived"] == (key in ("affects", "within"))
        assert about["quotes"], "a derived edge shows what it rests on"


def test_a_node_carries_names_quotes_and_figures(gold_store: Store) -> None:
    network = to_networkx(gold_store)
    county = network.nodes[BASE + "place/定远县"]
    assert (county["type"], county["label"], county["post"]) == ("Place", "定远县", None)
    assert "该县" in county["also"]
    assert {kind["en"] for kind in county["kinds"]} == {"County"}
    assert county["figures"][0].keys() == {
        "indicator",
        "value",
        "unit",
        "time",
        "role",
        "level",
        "place",
        "quote",
        "article",
        "title",
        "start",
        "end",
        "landmark",
        "rule",
        "confidence",
    }
    (quote,) = county["quotes"]
    assert gold_store.article(quote["article"]).text[quote["start"] : quote["end"]] == quote["quote"] == "定远县"
    assert county["articles"] == [quote["article"]]


def test_groups_of_the_scheme_have_an_english_name(gold_store: Store) -> None:
    network = to_networkx(gold_store)
    assert network.nodes[BASE + "group/村干部"]["label_en"] == "Village cadres"
    assert "label_en" not in network.nodes[BASE + "place/定远县"]


def test_the_order_is_fixed(gold_store: Store) -> None:
    one, other = to_networkx(gold_store), to_networkx(gold_store)
    assert (
        list(one.nodes(data=True)) == list(other.nodes(data=True)) == sorted(one.nodes(data=True), key=lambda n: n[0])
    )
    assert list(one.edges(keys=True)) == list(other.edges(keys=True))


def test_a_document_carries_its_details_in_both_languages(notice_store: Store) -> None:
    network = to_networkx(notice_store)
    plan = network.nodes[BASE + "doc/蓟州区高龄老年人津贴发放办法"]
    assert [(detail["en"], detail["value"]["en"]) for detail in plan["details"]] == [
        ("in force from", "2022-06-01"),
        ("valid for", "5 years"),
        ("repeals", "蓟县高龄老年人津贴发放办法"),
        ("interpreted by", "蓟州区民政局"),
    ]
    (former,) = network.nodes[BASE + "place/蓟县"]["details"]
    assert (former["zh"], former["value"]["zh"]) == ("今为", "蓟州区")
    assert plan["quotes"][0]["landmark"] == "paragraph 4"
