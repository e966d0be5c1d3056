"""Ready-made questions: `.rq` files under `ontology/questions/`, asked with bound values.

The head of a file is YAML in its leading comment lines: `title`, `about` (each zh and en), `ask` (wordings in
which people may put the question, with parameters in braces), `parameters`, `columns`, `evidence` (what each row
rests on: a triple over the row's variables, or the variable of a figure) and `expect` (the answer on the graph of
the two articles' gold facts or, with `of: notice`, of `tests/notice.txt`, which a test checks). Below it stands plain
SPARQL that any engine can run; `plans` tells how it is put so that it is fast. Values go in as terms that the engine
has checked, never as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
import yaml

from .errors import KnowledgeError, UnknownName
from .evidence import Quote, claims, figures
from .names import KINDS_OF_NAME
from .namespaces import prefixes
from .plans import conditions, filled, mentions, sorting
from .resources import knowledge_files, knowledge_name, knowledge_text
from .store.syntax import PADDING, syntax_error
from .store.terms import to_term
from .tables import Duration, Iri, Rows, Value
from .wording import Lang, say_duration

if TYPE_CHECKING:
    from .store import Store

_VARIABLE = re.compile(r"[?$](\w+)")


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


def questions() -> Mapping[str, Question]:
    """All ready-made questions by name."""
    return {name: question(name) for name in _files()}


def is_question(name: str) -> bool:
    """Whether there is a ready-made question of that name."""
    return name in _files()


@cache
def _files() -> Mapping[str, Path]:
    return {path.stem: path for path in knowledge_files("questions/*.rq")}


@cache
def question(name: str) -> Question:
    """The question of that name; raises UnknownName with the nearest names."""
    if not is_question(name):
        from difflib import get_close_matches

        nearest = tuple(get_close_matches(name, _files(), n=3, cutoff=0.4))
        raise UnknownName("question", name, nearest, "`kg ask` lists all questions.")
    return read_question(_files()[name])


def read_question(path: Path) -> Question:
    """The question of one file; raises KnowledgeError where its head is broken or does not fit its SPARQL."""
    text, name = knowledge_text(path), knowledge_name(path)
    head, sparql = _split(text)
    record = _head(head, name)
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
    _check(made, name)
    _check_query(text, name)
    return made


def answer(store: Store, asked: Question, values: Mapping[str, str]) -> Rows:
    """The rows of a question; `values` maps parameter names to IRIs, those left out match everything."""
    known = {p.variable: Iri(values[p.name]) for p in asked.parameters if values.get(p.name)}
    narrowed = any(values.get(p.name) for p in asked.parameters if not p.required)
    unsorted, order = sorting(asked.sparql)
    text = filled(unsorted, {name: str(to_term(value)) for name, value in known.items()}, narrowed=narrowed)
    bound = {name: value for name, value in known.items() if mentions(text, name)}
    return store.select(text, bound).ordered(order)


def present(store: Store, asked: Question, rows: Rows, *, lang: Lang) -> Rows:
    """The rows as people see them: the question's columns under their headings, nodes and lengths of time in words."""
    kept = tuple(rows.columns.index(column) for column in asked.columns)
    shown = Rows(tuple(asked.columns), tuple(tuple(_told(row[i], lang) for i in kept) for row in rows.rows))
    nodes = {value for row in shown.rows for value in row if isinstance(value, Iri)}
    headings = {column: heads[lang] for column, heads in asked.columns.items()}
    return shown.labelled(store.labels(nodes, lang=lang)).headed(headings)


def _told(value: Value, lang: Lang) -> Value:
    return say_duration(value, lang) if isinstance(value, Duration) else value


def quotes(store: Store, asked: Question, values: Mapping[str, str], row: Mapping[str, Value]) -> tuple[Quote, ...]:
    """What one row rests on, each quote once; a derived row gives the quotes of the claims that it follows from."""
    known: dict[str, Value] = {p.variable: Iri(values[p.name]) for p in asked.parameters if p.name in values}
    found = (quote for item in asked.evidence for quote in _receipts(store, item, known | dict(row)))
    return tuple({(q["article"], q["start"], q["end"]): q for q in found}.values())


_FACTS_OF_NODE = """SELECT DISTINCT ?fact {
  ?node a ?kind ; prov:wasDerivedFrom* ?fact .
  ?fact kg:quote ?quote
} ORDER BY ?fact"""

_FACTS_OF_TRIPLE = """SELECT DISTINCT ?fact {
  ?said rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom* ?fact .
  ?fact kg:quote ?quote
} ORDER BY ?fact"""


def _receipts(store: Store, item: str, known: Mapping[str, Value]) -> Iterator[Quote]:
    """The quotes behind a fact or an inference (`?figure`), or behind a triple such as `?body kg:issues ?document`."""
    terms = [known.get(term[1:]) if term.startswith("?") else _expanded(store, term) for term in item.split()]
    if None in terms:
        return
    whole = len(terms) == 1
    bound = {"node": terms[0]} if whole else dict(zip("spo", terms, strict=True))
    for fact in store.select(_FACTS_OF_NODE if whole else _FACTS_OF_TRIPLE, bound).column("fact"):
        yield from (claim.quote for claim in claims(store, {"fact": fact}))
        yield from (observed.quote for observed in figures(store, {"fact": fact}))


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


def _head(text: str, path: str) -> dict[str, Any]:
    """The record of a head, each value of its shape."""
    try:
        record = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"the head is no valid YAML ({error})", path=path) from error
    if not isinstance(record, dict) or not _SHAPES.keys() - {"expect"} <= record.keys() <= _SHAPES.keys():
        raise KnowledgeError(f"the head needs {', '.join(sorted(_SHAPES))}", path=path)
    for key, value in record.items():
        fits, words = _SHAPES[key]
        if not fits(value):
            raise KnowledgeError(f"it must be {words}", path=path, entry=key)
    return record


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _in_both(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"zh", "en"} and _are_texts([*value.values()])


def _are_columns(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and _are_texts([*value]) and all(map(_in_both, value.values()))


def _are_parameters(value: Any) -> bool:
    return isinstance(value, dict) and _are_texts([*value]) and all(map(_is_parameter, value.values()))


def _is_parameter(about: Any) -> bool:
    return (
        isinstance(about, dict)
        and {"type", "required"} <= about.keys() <= {"type", "required", "variable"}
        and isinstance(about["required"], bool)
        and isinstance(about.get("variable", ""), str)
        and _are_texts(about["type"] if isinstance(about["type"], list) else [about["type"]])
    )


_SHAPES: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "title": (_in_both, "a text in zh and en"),
    "about": (_in_both, "a text in zh and en"),
    "ask": (_are_texts, "a list of texts"),
    "parameters": (_are_parameters, "records by name: type, required (true or false) and, if need be, variable"),
    "columns": (_are_columns, "headings in zh and en by variable"),
    "evidence": (_are_texts, "a list of triples and variables"),
    "expect": (lambda value: isinstance(value, dict), "a record: of, given, rows and among"),
}
"""What each key of a head must hold, as a test and in words."""


def _check(made: Question, path: str) -> None:
    used = set(_VARIABLE.findall(made.sparql))
    named = {p.variable for p in made.parameters} | set(made.columns)
    named |= {v for item in made.evidence for v in _VARIABLE.findall(item)}
    if named - used:
        raise KnowledgeError(f"the query has no variable {', '.join(sorted(named - used))}", path=path)
    if waiting := conditions(made.sparql) - {p.variable for p in made.parameters}:
        raise KnowledgeError(f"no parameter binds {', '.join(sorted(waiting))}, for which a line waits", path=path)
    for parameter in made.parameters:
        if unknown := set(parameter.types) - KINDS_OF_NAME:
            problem = f"no type {', '.join(sorted(unknown))}; known: {', '.join(sorted(KINDS_OF_NAME))}"
            raise KnowledgeError(problem, path=path, entry=parameter.name)


def _check_query(text: str, path: str) -> None:
    """Have the engine read the whole file, whose head is a comment to it, so that lines are those of the file."""
    try:
        found = ox.Store().query(text + PADDING, prefixes=prefixes())
    except SyntaxError as error:
        raise KnowledgeError(f"the query cannot be read: {syntax_error(error, text)}", path=path) from error
    if not isinstance(found, ox.QuerySolutions):
        raise KnowledgeError("a question must be a SELECT query", path=path)
    selected = {variable.value for variable in found.variables}
    if lost := [column for column, _ in sorting(text)[1] if column not in selected]:
        raise KnowledgeError(f"it is sorted by ?{lost[0]}, which is not selected", path=path)
