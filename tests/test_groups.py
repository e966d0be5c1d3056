"""Groups: every rule finds what its examples say, and names begin where the phrase begins."""

from __future__ import annotations

import pytest

from kg.extract import find_mentions
from kg.extract.page import Mention, Page
from kg.model import EntityType
from kg.reading import article_from_text
from kg.rules import Rule, rules


def mentions(text: str) -> list[Mention]:
    found = find_mentions(Page(article_from_text(text, source="test")))
    return sorted((m for m in found if m.type is EntityType.GROUP), key=lambda m: (m.start, m.end))


def found(text: str, rule: str) -> list[str]:
    return [mention.name for mention in mentions(text) if mention.rule == rule]


@pytest.mark.parametrize("rule", rules("groups"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for text, names in rule.hits:
        assert found(text, rule.name) == list(names)
    for text in rule.misses:
        assert found(text, rule.name) == []


def test_the_quote_of_a_shared_head_is_the_item_alone() -> None:
    text = "对高血压、糖尿病患者随访。"
    assert [(m.name, text[m.start : m.end]) for m in mentions(text)] == [
        ("高血压患者", "高血压"),
        ("糖尿病患者", "糖尿病患者"),
    ]


def test_a_clause_names_the_group_and_the_phrase_without_it_is_another_name() -> None:
    (group,) = mentions("引导符合条件的小微企业参保。")
    assert group.name == "符合条件的小微企业"
    assert group.also == ("小微企业",)


@pytest.mark.parametrize("text", ["全县1437名在职村干部参保。", "为在职村干部办理参保。", "其中在职村干部占六成。"])
def test_figures_prepositions_and_scope_words_stay_outside(text: str) -> None:
    assert [m.name for m in mentions(text)] == ["在职村干部"]


def test_a_post_before_a_name_is_no_group() -> None:
    assert [m.name for m in mentions("种粮大户周广田说，农户都愿意。")] == ["农户"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("对60至79周岁老人每餐补贴2元。", "60至79周岁老人"),
        ("为60周岁以上老年人发放津贴。", "60周岁以上老年人"),
        ("带动5000户以上贫困户稳定增收。", "贫困户"),
        ("近万名残疾儿童接受康复训练。", "残疾儿童"),
    ],
)
def test_an_age_is_part_of_the_name_and_a_count_is_not(text: str, name: str) -> None:
    assert [m.name for m in mentions(text)] == [name]


def test_a_shared_head_does_not_say_the_item_twice() -> None:
    assert [m.name for m in mentions("为116名失能、半失能老人送餐。")] == ["失能老人", "半失能老人"]


def test_a_clause_begins_after_the_item_before_it() -> None:
    found_names = [m.name for m in mentions("残疾人和未满16周岁的未成年人，纳入供养范围。")]
    assert found_names == ["残疾人", "未满16周岁的未成年人"]


def test_a_body_that_a_notice_addresses_is_a_group_by_its_full_name() -> None:
    text = "关于做好发放工作的通知\n各乡镇人民政府、街道办事处，县财政局：\n现将有关事项通知如下。"
    assert [m.name for m in mentions(text)][:2] == ["乡镇人民政府", "街道办事处"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("残疾人是一个特别困难的社会群体，需要关心。", "特别困难的社会群体"),
        ("超过三成的婴幼儿家庭有入托需求。", "婴幼儿家庭"),
    ],
)
def test_no_count_and_no_share_opens_a_clause(text: str, name: str) -> None:
    assert name in [mention.name for mention in mentions(text)]
