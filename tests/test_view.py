"""The page and the network behind it, without a browser: selection, positions, escaping, sameness."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from time import perf_counter
from typing import Any

import networkx as nx
import pytest

from graphs import ATTACK, BASE, add_edge, add_node, gold_graph, hostile_graph, large_graph
from kg.errors import UnknownName
from kg.model import EntityType, Level, Predicate, Role
from kg.view import render, select
from kg.view.layout import SPACING, place_nodes
from kg.view.network import to_network
from kg.view.page import SCRIPTS
from kg.view.terms import STATIC, load_terms, load_words


@pytest.fixture(scope="module")
def gold() -> nx.MultiDiGraph:
    return gold_graph()


def small_graph() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for name, kind in [
        ("d", "PolicyDocument"),
        ("m", "Mechanism"),
        ("g", "Group"),
        ("h", "Group"),
        ("o", "Organisation"),
    ]:
        add_node(graph, name, kind, f"名{name}")
    for name in ("p", "q"):
        add_node(graph, name, "Place", f"地{name}")
    graph.nodes["h"]["figures"] = [{"place": "地q", "article": "a", "title": "t"}]
    for edge in [("d", "establishes", "m"), ("m", "targets", "g"), ("q", "partOf", "p"), ("d", "appliesIn", "q")]:
        add_edge(graph, *edge)
    add_edge(graph, "o", "locatedIn", "p")
    return graph


def island(page: bytes) -> dict[str, Any]:
    """The data that stand in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


# Selection


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        ({}, "dmghopq"),
        ({"around": "m"}, "mdg"),
        ({"around": "g", "depth": 2}, "gmd"),
        ({"around": "g", "depth": 0}, "g"),
        ({"types": ["Group", "Mechanism"]}, "mgh"),
        ({"around": "d", "types": ["Mechanism"]}, "dm"),
        ({"place": "q"}, "qdh"),
        ({"place": "p"}, "pqdoh"),
        ({"nodes": {"g", "m", "unknown"}}, "gm"),
        ({"nodes": set()}, ""),
    ],
)
def test_selection(wishes: dict[str, Any], kept: str) -> None:
    assert set(select(small_graph(), **wishes)) == set(kept)


def test_a_selection_is_a_copy_with_its_edges() -> None:
    graph = small_graph()
    part = select(graph, around="m")
    part.remove_node("m")
    assert "m" in graph
    assert select(graph, around="m").has_edge("d", "m", "establishes")


@pytest.mark.parametrize("wish", ["around", "place"])
def test_an_unknown_node_is_named(wish: str) -> None:
    with pytest.raises(UnknownName, match="nowhere"):
        select(small_graph(), **{wish: "nowhere"})


# Positions


def test_every_node_has_a_place_of_its_own_and_none_flies_away(gold: nx.MultiDiGraph) -> None:
    places = place_nodes(gold)
    assert places.keys() == set(gold)
    assert len(set(places.values())) == len(places)
    width, height = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True))
    assert width * height < (2.5 * SPACING) ** 2 * len(places)
    assert 0.5 < width / height < 2.5


def test_linked_nodes_stand_near_each_other(gold: nx.MultiDiGraph) -> None:
    places = place_nodes(gold)
    gaps = sorted(
        ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5 for a, b in set(gold.edges())
    )
    assert gaps[len(gaps) // 2] < 3 * SPACING


def test_parts_do_not_overlap() -> None:
    graph = nx.MultiDiGraph()
    for part in range(6):
        for leaf in range(1, 12 - part):
            for node in (0, leaf):
                add_node(graph, f"{part} {node}", "Group", "x")
            add_edge(graph, f"{part} 0", "targets", f"{part} {leaf}")
    places = place_nodes(graph)
    gaps = [
        abs(places[a][0] - places[b][0]) + abs(places[a][1] - places[b][1])
        for a in graph
        for b in graph
        if a.split()[0] != b.split()[0]
    ]
    assert min(gaps) > SPACING / 2


def test_no_two_marks_overlap(gold: nx.MultiDiGraph) -> None:
    for graph in (gold, select(gold, around=f"{BASE}place/定远县"), large_graph(400)):
        nodes = to_network(graph).nodes
        for number, one in enumerate(nodes):
            for other in nodes[:number]:
                gap = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
                assert gap > one["size"] + other["size"]


def test_a_graph_without_nodes_has_no_places() -> None:
    assert place_nodes(nx.MultiDiGraph()) == {}


def test_a_part_too_large_for_all_pairs_is_still_spread_out() -> None:
    graph = nx.MultiDiGraph()
    for node in range(2101):
        add_node(graph, f"{node:04}", "Group", "x")
    nx.add_path(graph, sorted(graph))
    assert len(set(place_nodes(graph).values())) > 2000


# The pyvis network


def test_the_network_says_nothing_by_its_names(gold: nx.MultiDiGraph) -> None:
    network = to_network(gold)
    assert network.directed
    assert all(re.fullmatch(r"n\d+", node["id"]) and "title" not in node for node in network.nodes)
    assert all(re.fullmatch(r"e\d+", edge["id"]) and "title" not in edge for edge in network.edges)


def test_nothing_moves_and_edges_are_straight(gold: nx.MultiDiGraph) -> None:
    network = to_network(gold)
    assert network.options["physics"] == {"enabled": False}
    assert network.options["edges"]["smooth"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in network.nodes)


def test_parallel_edges_are_kept_and_bow_apart() -> None:
    graph = small_graph()
    add_edge(graph, "d", "targets", "m")
    add_edge(graph, "d", "affects", "m", derived=True)
    edges = [edge for edge in to_network(graph).edges if (edge["from"], edge["to"]) == ("n0", "n3")]
    assert len(edges) == 3
    assert sorted(edge["dashes"] for edge in edges) == [False, False, True]
    assert [edge.get("smooth", {}).get("roundness") for edge in edges if not edge["dashes"]] == [None, 0.14]


def test_derived_edges_neither_move_nor_enlarge_nodes_that_have_others() -> None:
    before = to_network(small_graph()).nodes
    graph = small_graph()
    add_edge(graph, "d", "affects", "g", derived=True)
    assert to_network(graph).nodes == before
    add_edge(graph, "d", "affects", "h", derived=True)
    assert to_network(graph).nodes != before, "a node with derived edges only stands beside its neighbours"


def test_hubs_are_larger(gold: nx.MultiDiGraph) -> None:
    sizes = {node["id"]: node["size"] for node in to_network(gold).nodes}
    by_degree = sorted(sorted(gold), key=gold.degree)
    ids = {name: f"n{number}" for number, name in enumerate(sorted(gold))}
    assert sizes[ids[by_degree[0]]] < sizes[ids[by_degree[-1]]] <= 36


# The page


def test_the_same_graph_gives_the_same_bytes_in_any_locale(gold: nx.MultiDiGraph, tmp_path: Path) -> None:
    script = (
        "import sys; from graphs import gold_graph; from kg.view import render;"
        "sys.stdout.buffer.write(render(gold_graph()))"
    )
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "7"}
    env = os.environ | bare | {"PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, cwd=tmp_path, check=True)
    assert done.stdout == render(gold)
    assert list(tmp_path.iterdir()) == [], "pyvis left files in the working folder"


def test_the_page_asks_for_nothing(gold: nx.MultiDiGraph) -> None:
    page = render(gold).decode()
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert re.findall(r"""(?:src|href)=["'](?!data:)""", re.sub(r"<script.*?</script>", "", page, flags=re.S)) == []
    assert "cdn" not in re.sub(r"<script.*?</script>", "", page, flags=re.S).lower()
    assert "sourceMappingURL" not in page


def test_the_policy_allows_exactly_the_scripts_of_the_page(gold: nx.MultiDiGraph) -> None:
    page = render(gold).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src ")
    assert "unsafe" not in policy[1]
    allowed = {b64decode(digest) for digest in re.findall(r"sha256-([^&]*)&#39;", policy[1])}
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert len(scripts) == len(SCRIPTS)
    assert allowed == {hashlib.sha256(part.encode()).digest() for part in scripts + style}


def test_hostile_texts_stay_data() -> None:
    page = render(hostile_graph(), note={"zh": ATTACK, "en": ATTACK})
    data = island(page)
    assert {node["label"] for node in data["nodes"]} == {ATTACK}
    assert data["words"]["note"]["zh"] == ATTACK
    outside = re.sub(rb"<script.*?</script>", b"", page, flags=re.S)
    assert b"<img" not in outside
    assert page.count(b"<script") == page.count(b"</script>") == len(SCRIPTS) + 1


def test_title_and_note_stand_in_both_languages(gold: nx.MultiDiGraph) -> None:
    page = render(gold, lang="en", note={"zh": "脱贫攻坚", "en": "Poverty relief"})
    words = island(page)["words"]
    assert words["title"] == {"zh": "政策知识图谱", "en": "Policy knowledge graph"}
    assert words["note"] == {"zh": "脱贫攻坚", "en": "Poverty relief"}
    assert '<title data-word="title">Policy knowledge graph</title>' in page.decode()
    assert '<span data-word="note">Poverty relief</span>' in page.decode()


def test_a_figure_stands_once_though_two_nodes_have_it(gold: nx.MultiDiGraph) -> None:
    data = island(render(gold))
    references = [number for node in data["nodes"] for number in node["about"].get("figures", ())]
    assert set(references) == set(range(len(data["figures"])))
    assert len(references) > len(data["figures"])


def test_half_a_character_spoils_nothing() -> None:
    graph = small_graph()
    graph.nodes["g"]["label"] = "半\ud800"
    assert "半?" in {node["label"] for node in island(render(graph, note={"zh": "\ud800", "en": ""}))["nodes"]}


def test_an_empty_graph_makes_a_page() -> None:
    data = island(render(nx.MultiDiGraph()))
    assert data["nodes"] == data["edges"] == data["figures"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_opens_in_its_language(lang: str) -> None:
    page = render(nx.MultiDiGraph(), lang=lang).decode()
    assert f'placeholder="{load_words()["search"][lang]}"' in page


def test_a_large_graph_is_drawn_in_reasonable_time() -> None:
    graph, begin = large_graph(1500), perf_counter()
    page = render(graph)
    assert perf_counter() - begin < 15
    assert len(island(page)["nodes"]) == 1500


# Words and looks


def test_every_type_and_predicate_has_a_look_and_names_from_the_ontology() -> None:
    terms = load_terms()
    assert terms["types"].keys() == {*map(str, EntityType), "Article"}
    assert terms["predicates"].keys() == {*map(str, Predicate), "affects", "within"}
    for table in terms.values():
        assert all(look["zh"] != name and {"en", "light", "dark"} <= look.keys() for name, look in table.items())


def test_no_two_types_look_alike() -> None:
    looks = load_terms()["types"].values()
    assert len({(look["shape"], look.get("hollow", False)) for look in looks}) == len(looks)
    assert len({look["light"] for look in looks}) == len({look["dark"] for look in looks}) == len(looks)


def test_every_word_has_both_languages_and_every_word_used_is_there() -> None:
    words = load_words()
    assert all(set(names) == {"zh", "en"} and all(names.values()) for names in words.values())
    needed = {f"role.{role}" for role in Role} | {f"level.{level}" for level in Level}
    needed |= {f"by.{name}" for name in load_terms()["predicates"]}
    code = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    needed |= set(re.findall(r'words\.word\("([\w.]+)"\)', code))
    template = (STATIC.parent / "templates" / "page.html").read_text(encoding="utf-8")
    needed |= set(re.findall(r'text\("(\w+)"\)', template)) | set(re.findall(r'"(key\w+)"', template))
    assert needed - {"note"} <= words.keys(), "only the note comes from who makes the page"


def test_every_script_is_used_and_free_of_dangerous_doors() -> None:
    own = {path.stem: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}
    assert own.keys() == {name for name in SCRIPTS if "/" not in name}
    for name, code in own.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code), (
            name
        )


def test_the_licences_of_the_vendored_library_stand_beside_it() -> None:
    vendor = STATIC / "vendor"
    assert "MIT License" in (vendor / "vis-network.LICENSE-MIT.txt").read_text(encoding="utf-8")
    assert "Apache License" in (vendor / "vis-network.LICENSE-APACHE-2.0.txt").read_text(encoding="utf-8")
    assert "dual licensed" in (vendor / "vis-network.min.js").read_text(encoding="utf-8")[:1500]


def test_importing_the_view_loads_nothing_heavy() -> None:
    script = "import sys, kg.view; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"pyvis", "IPython", "numpy", "networkx", "jinja2"} & set(done.stdout.split())


def test_places_are_found_by_the_name_or_the_iri_of_the_figure() -> None:
    graph = small_graph()
    graph.nodes["g"]["figures"] = [{"place": "q", "article": "a", "title": "t"}]
    assert {"g", "h"} <= set(select(graph, place="q"))


def test_gold_graph_is_as_large_as_the_view_is_made_for(gold: nx.MultiDiGraph) -> None:
    assert len(gold) > 250
    assert any(node.startswith(f"{BASE}mech/") for node in gold)
