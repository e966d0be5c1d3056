"""Mechanisms: every rule finds what its examples say; lists, titles and quotes give whole names."""

from __future__ import annotations

import pytest

from kg.extract import find_mentions
from kg.extract.page import Mention, Page
from kg.model import EntityType
from kg.reading import article_from_text
from kg.rules import Rule, rules


def mentions(text: str) -> list[Mention]:
    found = find_mentions(Page(article_from_text(text, source="test")))
    return sorted((m for m in found if m.type is EntityType.MECHANISM), key=lambda m: (m.start, m.end))


def found(text: str, rule: str) -> list[str]:
    return [mention.name for mention in mentions(text) if mention.rule == rule]


@pytest.mark.parametrize("rule", rules("mechanisms"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for text, names in rule.hits:
        assert found(text, rule.name) == list(names)
    for text in rule.misses:
        assert found(text, rule.name) == []


def test_a_quoted_name_has_its_head_and_goes_by_the_quoted_part_too() -> None:
    (mechanism,) = mentions("县里启动“春风送岗”行动。")
    assert mechanism.name == "春风送岗行动"
    assert "春风送岗" in mechanism.also


def test_a_list_before_a_head_is_one_name() -> None:
    assert [m.name for m in mentions("县里建立月排查、季研判机制。")] == ["月排查、季研判机制"]


def test_items_without_a_head_take_that_of_the_last() -> None:
    assert [m.name for m in mentions("按规定缴纳养老、失业、工伤保险。")] == ["养老保险", "失业保险", "工伤保险"]


def test_a_verb_before_a_group_is_no_mechanism() -> None:
    assert mentions("县里培训村干部，资助困难学生。") == []


def test_items_that_are_verbs_with_their_objects_keep_the_verb() -> None:
    names = [m.name for m in mentions("县里通过协调场地、盘活资源、发放补贴等多项措施，扩大供给。")]
    assert names == ["协调场地", "盘活资源", "发放补贴"]


def test_counted_work_goes_by_its_noun_and_by_its_words() -> None:
    (mechanism,) = mentions("全年改造农村危房1.42万户。")
    assert (mechanism.name, mechanism.also) == ("农村危房改造", ("改造农村危房",))


def test_a_list_of_things_sets_up_no_measure() -> None:
    assert mentions("印发《基本养老服务清单》。") == []


def test_a_noun_that_closes_a_phrase_opens_no_name() -> None:
    assert "方式集中安置" not in [m.name for m in mentions("采取随班就读等方式集中安置。")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县里制定规划基本原则，明确室外标准。", []),
        ("为老人构筑创业绿色通道。", ["创业绿色通道"]),
        ("向大会报告工作，请予审议。", []),
    ],
)
def test_no_principle_and_no_verb_names_a_measure(text: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions(text)] == names
