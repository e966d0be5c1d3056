"""Reading a store: triples, queries in SPARQL, articles, and the same data as an rdflib graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from ..model import Article
from ..namespaces import KG, RDF, RDFS, prefixes
from ..tables import Iri, Rows, Value
from .archive import read_article
from .layout import Card, article_file, damaged, engine_folder, read_card
from .syntax import PADDING, narrowed, syntax_error
from .terms import Term, to_rdflib, to_rows, to_term

if TYPE_CHECKING:
    import rdflib

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def open_store(folder: Path) -> Store:
    """The store in a folder, for reading; many readers may have it open.

    Raises StoreError where it is missing, of another format or damaged.
    """
    return Store(folder)


class Store:
    """An open store, read-only. Close it, or use it as a context manager.

    `generation` is the folder of the graph that it reads; what lies there goes with that state of the graph.
    """

    def __init__(self, folder: Path):
        card, engine = _open(folder)
        self._engine: ox.Store | None = engine
        self.folder, self.base = folder, card.base
        self.generation = engine_folder(folder, card.generation)
        self.prefixes: Mapping[str, str] = prefixes(card.base)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; every later use raises StoreError."""
        self._engine = None

    @property
    def engine(self) -> ox.Store:
        """The Oxigraph store underneath, read-only."""
        if self._engine is None:
            raise StoreError(f"the store at {self.folder} has been closed; open it again")
        return self._engine

    def query(self, text: str, bound: Mapping[str, Value] | None = None) -> Answer:
        """The answer of Oxigraph to a trusted query; the usual prefixes need no declaration.

        `bound` gives values to variables of the outer group, as terms that the engine has checked; None leaves one
        open. (A pattern inside OPTIONAL is not narrowed by it, only joined.) Raises QueryError, with line and column
        for a syntax error. What users type goes through `kg.sparql`.
        """
        values = [f"VALUES ?{name} {{ {to_term(v)} }}" for name, v in (bound or {}).items() if v is not None]
        asked = narrowed(text, " ".join(values)) if values else text
        try:
            return self.engine.query(asked + PADDING, prefixes=dict(self.prefixes))
        except SyntaxError as error:
            raise syntax_error(error, asked) from error

    def select(self, text: str, bound: Mapping[str, Value] | None = None) -> Rows:
        """The rows of a trusted SELECT query as plain values."""
        solutions = self.query(text, bound)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("this is no SELECT query")
        return to_rows(solutions)

    def triples(
        self, subject: str | None = None, predicate: str | None = None, object: Value = None
    ) -> Iterator[tuple[str, str, Term]]:
        """All triples that fit; subjects and predicates as IRIs, objects as terms."""
        where = ox.NamedNode(subject) if subject else None
        which = ox.NamedNode(predicate) if predicate else None
        what = None if object is None else to_term(object)
        for quad in self.engine.quads_for_pattern(where, which, what, ox.DefaultGraph()):
            node = quad.subject
            yield node.value if isinstance(node, ox.NamedNode) else str(node), quad.predicate.value, quad.object

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many articles and triples the store holds; counting takes a look at every triple."""
        triples = sum(1 for _ in self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        return {"articles": len(self.article_ids), "triples": triples}

    @cached_property
    def article_ids(self) -> tuple[str, ...]:
        """The ids of all articles, sorted."""
        return tuple(sorted(node.rsplit("/", 1)[-1] for node, _, _ in self.triples(None, RDF.type, Iri(KG.Article))))

    def article(self, id: str) -> Article:
        """The article of an id or of the IRI of its node; raises StoreError where the store has no such text."""
        path = article_file(self.folder, id.rsplit("/", 1)[-1])
        try:
            return read_article(path)
        except FileNotFoundError as error:
            raise StoreError(f"the store at {self.folder} has no article {path.stem!r}") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.folder, error) from error

    def labels(self, iris: Iterable[str], *, lang: str = "zh") -> dict[str, str]:
        """The labels of nodes, in `lang` where there is one, else in any language."""
        return {iri: label for iri in iris if (label := self._label(iri, lang))}

    def to_rdflib(self) -> rdflib.Graph:
        """All triples as an rdflib graph, with the usual prefixes bound."""
        from rdflib import Graph

        graph = Graph(bind_namespaces="none")
        for prefix, iri in self.prefixes.items():
            graph.bind(prefix, iri, override=True)
        for quad in self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        return graph

    def _label(self, iri: str, lang: str) -> str:
        found = [o for _, _, o in self.triples(iri, RDFS.label) if isinstance(o, ox.Literal)]
        found.sort(key=lambda label: (label.language != lang, label.language or "", label.value))
        return found[0].value if found else ""


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
