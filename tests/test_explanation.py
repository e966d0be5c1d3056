"""An explanation leads from a fact through rules to sentences, once each, and says so where there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UnknownName
from kg.explanation import Reason, explain, render
from kg.explanation.reasons import Reasoner
from kg.store import Store, create_store, open_store

MEASURES = "定远县村干部参加城镇职工基本养老保险实施办法（试行）"
BASE = "https://w3id.org/policykg/"


def leaves(reason: Reason) -> list[Reason]:
    below = [leaf for step in reason.steps for premise in step.premises for leaf in leaves(premise)]
    return below or [reason]


def test_a_derived_fact_rests_on_sentences(gold_store: Store) -> None:
    found = explain(gold_store, MEASURES, "affects", "村党组织书记")
    (reason,) = found.reasons
    assert reason.claims == ()
    assert [step.rule.rsplit("/", 1)[-1] for step in reason.steps] == ["narrower"]
    assert all(leaf.claims or leaf.told for leaf in leaves(reason))


def test_the_text_speaks_both_languages(gold_store: Store) -> None:
    found = explain(gold_store, MEASURES, "影响", "村党组织书记")
    assert f"{MEASURES} —影响→ 村党组织书记\n  推断（所含群体）\n    {MEASURES} —影响→ 村干部\n" in render(found)
    english = render(found, lang="en")
    assert "—affects→ Village Party secretaries\n  inferred (A contained group)\n" in english
    assert "“定远县村干部参加城镇职工基本养老保险实施办法(试行)” (围绕" in english


def test_all_facts_of_a_subject_with_one_predicate(gold_store: Store) -> None:
    found = explain(gold_store, MEASURES, "kg:affects")
    assert {reason.triple[2] for reason in found.reasons} == set(found.held)
    assert len(found.reasons) > 1


def test_everything_known_of_a_thing(gold_store: Store) -> None:
    text = render(explain(gold_store, "定远县委"))
    assert text.startswith("定远县委 —类型→ 组织\n  “县委”")
    assert "定远县委 —印发→ 抓党建促脱贫攻坚工作方案\n  “研究制定《抓党建促脱贫攻坚工作方案》”" in text
    text = render(explain(gold_store, "村干部", None, None), lang="en")
    assert "—affects→ Village cadres\n  inferred (" in text
    assert "正职干部月报酬: 2215 元 (定远县, after, input)\n" in render(explain(gold_store, "正职干部月报酬"))


def test_what_the_graph_does_not_hold_is_said(gold_store: Store) -> None:
    found = explain(gold_store, MEASURES, "affects", "贫困户")
    assert found.reasons == ()
    assert render(found).startswith(f"图谱中没有：{MEASURES} —影响→ 贫困户\n图谱中有：")
    assert "It holds no such relation" in render(explain(gold_store, MEASURES, "implements"), lang="en")


def test_unknown_words_are_named(gold_store: Store) -> None:
    with pytest.raises(UnknownName, match=r"no predicate named 'afects'\. Nearest: .*affects"):
        explain(gold_store, MEASURES, "afects")
    with pytest.raises(UnknownName, match="no Group named"):
        explain(gold_store, MEASURES, "affects", MEASURES)


def test_a_circle_of_inferences_ends(tmp_path: Path) -> None:

    kg, rdf = BASE + "ns#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    derived = "http://www.w3.org/ns/prov#wasDerivedFrom"
    with create_store(tmp_path / "store") as draft:
        for name, object, other in (("a", "y", "b"), ("b", "z", "a")):
            node = f"<{BASE}inference/{name}>"
            draft.load(
                [
                    f"{node} <{rdf}type> <{kg}Inference> .",
                    f"{node} <{rdf}subject> <urn:x> .",
                    f"{node} <{rdf}predicate> <{kg}affects> .",
                    f"{node} <{rdf}object> <urn:{object}> .",
                    f"{node} <{kg}rule> <urn:rule> .",
                    f"{node} <{derived}> <{BASE}inference/{other}> .",
                ]
            )
    with open_store(tmp_path / "store") as store:
        reason = Reasoner(store).reason(("urn:x", kg + "affects", "urn:y"))
    assert [leaf.told for leaf in leaves(reason)] == [True]


def test_a_quote_says_where_in_the_file_it_stands(notice_store: Store) -> None:
    plan = "蓟州区高龄老年人津贴发放办法"
    found = explain(notice_store, plan, "targets", "年满80周岁的老年人")
    title = notice_store.article(notice_store.article_ids[0]).title
    assert f"({title}, 第9段, " in render(found)
    assert f"({title}, paragraph 9, " in render(found, lang="en")


def test_what_a_document_says_of_itself_is_told_with_its_quote(notice_store: Store) -> None:
    found = explain(notice_store, "蓟州区高龄老年人津贴发放办法")
    assert "—施行日期→ 2022-06-01\n  “自2022年6月1日起施行”" in render(found)
    assert "—有效期→ 5年\n  “有效期五年”" in render(found)
    assert "—valid for→ 5 years\n" in render(found, lang="en")
