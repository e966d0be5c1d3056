"""Graphs to draw, in the shape that `networks.to_networkx` gives: of the gold facts, hostile, large, empty."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx

GOLD = Path(__file__).parents[1] / "data" / "gold"
BASE = "https://w3id.org/policykg/"
FOLDERS = {
    "PolicyDocument": "doc",
    "Organisation": "org",
    "Place": "place",
    "Person": "person",
    "Group": "group",
    "Mechanism": "mech",
    "Outcome": "outcome",
    "Article": "article",
}


def gold_graph() -> nx.MultiDiGraph:
    """The gold facts of both articles, with `affects` as inference gives it and one group with an English name."""
    graph = nx.MultiDiGraph()
    for name in ("dingyuan", "neimenggu"):
        _add_article(graph, name)
    targets = {(a, b) for a, b, key in graph.edges(keys=True) if key == "targets"}
    chains = {(d, g) for d, m, key in graph.edges(keys=True) if key == "establishes" for t, g in targets if t == m}
    graph.nodes[f"{BASE}group/村干部"]["label_en"] = "Village cadres"
    for start, end in sorted(targets | chains):
        add_edge(graph, start, "affects", end, derived=True)
    return graph


def _add_article(graph: nx.MultiDiGraph, name: str) -> None:
    text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
    title, article = text.splitlines()[0].strip(), f"{BASE}article/{name}"
    add_node(graph, article, "Article", title)
    lines = (GOLD / f"{name}.facts.jsonl").read_text(encoding="utf-8").splitlines()
    names = {"@article": article}
    for fact in sorted(map(json.loads, filter(None, lines)), key=lambda fact: fact["kind"] != "entity"):
        start, source = text.find(fact["quote"]), {"quote": fact["quote"], "article": article, "title": title}
        said = source | {"start": start, "end": start + len(fact["quote"]), "rule": "reader", "confidence": 1.0}
        if fact["kind"] == "entity":
            scope = f"{name}_" if fact["type"] in {"Mechanism", "Outcome"} else ""
            names[fact["name"]] = f"{BASE}{FOLDERS[fact['type']]}/{scope}{fact['name']}"
            node = add_node(graph, names[fact["name"]], fact["type"], fact["name"], post=fact.get("post"))
            node["also"] = sorted({*node["also"], *fact.get("also", [])})
            node["quotes"] = [*node["quotes"], said]
            node["articles"] = sorted({*node["articles"], article})
        elif fact["kind"] == "relation":
            add_edge(graph, names[fact["subject"]], fact["predicate"], names[fact["object"]], quotes=[said])
        else:
            keys = ("indicator", "value", "unit", "time", "role", "level", "place")
            for owner in {names[fact[key]] for key in ("of", "place") if fact[key]}:
                graph.nodes[owner]["figures"].append({key: fact[key] for key in keys} | said)


def add_node(graph: nx.MultiDiGraph, iri: str, kind: str, label: str, **attributes: Any) -> dict[str, Any]:
    if iri not in graph:
        empty = {"also": [], "post": None, "kinds": [], "quotes": [], "figures": [], "articles": []}
        graph.add_node(iri, type=kind, label=label, **(empty | attributes))
    node: dict[str, Any] = graph.nodes[iri]
    return node


def add_edge(
    graph: nx.MultiDiGraph, start: str, predicate: str, end: str, *, derived: bool = False, quotes: Any = ()
) -> None:
    known = graph.edges[start, end, predicate]["quotes"] if graph.has_edge(start, end, predicate) else []
    graph.add_edge(start, end, key=predicate, predicate=predicate, derived=derived, quotes=[*known, *quotes])


ATTACK = (
    "<img src=x onerror=alert(1)></script><script>alert(2)</script><!--<script>"
    "<a href=\"javascript:alert(3)\" onclick='alert(4)'>href</a>\"'`${alert(5)}\u2028\u2029&lt;b&gt;{{7*7}}\u0007"
)
"""A text that tries every door: tags, script ends, comments, attributes, templates, line signs, control signs."""


def hostile_graph() -> nx.MultiDiGraph:
    """Every text field holds the attack, names of nodes included."""
    graph = nx.MultiDiGraph()
    quote = {"quote": ATTACK, "article": f"urn:a{ATTACK}", "title": ATTACK}
    figure = dict.fromkeys(("indicator", "unit", "time", "place", "role", "level", "value"), ATTACK) | quote
    said = quote | {"start": 0, "end": 9, "rule": ATTACK, "confidence": 1.0}
    fields = {"also": [ATTACK], "post": ATTACK, "kinds": [{"zh": ATTACK, "en": ATTACK}], "quotes": [said]}
    for kind in FOLDERS:
        add_node(graph, f"urn:{kind}{ATTACK}", kind, ATTACK, **fields, figures=[figure], articles=[f"urn:a{ATTACK}"])
    names = sorted(graph)
    for start, end in pairwise(names):
        add_edge(graph, start, "targets", end, quotes=[said])
        add_edge(graph, start, "affects", end, derived=True)
    return graph


def large_graph(size: int) -> nx.MultiDiGraph:
    """A graph with hubs, about twice as many edges as nodes."""
    graph, kinds = nx.MultiDiGraph(), list(FOLDERS)
    for number, (start, end, _) in enumerate(nx.scale_free_graph(size, seed=1).edges(keys=True)):
        for node in (start, end):
            add_node(graph, f"{BASE}group/{node}", kinds[node % len(kinds)], f"节点{node}")
        add_edge(graph, f"{BASE}group/{start}", ("targets", "partOf", "operates")[number % 3], f"{BASE}group/{end}")
    return graph
