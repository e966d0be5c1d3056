"""Questions by name and in free wording; evidence under each row; free queries in all their forms."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.errors import QueryError, UnknownName
from kg.questions import questions
from kg.replies import ask, listing, manual, reply, run, understand
from kg.store import Store

TEXT = "哪些政策影响脱贫攻坚一线干部？"


def test_the_list_names_every_question_and_what_it_needs() -> None:
    rows = list(csv.reader(io.StringIO(listing("csv", lang="en"))))[1:]
    assert {row[0] for row in rows} == set(questions())
    assert ["place-for-group", "What a place does for a group", "place, group"] in rows


def test_the_help_of_a_question_says_what_it_tells_and_takes() -> None:
    assert manual("places-within", lang="en").splitlines() == [
        "Places within a place",
        "The places that the texts put within a place, at any depth.",
        "",
        "kg ask places-within [--whole Place]",
        'kg ask "which places lie in {whole}"',
    ]
    assert "kg ask place-for-group --place Place --group Group\n" in manual("place-for-group", lang="zh")
    with pytest.raises(UnknownName, match="places-within"):
        manual("place-within", lang="zh")


def test_free_wording_says_how_it_was_understood(gold_store: Store) -> None:
    asked = understand(gold_store, TEXT, [], lang="en")
    assert asked.question.name == "policies-for-group"
    assert asked.note == ("understood as: Which policies affect a group (policies-for-group --group 脱贫攻坚一线干部)")


def test_parameters_come_as_pairs_or_with_an_equals_sign(gold_store: Store) -> None:
    pair = understand(gold_store, "run-by", ["--organisation", "定远县委"], lang="zh")
    assert pair == understand(gold_store, "run-by", ["--organisation=定远县委"], lang="zh")


@pytest.mark.parametrize("arguments", [["--place", "定远县"], ["定远县"], ["--organisation"]])
def test_a_wrong_argument_lists_the_parameters(gold_store: Store, arguments: list[str]) -> None:
    with pytest.raises(QueryError, match="organisation"):
        understand(gold_store, "run-by", arguments, lang="en")


def test_a_name_of_another_type_is_not_taken(gold_store: Store) -> None:
    with pytest.raises(UnknownName, match="no Organisation named '贫困户'"):
        understand(gold_store, "run-by", ["--organisation", "贫困户"], lang="en")


def test_evidence_shows_the_sentences_of_derived_rows_too(gold_store: Store) -> None:
    asked = understand(gold_store, "policies-for-group", ["--group", "驻村干部"], lang="zh")
    table = reply(gold_store, asked, "table", lang="zh", evidence=True)
    rows = json.loads(reply(gold_store, asked, "json", lang="zh", evidence=True))
    assert "[1] “" in table
    assert all(row["evidence"] for row in rows)
    derived = next(row for row in rows if row["途径"] == "所含群体" and row["政策"] == "评比表彰")
    assert [said["quote"] for said in derived["evidence"]] == ["提高脱贫攻坚一线干部在各类评比表彰中的名额比例"]


def test_an_empty_answer_says_so(gold_store: Store) -> None:
    asked = understand(gold_store, "who-runs", ["--mechanism", "党费"], lang="en")
    assert reply(gold_store, asked, "table", lang="en", evidence=True) == "No rows.\n"


def test_ask_gives_rows_in_both_languages(gold_store: Store) -> None:
    zh, en = (ask(gold_store, "who-issued-what", lang=lang, organisation="定远县委") for lang in ("zh", "en"))
    assert (zh.columns, en.columns) == (("机关", "文件", "文种"), ("Body", "Document", "Genre"))
    assert zh.rows[0][:2] == en.rows[0][:2] == ("定远县委", "抓党建促脱贫攻坚工作方案")


def test_free_queries_in_all_forms(gold_store: Store) -> None:
    assert run(gold_store, "ASK { ?x a kg:Nothing }", "table", lang="en", seconds=30) == "false\n"
    turtle = run(gold_store, "CONSTRUCT WHERE { ?o kg:issues ?d }", "table", lang="en", seconds=30)
    assert "body:定远县委 kg:issues doc:定远县_抓党建促脱贫攻坚工作方案 ." in turtle
    rows = run(gold_store, "SELECT ?o { ?o kg:issues ?d } ORDER BY ?o LIMIT 1", "csv", lang="en", seconds=30)
    assert rows.splitlines()[0] == "o"
    assert rows.splitlines()[1].startswith("body:")


def test_evidence_says_where_in_the_file_it_stands(notice_store: Store) -> None:
    asked = understand(notice_store, "蓟县现在是哪里", (), lang="zh")
    assert asked.question.name == "former-places"
    assert "[1] “蓟县” (天津市" in (table := reply(notice_store, asked, "table", lang="zh", evidence=True))
    assert ", 第12段)\n" in table
    assert ", paragraph 12)\n" in reply(notice_store, asked, "table", lang="en", evidence=True)
    (row,) = json.loads(reply(notice_store, asked, "json", lang="en", evidence=True))
    assert [said["landmark"] for said in row["evidence"]] == ["paragraph 12"]


def test_questions_on_official_documents_are_answered_in_both_languages(notice_store: Store) -> None:
    for lang, wording, validity in (("zh", "哪些文件有效", "5年"), ("en", "which documents are in force", "5 years")):
        asked = understand(notice_store, wording, (), lang=lang)
        assert asked.question.name == "documents-in-force"
        assert f",2022-06-01,,{validity}," in reply(notice_store, asked, "csv", lang=lang)
