"""The page: our own template, filled with the network and everything that is known about it.

One file without a single request: styles, scripts and data stand inside, each script and style allowed by the hash
of its content, everything else forbidden. Texts reach the page as data and are only ever set as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .network import to_network
from .records import Records
from .terms import STATIC, load_terms, load_words

if TYPE_CHECKING:
    import networkx as nx

SCRIPTS: Final = (
    "vendor/vis-network.min",
    "dom",
    "words",
    "model",
    "state",
    "shapes",
    "labels",
    "graph",
    "legend",
    "search",
    "panel",
    "table",
    "scene",
    "download",
    "notices",
    "address",
    "toolbar",
    "keys",
    "main",
)
"""The scripts of the page, without their suffix, in the order in which they run."""

_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render(
    graph: nx.MultiDiGraph, *, lang: str = "zh", note: Mapping[str, str] | None = None, selected: str | None = None
) -> bytes:
    """The page that shows the graph, as UTF-8; the same graph gives the same bytes.

    `lang` (zh or en) is the language in which it opens; `note` holds, in both, a line below the title, such as the
    question asked; `selected` is a node that it opens with, in the middle and with its details shown. An empty graph
    gives a page that says so.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
    )
    style = _static("page.css")
    scripts = [_static(f"{name}.js") for name in SCRIPTS]
    words = load_words() | {"note": dict(note or {"zh": "", "en": ""})}
    page = environment.get_template("page.html").render(
        lang=lang,
        words={key: names[lang] for key, names in words.items()},
        policy=_policy(style, scripts),
        style=style,
        scripts=scripts,
        data=_island({"lang": lang, "words": words, "selected": selected} | _data(graph)),
    )
    return page.encode("utf-8", errors="replace")


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _policy(style: str, scripts: Iterable[str]) -> str:
    """The content security policy: nothing but these scripts, this style, and images the page itself makes."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _island(data: Mapping[str, Any]) -> str:
    """JSON that can stand inside a script element, whatever its texts hold."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).translate(_UNSAFE)


def _data(graph: nx.MultiDiGraph) -> dict[str, Any]:
    network, records = to_network(graph), Records(graph)
    nodes = [records.about(node, graph.nodes[node]) for node in sorted(graph)]
    edges = [records.about(key, graph.edges[a, b, key]) for a, b, key in sorted(graph.edges(keys=True))]
    return {
        **load_terms(),
        "articles": [{"iri": iri, "title": name} for iri, name in records.articles.items()],
        "figures": [records.cite(figure) for figure in records.figures.values()],
        "options": network.options,
        "nodes": [drawn | {"about": about} for drawn, about in zip(network.nodes, nodes, strict=True)],
        "edges": [drawn | {"about": about} for drawn, about in zip(network.edges, edges, strict=True)],
    }
