"""How types and predicates are called and drawn: names from the ontology, looks from `static/style.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from ..namespaces import KG, RDFS
from ..resources import knowledge_triples

STATIC: Final = Path(__file__).parent / "static"


@cache
def load_terms() -> dict[str, dict[str, Any]]:
    """`types` and `predicates`, each a table from local name to zh, en, colours and shape, in the legend's order."""
    style: dict[str, dict[str, Any]] = json.loads((STATIC / "style.json").read_text(encoding="utf-8"))
    labels = _labels()
    return {
        kind: {name: labels.get(name, {"zh": name, "en": name}) | looks for name, looks in table.items()}
        for kind, table in style.items()
    }


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Every word of the page's own, by key, in zh and en."""
    words: dict[str, dict[str, str]] = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
    return words


def _labels() -> dict[str, dict[str, str]]:
    from pyoxigraph import Literal, NamedNode

    labels: dict[str, dict[str, str]] = {}
    for triple in knowledge_triples("kg.ttl"):
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and triple.predicate.value == RDFS.label and isinstance(value, Literal):
            local = subject.value.removeprefix(KG.iri)
            labels.setdefault(local, {})[value.language or "en"] = value.value
    return labels
