"""How types and predicates are called and drawn: names from the ontology, looks from `static/style.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from ..namespaces import KG
from ..wording import term_labels

STATIC: Final = Path(__file__).parent / "static"


@cache
def load_terms() -> dict[str, dict[str, Any]]:
    """`types` and `predicates`, each a table from local name to zh, en, colours and shape, in the legend's order."""
    style: dict[str, dict[str, Any]] = json.loads((STATIC / "style.json").read_text(encoding="utf-8"))
    return {
        kind: {name: term_labels()[KG[name]] | looks for name, looks in table.items()} for kind, table in style.items()
    }


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Every word of the page's own, by key, in zh and en."""
    words: dict[str, dict[str, str]] = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
    return words
