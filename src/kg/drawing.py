"""What `kg view` draws: the whole graph, or the part that names, types, a place or questions single out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UnknownName
from .files import replacing
from .model import EntityType
from .names import lookup
from .namespaces import KG
from .networks import to_networkx
from .questions import answer
from .replies import Asked, understand
from .store import Store
from .tables import Iri
from .view import render, select
from .wording import LANGUAGES, Lang

if TYPE_CHECKING:
    from networkx import MultiDiGraph

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
    """Write the page; the number of nodes on it.

    Raises UnknownName for a name, type or question that is not known, or for a node that no article names.
    """
    unknown = next((name for name in types if name not in TYPES), None)
    if unknown is not None:
        raise UnknownName("type", unknown, TYPES)
    whole = to_networkx(store)
    centre = _find(store, whole, around) if around else None
    within = _find(store, whole, place, types=("Place",)) if place else None
    asked = [_ask(store, wording, lang=lang) for wording in wordings]
    nodes = answered(store, asked) if asked else None
    graph = select(whole, around=centre, depth=depth, types=types, place=within, nodes=nodes)
    shown = [node for node in (centre, *(KG[name] for name in types), within) if node]
    note: dict[str, str] = {each: _note(store, shown, asked, lang=each) for each in LANGUAGES}
    with replacing(page) as out:
        out.write(render(graph, lang=lang, note=note, selected=centre))
    return len(graph)


def answered(store: Store, asked: Iterable[Asked]) -> frozenset[str]:
    """Every node in the answers of questions, and in their parameters."""
    found: set[str] = set()
    for one in asked:
        rows = answer(store, one.question, one.values)
        found |= {str(value) for row in rows.rows for value in row if isinstance(value, Iri)}
        found |= set(one.values.values())
    return frozenset(found)


def _ask(store: Store, wording: str, *, lang: Lang) -> Asked:
    """A question given by name, its parameters behind it, or in free wording."""
    name, *arguments = wording.split(" --")
    return understand(store, name, [part for a in arguments for part in f"--{a}".split(" ", 1)], lang=lang)


def _find(store: Store, graph: MultiDiGraph, name: str, *, types: Sequence[str] = ()) -> str:
    iri = lookup(store, name, types=types).iri
    if iri not in graph:
        raise UnknownName("node to draw", name, hint="No article names it; `kg explain` shows what follows for it.")
    return iri


def _note(store: Store, nodes: Sequence[str], asked: Sequence[Asked], *, lang: Lang) -> str:
    """What the page shows, in a few words of that language: names, types, questions with their parameters."""
    labels = store.labels([*nodes, *(iri for one in asked for iri in one.values.values())], lang=lang)
    titled = ((one.question.title[lang], *(labels[iri] for iri in one.values.values())) for one in asked)
    return " · ".join([*(labels[node] for node in nodes), *chain.from_iterable(titled)])
