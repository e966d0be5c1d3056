"""Writing to a server: SPARQL 1.1 Update for changes, the Graph Store Protocol for what comes in bulk.

A server is changed request by request. What comes or goes is noted there before anything else, so that the next writer
after one that was killed knows what to take out first. A whole graph is made in a folder and loaded beside the last
one, whose place it then takes in one request.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from ..errors import StoreError
from ..identifiers import mint_article
from ..model import Article
from ..namespaces import DEFAULT_BASE, PROV, RDF
from .archive import pack_article
from .engine import DEFAULT, Graph
from .layout import FILES, NEXT, TEXTS, UNFINISHED, VOCABULARY
from .reader import FolderStore
from .remote import RemoteStore
from .remote_engine import RemoteEngine
from .remote_lock import RemoteLock
from .writer import Draft, FolderDraft, create_store

_USED: Final = ox.NamedNode(PROV.used)
_BUILD: Final = ox.NamedNode("urn:kg:build")
_LONGEST: Final = 8000
"""How many characters of a text go into one literal."""
_TEXTS_AT_ONCE: Final = 50
_AT_ONCE: Final = 200
"""How many readings, or lines, are loaded together."""
_ANY: Final = "SELECT ?thing WHERE { ?thing a ?class } LIMIT 1"
_OPEN: Final = "SELECT ?who ?run WHERE { ?who prov:used ?run }"
_RUNS: Final = "SELECT ?run WHERE { ?run prov:used ?article }"


@contextmanager
def change_graph(address: str, *, base: str = DEFAULT_BASE) -> Iterator[Draft]:
    """A draft of what the server holds, changed request by request; an empty one is filled when the block ends well."""
    with _writing(address) as (store, lock):
        if store.is_empty():
            with _uploading(RemoteEngine(store, base, renew=lock.renew)) as draft:
                yield draft
            return
        changing = RemoteDraft(RemoteEngine(store, store.base, renew=lock.renew))
        if _BUILD.value in changing.unfinished():
            raise StoreError(f"the last `kg build` for {address} was not finished; run it again")
        if not list(changing.graph.select(_ANY, graph=_named(changing.graph, VOCABULARY))):
            hint = "fill it anew with `kg build`, or name another graph in the address"
            raise StoreError(f"the graph at {address} was not written by kg, so it cannot be changed by halves; {hint}")
        yield changing
        changing.done()


@contextmanager
def replace_graph(address: str, *, base: str = DEFAULT_BASE) -> Iterator[FolderDraft]:
    """An empty draft in a folder that takes the place of the server's graph when the block ends well."""
    with (
        _writing(address) as (store, lock),
        _uploading(RemoteEngine(store, base, renew=lock.renew)) as draft,
    ):
        yield draft


class RemoteDraft(Draft):
    """The graph of a server that is not empty, while it is being changed."""

    graph: RemoteEngine

    def __init__(self, engine: RemoteEngine):
        self.graph, self.base = engine, engine.base
        self._added: list[Article] = []

    def add(self, article: Article) -> None:
        self._added.append(article)

    def drop(self, id: str) -> None:
        _forget_texts(self.graph, [id])

    def touch(self, id: str) -> None:
        """Nothing is kept that is made of a server's graph."""

    def load(self, lines: Iterable[str]) -> None:
        left = iter(lines)
        while part := "".join(islice(left, _AT_ONCE)):
            self._load(part)
        _keep_texts(self.graph, self._added)
        self._added.clear()

    def _load(self, lines: str) -> None:
        """Load the named graphs first: by them all can be taken out again."""
        graphs: dict[Graph, list[str]] = {DEFAULT: []}
        for quad in ox.parse(lines, ox.RdfFormat.N_QUADS):
            graphs.setdefault(cast(Graph, quad.graph_name), []).append(f"{quad.triple} .")
        data = graphs.pop(DEFAULT)
        self.begin(graph for graph in graphs if isinstance(graph, ox.NamedNode))
        for graph, triples in graphs.items():
            self.graph.load(triples, graph=graph)
        self.graph.load(data)

    def begin(self, runs: Iterable[ox.NamedNode]) -> None:
        _note(self.graph, ((run, run) for run in runs))

    def unfinished(self) -> list[str]:
        return sorted({who.value for who, _ in _noted(self.graph)})

    def done(self) -> None:
        self.graph.drop(_named(self.graph, UNFINISHED))


@contextmanager
def _writing(address: str) -> Iterator[tuple[RemoteStore, RemoteLock]]:
    """A server that nobody else writes meanwhile; raises StoreError where that cannot be had."""
    with RemoteStore(address) as store:
        lock = RemoteLock(store)
        try:
            if lock.is_seen():
                hint = f"name a graph: {address.partition('?')[0]}?default-graph-uri=https://example.org/policies"
                raise StoreError(f"{address} shows all its graphs as one, so kg cannot keep things apart there; {hint}")
            yield store, lock
        finally:
            with suppress(StoreError):
                lock.release()


@contextmanager
def _uploading(engine: RemoteEngine) -> Iterator[FolderDraft]:
    """An empty draft in a folder, put in the place of what the server holds when the block ends well."""
    with tempfile.TemporaryDirectory(prefix="kg-") as place:
        folder = Path(place) / "store"
        with create_store(folder, base=engine.base) as draft:
            yield draft
        with FolderStore(folder) as made:
            _upload(engine, made)


def _upload(engine: RemoteEngine, made: FolderStore) -> None:
    """Load all that goes with the graph, then the graph beside the last one; let it take its place; clear up.

    Readers see the last graph until the new one is whole. Only `kg build` goes on where this was killed and the last
    graph was not empty; where it was empty, its readings count as underway.
    """
    files, vocabulary, following = (_named(engine, name) for name in (FILES, VOCABULARY, NEXT))
    graphs = set(cast("Iterable[ox.NamedNode]", made.engine.named_graphs())) - {files}
    runs = graphs - {vocabulary}
    fresh = engine.store.is_empty()
    old = {run for (run,) in engine.select(_RUNS)} | {run for _, run in _noted(engine)}
    _note(engine, ((run if fresh else _BUILD, run) for run in runs | old))
    engine.drop(*graphs, following, _named(engine, TEXTS))
    for graph in sorted(graphs, key=str):
        engine.load(_lines(made, graph), graph=graph)
    _keep_texts(engine, map(made.article, made.article_ids))
    engine.load(_lines(made, DEFAULT), graph=following)
    engine.replace(following)
    engine.drop(files, *(old - runs))
    engine.drop(_named(engine, UNFINISHED))
    engine.load(_lines(made, files), graph=files)


def _lines(made: FolderStore, graph: Graph) -> Iterator[str]:
    return (f"{quad.triple} ." for quad in made.engine.quads_for_pattern(None, None, None, graph))


def _note(engine: RemoteEngine, noted: Iterable[tuple[ox.NamedNode, ox.NamedNode]]) -> None:
    """Note which readings come or go, and who moves them: a build, or the reading itself."""
    graph = _named(engine, UNFINISHED)
    engine.insert(ox.Quad(who, _USED, run, graph) for who, run in noted)


def _noted(engine: RemoteEngine) -> list[tuple[ox.NamedNode, ...]]:
    return list(engine.select(_OPEN, graph=_named(engine, UNFINISHED)))


def _named(engine: RemoteEngine, name: str) -> ox.NamedNode:
    return ox.NamedNode(engine.base + name)


def _keep_texts(engine: RemoteEngine, articles: Iterable[Article]) -> None:
    """Let the server hold the texts of articles, each as it is now."""
    for batch in _batches(articles):
        _forget_texts(engine, [article.id for article in batch])
        lines = (line for article in batch for line in _pieces(article, engine.base))
        engine.load(lines, graph=_named(engine, TEXTS))


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    left = iter(articles)
    while batch := list(islice(left, _TEXTS_AT_ONCE)):
        yield batch


def _forget_texts(engine: RemoteEngine, ids: Sequence[str]) -> None:
    graph = engine.store.endpoint.beside(TEXTS)
    nodes = (mint_article(id, base=engine.base) for id in ids)
    if update := " ; ".join(f"DELETE WHERE {{ GRAPH <{graph}> {{ <{node}> ?p ?o }} }}" for node in nodes):
        engine.do(update)


def _pieces(article: Article, base: str) -> Iterator[str]:
    """The text of an article as triples, each with a piece that Virtuoso can load."""
    text, node = pack_article(article), mint_article(article.id, base=base)
    for number, start in enumerate(range(0, len(text), _LONGEST), start=1):
        yield f"<{node}> <{RDF.iri}_{number}> {ox.Literal(text[start : start + _LONGEST])} ."
