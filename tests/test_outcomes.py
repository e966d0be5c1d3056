"""Outcomes: every rule finds what its examples say, and goals are none."""

from __future__ import annotations

import pytest

from kg.extract import find_mentions
from kg.extract.page import Mention, Page
from kg.model import EntityType
from kg.reading import article_from_text
from kg.rules import Rule, rules


def mentions(text: str) -> list[Mention]:
    found = find_mentions(Page(article_from_text(text, source="test")))
    return sorted((m for m in found if m.type is EntityType.OUTCOME), key=lambda m: (m.start, m.end))


def found(text: str, rule: str) -> list[str]:
    return [mention.name for mention in mentions(text) if mention.rule == rule]


@pytest.mark.parametrize("rule", rules("outcomes"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for text, names in rule.hits:
        assert found(text, rule.name) == list(names)
    for text in rule.misses:
        assert found(text, rule.name) == []


def test_the_name_drops_counts_and_keeps_the_text_as_another_name() -> None:
    (outcome,) = mentions("目前，31个国贫旗县全部摘帽。")
    assert outcome.name == "国贫旗县全部摘帽"
    assert outcome.also == ("31个国贫旗县全部摘帽",)


@pytest.mark.parametrize("text", ["力争年底前薄弱村全面清零。", "确保困难群众应保尽保。", "（一）干群关系明显改善。"])
def test_goals_and_headings_are_no_outcomes(text: str) -> None:
    assert mentions(text) == []


def test_what_brings_an_outcome_about_is_no_part_of_its_name() -> None:
    assert [m.name for m in mentions("合作社带动181户贫困户持续增收。")] == ["贫困户持续增收"]


def test_a_list_before_an_outcome_is_no_part_of_its_name() -> None:
    assert [m.name for m in mentions("“宝宝屋”、“泉心托”等社区托育品牌赢得家长信赖。")] == ["社区托育品牌赢得家长信赖"]


@pytest.mark.parametrize("heading", ["一、主要目标", "三、下一步工作安排"])
def test_a_heading_announces_goals_for_all_below_it(heading: str) -> None:
    assert mentions(f"养老服务工作总结\n{heading}\n养老服务产品更加丰富。市场机制不断完善。") == []


def test_a_plan_tells_of_outcomes_only_in_the_past() -> None:
    title = "甲县人民政府关于加快发展养老服务业的实施意见\n"
    assert mentions(f"{title}养老服务质量明显提升。") == []
    assert [m.name for m in mentions(f"{title}近年来，养老服务质量明显提升。")] == ["养老服务质量明显提升"]


def test_a_remark_in_brackets_neither_is_an_outcome_nor_belongs_to_one() -> None:
    assert [m.name for m in mentions("试点改造全部完成（居全省第2位）。")] == ["试点改造全部完成"]


def test_a_word_of_the_past_ends_what_a_sentence_plans() -> None:
    assert mentions("全县将建设长者食堂，助餐服务全覆盖。") == []
    assert [m.name for m in mentions("原计划今年建设长者食堂，目前已建成，助餐服务全覆盖。")] == ["助餐服务全覆盖"]
