"""Every ready-made question reads, runs and gives the answer its head expects, on the two articles or on the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KnowledgeError, UnknownName
from kg.names import lookup, names
from kg.namespaces import KG, RDF
from kg.questions import Question, answer, present, question, questions, read_question
from kg.store import Store
from kg.store.terms import to_plain
from kg.tables import Iri

ALL = list(questions().values())
HEAD = """\
# title: {zh: 问, en: Ask}
# about: {zh: 说明, en: About}
# ask: []
# parameters: {}
# columns: {x: {zh: 甲, en: X}}
# evidence: []
"""


QUERY = "SELECT ?x WHERE { ?x ?p ?o }"


def asked(store: Store, made: Question) -> tuple[list[list[object]], list[str]]:
    """The question with the parameters of its expectation: rows as people see them in Chinese."""
    given = made.expect.get("given", {})
    types = {p.name: p.types for p in made.parameters}
    values = {name: lookup(store, text, types=types[name]).iri for name, text in given.items()}
    rows = present(store, made, answer(store, made, values), lang="zh")
    return [list(row) for row in rows.rows], list(rows.columns)


def test_there_are_at_least_24() -> None:
    assert len(ALL) >= 24


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_the_answer_is_the_expected_one(made: Question, gold_store: Store, notice_store: Store) -> None:
    assert made.expect, f"{made.name} expects nothing; give it an answer in its head"
    store = {"gold": gold_store, "notice": notice_store}[made.expect.get("of", "gold")]
    rows, columns = asked(store, made)
    assert made.expect["among"], f"{made.name} expects no row; name one"
    assert len(rows) == made.expect["rows"]
    assert columns == [heads["zh"] for heads in made.columns.values()]
    shown = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    for wanted in made.expect["among"]:
        assert [str(cell) for cell in wanted] in shown


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_wordings_name_parameters_in_both_languages(made: Question) -> None:
    assert any(wording.isascii() for wording in made.wordings)
    assert any(not wording.isascii() for wording in made.wordings)
    names = {p.name for p in made.parameters}
    for wording in made.wordings:
        used = {part.split("}")[0] for part in wording.split("{")[1:]}
        assert used <= names
    for parameter in made.parameters:
        assert parameter.name in " ".join(made.wordings)


AREAS = [made for made in ALL if any(p.variable == "area" for p in made.parameters)]


@pytest.mark.parametrize("made", AREAS, ids=lambda made: made.name)
def test_an_area_keeps_the_rows_of_its_places(made: Question, gold_store: Store) -> None:
    """However differently the engine is asked, the answer for an area is what all rows have of its places."""
    everything = answer(gold_store, made, {}).dicts()
    inside: dict[str, set[str]] = {place: {place} for place in _places(gold_store)}
    for part, _, whole in gold_store.triples(None, KG.within):
        inside.setdefault(to_plain(whole), set()).add(part)
    for area, places in inside.items():
        wanted = [row for row in everything if row["place"] in places]
        assert answer(gold_store, made, {"place": area}).dicts() == wanted
    assert everything


def _places(store: Store) -> Iterator[str]:
    return (place for place, _, _ in store.triples(None, RDF.type, Iri(KG.Place)))


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.name)
def test_parts_apart_change_no_answer(made: Question, gold_store: Store) -> None:
    values = {p.name: next(iter(names(gold_store, types=p.types))).iri for p in made.parameters if p.required}
    joined = replace(made, sparql=made.sparql.replace("SELECT * ", ""))
    assert answer(gold_store, joined, values) == answer(gold_store, made, values)


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="policies-for-group"):
        question("policy-for-group")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# title: [\nSELECT ?x WHERE {}", "YAML"),
        ("# title: {zh: 问, en: Ask}\nSELECT ?x WHERE {}", "needs"),
        (HEAD.replace("en: X}", "fr: X}") + QUERY, "'columns'.*zh and en"),
        (HEAD.replace("{zh: 问, en: Ask}", "问") + QUERY, "'title'.*zh and en"),
        (HEAD.replace("{zh: 问, en: Ask}", "{zh: 1, en: 2}") + QUERY, "'title'.*zh and en"),
        (HEAD.replace("ask: []", "ask: 问") + QUERY, "'ask'.*list"),
        (HEAD.replace("parameters: {}", "parameters: {x: Place}") + QUERY, "'parameters'.*type, required"),
        (HEAD.replace("parameters: {}", "parameters: {x: {type: Plaace, required: true}}") + QUERY, "'x'.*Plaace"),
        (HEAD.replace("columns: {x: {zh: 甲, en: X}}", "columns: [x]") + QUERY, "'columns'.*by variable"),
        (HEAD + "SELECT ?x WHERE {\n ?x ?p }", "line 8"),
        (HEAD + "ASK { ?x ?p ?o }", "SELECT"),
        (HEAD + "SELECT ?y WHERE { ?y ?p ?o }", "no variable x"),
        (HEAD + "SELECT ?x WHERE { ?x ?p ?o } ORDER BY ?o", r"sorted by \?o, which is not selected"),
        (HEAD + "SELECT ?x WHERE {\n # with area: ?x ?p $area .\n ?x ?p ?o }", "no parameter binds area"),
    ],
)
def test_a_broken_file_is_named(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"broken\.rq.*{problem}"):
        read_question(path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.rq"
    path.write_bytes((HEAD + QUERY).encode("gb18030"))
    with pytest.raises(KnowledgeError, match=r"broken\.rq.*not UTF-8"):
        read_question(path)
