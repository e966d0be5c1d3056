"""The readings that a store holds: adding them and taking them out.

What a reading gives stands in the default graph. What another reading may give as well (all but its claims and
figures) is also kept in a named graph of the reading's own, so that taking one out leaves what the others hold. The
triples of the vocabulary have such a graph, too. The order in which readings come makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from .graph import to_ntriples, vocabulary_ntriples
from .identifiers import mint_article, mint_run
from .inference import doubt, follow, infer, premises, settle
from .model import Article, Reading
from .namespaces import KINDS, RDF
from .store import Draft, FolderDraft
from .store.layout import DOUBTFUL, VOCABULARY

_USED: Final = "SELECT ?run ?article WHERE { ?run prov:used ?article }"
_MAKING: Final = "SELECT ?node WHERE { ?node prov:wasGeneratedBy ?run }"
_MENTIONING: Final = "SELECT ?thing WHERE { ?article schema:mentions ?thing }"
_END: Final = " .\n"
_OWN: Final = (KINDS["claim"], KINDS["obs"])
"""The kinds of node that belong to one reading alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading ready for a store: its article, the IRI of its run, its triples as lines of N-Triples.

    `manner` is what besides the article and its reader made it what it is, "" for nothing.
    """

    article: Article
    run: str
    lines: tuple[str, ...]
    manner: str = ""


def enter(reading: Reading, *, base: str) -> Entry:
    """The entry of a reading for a store under this base."""
    article = mint_article(reading.article.id, base=base)
    return Entry(reading.article, mint_run(reading.reader, article, base=base), tuple(to_ntriples(reading, base=base)))


def add(draft: Draft, entries: Iterable[Entry]) -> None:
    """Add readings that the store does not hold, and all that follows from them; to a new store, the vocabulary too."""
    claims: list[str] = []
    articles: list[str] = []
    if isinstance(draft, FolderDraft) and draft.is_new():
        draft.is_anew = True
        draft.load(_quads(draft, entries, claims, articles, vocabulary=True))
        infer(draft.engine, base=draft.base)
        return
    draft.load(_quads(draft, entries, claims, articles, vocabulary=False))
    follow(draft.graph, map(ox.NamedNode, claims), map(ox.NamedNode, articles), base=draft.base)


def _quads(
    draft: Draft, entries: Iterable[Entry], claims: list[str], articles: list[str], *, vocabulary: bool
) -> Iterator[str]:
    """The lines of N-Quads of entries; tells which claims and articles came."""
    if vocabulary:
        yield from _twice(vocabulary_ntriples(draft.base), f"{draft.base}{VOCABULARY}", ())
    own, ends = tuple(f"<{draft.base}{kind}/" for kind in _OWN), premise_ends()
    for entry in entries:
        draft.add(entry.article)
        yield from _twice(entry.lines, entry.run, own)
        claims += claims_of(entry, ends)
        articles.append(mint_article(entry.article.id, base=draft.base))


def premise_ends() -> tuple[str, ...]:
    """How the lines end that tell of a claim from which something may follow."""
    return tuple(f"<{RDF.predicate}> <{predicate}>{_END}" for predicate in premises())


def claims_of(entry: Entry, ends: tuple[str, ...]) -> Iterator[str]:
    """The claims of a reading from which something may follow, by how their lines end."""
    return (line[1 : line.index(">")] for line in entry.lines if line.endswith(ends))


def _twice(lines: Iterable[str], graph: str, own: tuple[str, ...]) -> Iterator[str]:
    """The lines for the default graph and, but for those of nodes of its own, for the named one; many at once."""
    known = tuple(lines)
    yield "".join(known)
    yield "".join(line for line in known if not line.startswith(own)).replace(_END, f" <{graph}>{_END}")


def remove(draft: Draft, runs: Iterable[str]) -> None:
    """Take readings out, each by the IRI of its run, and all that followed from them alone.

    Broken off at any moment, it can be called again.
    """
    going = sorted(map(ox.NamedNode, runs), key=str)
    if not going:
        return
    draft.begin(going)
    graph, doubtful = draft.graph, ox.NamedNode(f"{draft.base}{DOUBTFUL}")
    _let_go(draft, going)
    own = {node for (node,) in graph.select(_MAKING, "?run", going)}
    touched = [{thing for (thing,) in graph.select(_MENTIONING, graph=run)} for run in going]
    doubt(graph, own, touched, doubtful)
    graph.delete(list(graph.about(own)))
    for run in going:
        graph.delete(graph.alone(run))
        graph.drop(run)
    settle(graph, doubtful, base=draft.base)


def _let_go(draft: Draft, going: Sequence[ox.NamedNode]) -> None:
    """Tell which articles change, and let go of the texts that only these readings read."""
    articles = {article for _, article in draft.graph.select(_USED, "?run", going)}
    kept = {article for run, article in draft.graph.select(_USED, "?article", articles) if run not in going}
    for article in articles:
        id = article.value.rsplit("/", 1)[-1]
        draft.touch(id)
        if article not in kept:
            draft.drop(id)
