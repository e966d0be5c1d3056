"""What `kg view` draws: the whole graph, or the part that names, types, a place or questions single out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .errors import UnknownName
from .files import replacing
from .model import EntityType
from .names import lookup
from .networks import to_networkx
from .questions import answer
from .replies import understand
from .store import Store
from .tables import Iri
from .view import render, select
from .wording import Lang, say

TYPES = (*map(str, EntityType), "Article")


def draw(
    store: Store,
    page: Path,
    *,
    around: str | None = None,
    depth: int = 1,
    types: Sequence[str] = (),
    place: str | None = None,
    wordings: Sequence[str] = (),
    lang: Lang = "zh",
) -> int:
    """Write the page; the number of nodes on it. Raises UnknownName for a name, type or question that is not known."""
    unknown = next((name for name in types if name not in TYPES), None)
    if unknown is not None:
        raise UnknownName("type", unknown, TYPES)
    graph = select(
        to_networkx(store),
        around=lookup(store, around).iri if around else None,
        depth=depth,
        types=types,
        place=lookup(store, place, types=("Place",)).iri if place else None,
        nodes=answered(store, wordings, lang=lang) if wordings else None,
    )
    note = " · ".join(filter(None, [around, *types, place, *wordings]))
    content = render(graph, title=say("page_title", lang), lang=lang, note=note)
    with replacing(page) as out:
        out.write(content)
    return len(graph)


def answered(store: Store, wordings: Sequence[str], *, lang: Lang) -> frozenset[str]:
    """Every node in the answers of questions, given by name or in free wording, and in their parameters."""
    found: set[str] = set()
    for wording in wordings:
        name, *arguments = wording.split(" --")
        asked = understand(store, name, [part for a in arguments for part in f"--{a}".split(" ", 1)], lang=lang)
        rows = answer(store, asked.question, asked.values)
        found |= {str(value) for row in rows.rows for value in row if isinstance(value, Iri)}
        found |= set(asked.values.values())
    return frozenset(found)
