"""Persons: names in strong context, their length, and their later mentions."""

from __future__ import annotations

import pytest

from kg.extract import persons
from kg.extract.page import Mention, Page
from kg.reading import article_from_text


def mentions(text: str) -> list[Mention]:
    return sorted(persons.find(Page(article_from_text(text, source="test"))), key=lambda m: m.start)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("副省长李红一行来调研。", "李红"),
        ("会议由主任陈斌主持。", "陈斌"),
        ("对话民政局局长申屠敏。", "申屠敏"),
        ("县人社局副局长臧文举说。", "臧文举"),
        ("牧民达西道尔吉告诉记者。", "达西道尔吉"),
        ("开赛尔·库尔班在养殖基地。", "开赛尔·库尔班"),
        ("双方将一同发展。”（何磊）", "何磊"),
    ],
)
def test_the_name_ends_where_the_next_word_begins(text: str, name: str) -> None:
    assert [m.name for m in mentions(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "党委书记和村委会主任一肩挑。",
        "主任向群众作了说明。",
        "居民金融服务改善。",
        "农村高龄老人受益。",
        "村民方便了。",
    ],
)
def test_everyday_words_are_no_names(text: str) -> None:
    assert mentions(text) == []


def test_a_name_once_read_is_known_later() -> None:
    found = mentions("博士后谭思远一边看叶片。谭思远选育新品种。")
    assert [(m.name, m.post) for m in found] == [("谭思远", "博士后")] * 2


def test_the_last_character_goes_where_the_text_names_the_person_without_it() -> None:
    assert {m.name for m in mentions("建档立卡户王圣原来在外务工，刘力源到王圣家看望。")} == {"王圣"}


def test_names_that_stand_beside_a_name_are_names() -> None:
    assert [m.name for m in mentions("他来到村民谭文官、潘桥开等人家里。")] == ["谭文官", "潘桥开"]


def test_a_find_that_is_none_takes_no_text_from_the_next() -> None:
    assert [m.name for m in mentions("会上介绍了黄金花团队。")] == ["金花"]
