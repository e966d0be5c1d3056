"""What the page knows about nodes and edges, with articles and figures listed once and referred to by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


class Records:
    """The attributes of a graph in a form fit for JSON.

    `articles` maps the IRI of every article quoted or drawn to its title. `figures` holds every figure once, though
    it may stand at several nodes: at what it belongs to and at its place.
    """

    def __init__(self, graph: nx.MultiDiGraph):
        nodes = [graph.nodes[node] for node in sorted(graph)]
        everything = nodes + [data for *_, data in graph.edges(data=True)]
        figures = [figure for data in nodes for figure in data.get("figures", ())]
        quotes = [quote for data in everything for quote in data.get("quotes", ())]
        titles = {iri: iri for data in nodes for iri in data.get("articles", ())}
        titles |= {item["article"]: item["title"] for item in quotes + figures}
        titles |= {node: data["label"] for node, data in graph.nodes(data=True) if data["type"] == "Article"}
        self.articles: dict[str, str] = dict(sorted(titles.items()))
        self.figures: dict[tuple[str, ...], Mapping[str, Any]] = {_key(figure): figure for figure in figures}
        self._articles = {iri: number for number, iri in enumerate(self.articles)}
        self._figures = {key: number for number, key in enumerate(self.figures)}

    def about(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """What is known about a node or an edge, `name` being its IRI or its predicate; what is empty is left out."""
        numbered = {
            "quotes": [self.cite(quote) for quote in data.get("quotes", ())],
            "figures": [self._figures[_key(figure)] for figure in data.get("figures", ())],
            "articles": [self._articles[iri] for iri in data.get("articles", ())],
        }
        return {"iri": name} | {
            key: value for key, value in (dict(data) | numbered).items() if value not in (None, [], "")
        }

    def cite(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """A quote or a figure with the number of its article in place of the article's IRI and title."""
        return {key: value for key, value in item.items() if key != "title" and value is not None} | {
            "article": self._articles[item["article"]]
        }


def _key(figure: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in sorted(figure.items()))
