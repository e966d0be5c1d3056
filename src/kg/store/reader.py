"""Reading a store: triples, queries in SPARQL, articles, and the same data as an rdflib graph.

`Store` is what the package reads from; `FolderStore` is a folder, `remote.RemoteStore` a server, `EngineStore` what
has an engine at hand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, cast, overload

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from ..model import Article
from ..namespaces import KG, RDF, RDFS, prefixes
from ..tables import Iri, Rows, Value
from .archive import read_article
from .layout import Card, article_file, damaged, engine_folder, is_address, read_card
from .syntax import PADDING, narrowed, syntax_error
from .terms import Term, to_rdflib, to_rows, to_term

if TYPE_CHECKING:
    import rdflib

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@overload
def open_store(place: Path) -> FolderStore: ...
@overload
def open_store(place: Path | str) -> Store: ...
def open_store(place: Path | str) -> Store:
    """The store in a folder, or behind the http(s) address of a SPARQL server, for reading; many may read at once.

    Raises StoreError where it is missing, of another format or damaged, or where the server cannot be reached.
    """
    if is_address(place):
        from .remote import RemoteStore

        return RemoteStore(place)
    return FolderStore(Path(place))


class Store(ABC):
    """An open store, read-only. Close it, or use it as a context manager.

    `name` is where it is, as messages call it; `base` the IRI under which its data stands; `has_texts` whether it
    has the texts of its articles.
    """

    name: str
    base: str
    has_texts: bool = False
    prefixes: Mapping[str, str]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; every later use raises StoreError."""

    @abstractmethod
    def query(self, text: str, bound: Mapping[str, Value] | None = None) -> Answer | Iterator[ox.Triple]:
        """The answer to a trusted query; the usual prefixes need no declaration.

        `bound` gives values to variables of the outer group, as terms that the engine has checked; None leaves one
        open. (A pattern inside OPTIONAL is not narrowed by it, only joined.) Raises QueryError, with line and column
        for a syntax error. What users type goes through `kg.sparql`.
        """

    @abstractmethod
    def triples(
        self, subject: str | None = None, predicate: str | None = None, object: Value = None
    ) -> Iterator[tuple[str, str, Term]]:
        """All triples that fit; subjects and predicates as IRIs, objects as terms."""

    @abstractmethod
    def triples_of(self, subjects: Iterable[str], *predicates: str) -> Iterator[tuple[str, str, Term]]:
        """All triples of many subjects with any of some predicates."""

    @abstractmethod
    def graph(self) -> Iterator[ox.Triple]:
        """Every triple, in no order."""

    def write(self, out: BinaryIO, format: ox.RdfFormat) -> None:
        """Write every triple to a stream, in no order, with the usual prefixes where the format has any."""
        ox.serialize(self.graph(), out, format, prefixes=dict(self.prefixes))

    @abstractmethod
    def near(self) -> Store:
        """The same graph for work that looks at every node: the store itself, or a copy in memory of a server's."""

    @abstractmethod
    def article(self, id: str) -> Article:
        """The article of an id or of the IRI of its node; raises StoreError where the store has no such text."""

    @abstractmethod
    def beside(
        self, name: str, predicate: str, subjects: Iterable[str] | None = None, *, object: str | None = None
    ) -> Iterator[tuple[str, Term]]:
        """What a named graph that goes with the data says under a predicate, of some subjects or of all; or which
        subjects have this node there."""

    @cached_property
    @abstractmethod
    def counts(self) -> Mapping[str, int]:
        """How many articles and triples the store holds; counting takes a look at every triple."""

    def select(self, text: str, bound: Mapping[str, Value] | None = None) -> Rows:
        """The rows of a trusted SELECT query as plain values."""
        solutions = self.query(text, bound)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("this is no SELECT query")
        return to_rows(solutions)

    def is_empty(self) -> bool:
        """Whether the graph has no triple, not even of the vocabulary."""
        return not self.select("SELECT ?s { ?s ?p ?o } LIMIT 1").rows

    @cached_property
    def article_ids(self) -> tuple[str, ...]:
        """The ids of all articles, sorted."""
        return tuple(sorted(node.rsplit("/", 1)[-1] for node, _, _ in self.triples(None, RDF.type, Iri(KG.Article))))

    def labels(self, iris: Iterable[str], *, lang: str = "zh") -> dict[str, str]:
        """The labels of nodes, in `lang` where there is one, else in any language."""
        found: dict[str, list[ox.Literal]] = {iri: [] for iri in iris}
        for iri, _, term in self.triples_of(found, RDFS.label):
            if isinstance(term, ox.Literal):
                found[iri].append(term)
        best = {iri: min(labels, key=lambda o: _rank(o, lang)).value for iri, labels in found.items() if labels}
        return {iri: label for iri, label in best.items() if label}

    def to_rdflib(self) -> rdflib.Graph:
        """All triples as an rdflib graph, with the usual prefixes bound."""
        from rdflib import Graph

        graph = Graph(bind_namespaces="none")
        for prefix, iri in self.prefixes.items():
            graph.bind(prefix, iri, override=True)
        for triple in self.graph():
            graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
        return graph


class EngineStore(Store):
    """A graph in an engine of this process."""

    def __init__(self, name: str, base: str, engine: ox.Store):
        self._engine: ox.Store | None = engine
        self.name, self.base, self.prefixes = name, base, prefixes(base)

    def close(self) -> None:
        self._engine = None

    @property
    def engine(self) -> ox.Store:
        """The Oxigraph store underneath, read-only."""
        if self._engine is None:
            raise StoreError(f"the store at {self.name} has been closed; open it again")
        return self._engine

    def query(self, text: str, bound: Mapping[str, Value] | None = None) -> Answer:
        asked = bind(text, bound)
        try:
            return self.engine.query(asked + PADDING, prefixes=dict(self.prefixes))
        except SyntaxError as error:
            raise syntax_error(error, asked) from error

    def triples(
        self, subject: str | None = None, predicate: str | None = None, object: Value = None
    ) -> Iterator[tuple[str, str, Term]]:
        where = ox.NamedNode(subject) if subject else None
        which = ox.NamedNode(predicate) if predicate else None
        what = None if object is None else to_term(object)
        for quad in self.engine.quads_for_pattern(where, which, what, ox.DefaultGraph()):
            node = quad.subject
            yield node.value if isinstance(node, ox.NamedNode) else str(node), quad.predicate.value, quad.object

    def triples_of(self, subjects: Iterable[str], *predicates: str) -> Iterator[tuple[str, str, Term]]:
        return (found for node in subjects for verb in predicates for found in self.triples(node, verb))

    def graph(self) -> Iterator[ox.Triple]:
        return (quad.triple for quad in self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def write(self, out: BinaryIO, format: ox.RdfFormat) -> None:
        self.engine.dump(out, format, from_graph=ox.DefaultGraph(), prefixes=dict(self.prefixes))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return {"articles": len(self.article_ids), "triples": sum(1 for _ in self.graph())}

    def near(self) -> Store:
        return self

    def beside(
        self, name: str, predicate: str, subjects: Iterable[str] | None = None, *, object: str | None = None
    ) -> Iterator[tuple[str, Term]]:
        graph, which, what = ox.NamedNode(self.base + name), ox.NamedNode(predicate), object and ox.NamedNode(object)
        for node in [None] if subjects is None else map(ox.NamedNode, subjects):
            for quad in self.engine.quads_for_pattern(node, which, what or None, graph):
                yield cast(ox.NamedNode, quad.subject).value, quad.object

    def article(self, id: str) -> Article:
        raise no_texts(self.name)


class FolderStore(EngineStore):
    """The store of a folder: the last generation of its graph, and its articles.

    `generation` is the folder of the graph that it reads, `number` its number; what lies there goes with that state of
    the graph.
    """

    has_texts = True

    def __init__(self, folder: Path):
        card, engine = _open(folder)
        super().__init__(str(folder), card.base, engine)
        self.folder, self.number = folder, card.generation
        self.generation = engine_folder(folder, card.generation)

    def article(self, id: str) -> Article:
        path = article_file(self.folder, id.rsplit("/", 1)[-1])
        try:
            return read_article(path)
        except FileNotFoundError as error:
            raise StoreError(f"the store at {self.folder} has no article {path.stem!r}") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.folder, error) from error


def no_texts(name: str) -> StoreError:
    """The error for a store that has a graph alone."""
    return StoreError(f"{name} has no texts of articles; give the folder of a store for this")


def bind(text: str, bound: Mapping[str, Value] | None) -> str:
    """The query with values given to variables of its outer group; raises QueryError where it has no group."""
    values = [f"VALUES ?{name} {{ {to_term(v)} }}" for name, v in (bound or {}).items() if v is not None]
    return narrowed(text, " ".join(values)) if values else text


def _rank(label: ox.Literal, lang: str) -> tuple[bool, str, str]:
    return label.language != lang, label.language or "", label.value


def _open(folder: Path) -> tuple[Card, ox.Store]:
    """The generation that counts; where a writer has replaced it between two looks, the one that counts now."""
    card = read_card(folder)
    while True:
        try:
            return card, ox.Store.read_only(str(engine_folder(folder, card.generation)))
        except (OSError, ValueError, RuntimeError) as error:
            before, card = card, read_card(folder)
            if card == before:
                raise damaged(folder, error) from error
