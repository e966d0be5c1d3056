"""The readings that a store holds: adding them and taking them out.

What a reading gives stands in the default graph. What another reading may give as well (all but its claims and
figures) is also kept in a named graph of the reading's own, so that taking one out leaves what the others hold. The
triples of the vocabulary have such a graph, too. The order in which readings come makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from .graph import to_ntriples, vocabulary_ntriples
from .identifiers import mint_article, mint_run
from .inference import follow, infer, retract
from .model import Article, Reading
from .namespaces import KINDS, PROV, SCHEMA
from .store import Draft
from .store.nodes import DEFAULT, forget, objects, subjects

_MADE_BY, _USED, _MENTIONS = (ox.NamedNode(iri) for iri in (PROV.wasGeneratedBy, PROV.used, SCHEMA.mentions))
_END: Final = " .\n"
_OWN: Final = (KINDS["claim"], KINDS["obs"])
"""The kinds of node that belong to one reading alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading ready for a store: its article, the IRI of its run, its triples as lines of N-Triples."""

    article: Article
    run: str
    lines: tuple[str, ...]


def enter(reading: Reading, *, base: str) -> Entry:
    """The entry of a reading for a store under this base."""
    article = mint_article(reading.article.id, base=base)
    return Entry(reading.article, mint_run(reading.reader, article, base=base), tuple(to_ntriples(reading, base=base)))


def add(draft: Draft, entries: Iterable[Entry]) -> None:
    """Add readings that the store does not hold, and all that follows from them; to a new store, the vocabulary too."""
    fresh = next(draft.engine.quads_for_pattern(None, None, None, _vocabulary(draft.base)), None) is None
    claims: list[str] = []
    articles: list[str] = []
    draft.load(_quads(draft, entries, claims, articles, vocabulary=fresh))
    if fresh:
        draft.is_anew = True
        infer(draft.engine, base=draft.base)
    else:
        follow(draft.engine, claims, articles, base=draft.base)


def _quads(
    draft: Draft, entries: Iterable[Entry], claims: list[str], articles: list[str], *, vocabulary: bool
) -> Iterator[str]:
    """The lines of N-Quads of entries; tells which claims and articles came."""
    if vocabulary:
        yield from _twice(vocabulary_ntriples(draft.base), _vocabulary(draft.base).value, ())
    own = tuple(f"<{draft.base}{kind}/" for kind in _OWN)
    for entry in entries:
        draft.add(entry.article)
        yield from _twice(entry.lines, entry.run, own)
        claims += dict.fromkeys(line[1 : line.index(">")] for line in entry.lines if line.startswith(own[0]))
        articles.append(mint_article(entry.article.id, base=draft.base))


def _vocabulary(base: str) -> ox.NamedNode:
    """The named graph of the vocabulary."""
    return ox.NamedNode(f"{base}{KINDS['run']}/vocabulary")


def _twice(lines: Iterable[str], graph: str, own: tuple[str, ...]) -> Iterator[str]:
    """The lines for the default graph and, but for those of nodes of its own, for the named one."""
    for line in lines:
        yield line
        if not line.startswith(own):
            yield f"{line.removesuffix(_END)} <{graph}>{_END}"


def remove(draft: Draft, runs: Iterable[str]) -> None:
    """Take readings out, each by the IRI of its run, and all that followed from them alone."""
    for run in runs:
        _remove(draft, ox.NamedNode(run))


def _remove(draft: Draft, run: ox.NamedNode) -> None:
    store = draft.engine
    article = objects(store, run, _USED)[0]
    mentioned = {node.value for node in objects(store, article, _MENTIONS, run)}
    own = subjects(store, _MADE_BY, run)
    for node in own:
        forget(store, node)
    shared = list(store.quads_for_pattern(None, None, None, run))
    store.remove_graph(run)
    for quad in shared:
        holders = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(held.graph_name == DEFAULT for held in holders):
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    retract(store, [node.value for node in own], mentioned, base=draft.base)
    id = article.value.rsplit("/", 1)[-1]
    draft.touch(id)
    if not subjects(store, _USED, article):
        draft.drop(id)
