"""Edges: reading to the left from a head noun stops at marks, verbs, figures and persons."""

from __future__ import annotations

import pytest

from kg.extract.edges import Edges, describes, skip_verb
from kg.extract.page import Page
from kg.reading import article_from_text


def name_of(text: str, head: str) -> str:
    page = Page(article_from_text(text, source="test"))
    at = page.wide.index(head)
    return page.wide[Edges.of(page, ()).name_start(at) : at]


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("由镇里引进宁夏驼铃食品有限公司。", "有限公司", "宁夏驼铃食品"),
        ("组成“科创红帆”服务队，分片走访。", "服务队", "“科创红帆”"),
        ("12所乡镇敬老院移交。", "敬老院", "乡镇"),
        ("五个工作专班摸排。", "工作专班", ""),
        ("经市居民家庭经济状况核对中心比对。", "中心", "市居民家庭经济状况核对"),
    ],
)
def test_a_name_begins_after_the_last_edge(text: str, head: str, name: str) -> None:
    assert name_of(text, head) == name


def test_a_governing_verb_is_no_part_of_the_name() -> None:
    text = "扶持大石盘敬老院"
    assert text[skip_verb(text, 0, text.index("敬老院")) :] == "大石盘敬老院"


def test_describing_words_name_no_body() -> None:
    assert describes("城区优质")
    assert not describes("大石盘")
