"""Every ready-made question reads, runs and gives the answer its head expects, on the two articles or on the notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KnowledgeError, UnknownName
from kg.names import lookup
from kg.questions import Question, answer, present, question, questions, read_question
from kg.store import Store

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
