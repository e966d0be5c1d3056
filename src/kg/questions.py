"""Ready-made questions: `.rq` files under `ontology/questions/`, asked with bound values.

The head of a file is YAML in its leading comment lines: `title`, `about` (each zh and en), `ask` (wordings in
which people may put the question, with parameters in braces), `parameters`, `columns`, `evidence` (what each row
rests on: a triple over the row's variables, or the variable of a figure) and `expect` (the answer on the graph of
the two articles' gold facts, which a test checks). Below it stands plain SPARQL that any engine can run.
Values are bound, never pasted into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from .errors import KnowledgeError, UnknownName
from .evidence import Quote, claims, figures
from .resources import knowledge_files
from .tables import Iri, Rows, Value

if TYPE_CHECKING:
    from .store import Store

_HEAD_KEYS = {"title", "about", "ask", "parameters", "columns", "evidence", "expect"}
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes: a name of one of `types`, bound to the SPARQL variable `variable`."""

    name: str
    types: tuple[str, ...]
    required: bool
    variable: str


@dataclass(frozen=True, slots=True)
class Question:
    """A ready-made question. `title`, `about` and the columns' headings are by language, `zh` and `en`."""

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    wordings: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Mapping[str, str]]
    evidence: tuple[str, ...]
    expect: Mapping[str, Any]
    sparql: str

    def missing(self, given: Mapping[str, str]) -> tuple[Parameter, ...]:
        """The required parameters that `given` lacks."""
        return tuple(p for p in self.parameters if p.required and not given.get(p.name))


@cache
def questions() -> Mapping[str, Question]:
    """All ready-made questions by name."""
    return {path.stem: read_question(path) for path in knowledge_files("questions/*.rq")}


def question(name: str) -> Question:
    """The question of that name; raises UnknownName with the nearest names."""
    known = questions()
    if name not in known:
        from difflib import get_close_matches

        nearest = tuple(get_close_matches(name, known, n=3, cutoff=0.4))
        raise UnknownName("question", name, nearest, "`kg ask` lists all questions.")
    return known[name]


def read_question(path: Path) -> Question:
    """The question of one file; raises KnowledgeError where its head is broken or does not fit its SPARQL."""
    head, sparql = _split(path.read_text(encoding="utf-8"))
    try:
        record = yaml.load(head, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"the head is no valid YAML ({error})", path=path.name) from error
    if not isinstance(record, dict) or not _HEAD_KEYS - {"expect"} <= record.keys() <= _HEAD_KEYS:
        raise KnowledgeError(f"the head needs {', '.join(sorted(_HEAD_KEYS))}", path=path.name)
    made = Question(
        name=path.stem,
        title=record["title"],
        about=record["about"],
        wordings=tuple(record["ask"]),
        parameters=tuple(_parameters(record["parameters"])),
        columns=record["columns"],
        evidence=tuple(record["evidence"]),
        expect=record.get("expect") or {},
        sparql=sparql,
    )
    _check(made, path.name)
    return made


def answer(store: Store, asked: Question, values: Mapping[str, str]) -> Rows:
    """The rows of a question; `values` maps parameter names to IRIs, those left out match everything."""
    bound = {p.variable: Iri(values[p.name]) for p in asked.parameters if values.get(p.name)}
    return store.select(asked.sparql, bound)


def present(store: Store, asked: Question, rows: Rows, *, lang: str) -> Rows:
    """The rows as people see them: only the question's columns, under their headings, nodes by their labels."""
    kept = tuple(rows.columns.index(column) for column in asked.columns)
    shown = Rows(tuple(asked.columns), tuple(tuple(row[i] for i in kept) for row in rows.rows))
    nodes = {value for row in shown.rows for value in row if isinstance(value, Iri)}
    headings = {column: heads[lang] for column, heads in asked.columns.items()}
    return shown.labelled(store.labels(nodes, lang=lang)).headed(headings)


def quotes(store: Store, asked: Question, values: Mapping[str, str], row: Mapping[str, Value]) -> tuple[Quote, ...]:
    """What one row rests on, each quote once; a derived row gives the quotes of the claims that it follows from."""
    known: dict[str, Value] = {p.variable: Iri(values[p.name]) for p in asked.parameters if p.name in values}
    found = (quote for item in asked.evidence for quote in _receipts(store, item, known | dict(row)))
    return tuple({(q["article"], q["start"], q["end"]): q for q in found}.values())


_FACTS = """SELECT DISTINCT ?fact {
  ?said rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom* ?fact .
  ?fact a kg:Claim
} ORDER BY ?fact"""


def _receipts(store: Store, item: str, known: Mapping[str, Value]) -> Iterator[Quote]:
    """The quotes behind `?figure`, or behind a triple such as `?policy kg:affects ?group`."""
    terms = [known.get(term[1:]) if term.startswith("?") else _expanded(store, term) for term in item.split()]
    if None in terms:
        return
    if len(terms) == 1:
        yield from (observed.quote for observed in figures(store, {"fact": terms[0]}))
        return
    for fact in store.select(_FACTS, dict(zip("spo", terms, strict=True))).column("fact"):
        yield from (claim.quote for claim in claims(store, {"fact": fact}))


def _expanded(store: Store, name: str) -> Iri:
    prefix, _, rest = name.partition(":")
    return Iri(store.prefixes[prefix] + rest)


def _split(text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(line[1:].removeprefix(" ") for line in lines[:count]), "".join(lines[count:])


def _parameters(record: Mapping[str, Any]) -> Iterator[Parameter]:
    for name, about in record.items():
        types = about["type"] if isinstance(about["type"], list) else [about["type"]]
        yield Parameter(name, tuple(types), bool(about["required"]), about.get("variable", name))


def _check(made: Question, path: str) -> None:
    used = set(_VARIABLE.findall(made.sparql))
    named = {p.variable for p in made.parameters} | set(made.columns)
    named |= {v for item in made.evidence for v in _VARIABLE.findall(item)}
    for texts in (made.title, made.about, *made.columns.values()):
        if set(texts) != {"zh", "en"}:
            raise KnowledgeError("title, about and every column need zh and en", path=path)
    if named - used:
        raise KnowledgeError(f"the query has no variable {', '.join(sorted(named - used))}", path=path)
