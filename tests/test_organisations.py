"""Bodies: named in full by their owner, grown to the left of their head, met again under short forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract import areas, organisations, persons
from kg.extract.page import Page
from kg.extract.resolve import settle
from kg.reading import article_from_text


def names(text: str, place: str | None = None) -> list[str]:
    """The names of the bodies in the order of the text, each once."""
    article = replace(article_from_text(text, source="test"), place=place)
    page = Page(article)
    found = settle(list(organisations.find(page, [*areas.find(page), *persons.find(page)])))
    return list(dict.fromkeys(m.name for m in sorted(found, key=lambda m: (m.start, m.end))))


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("由县财政局负责。", "屯昌县", ["屯昌县财政局"]),
        ("由省民政厅负责。", "屯昌县", ["省民政厅"]),
        ("青林渡镇建成基地，镇政府拨款。", "宜都市", ["青林渡镇政府"]),
        ("县财政拨款，团县委配合。", "定远县", ["定远县财政", "共青团定远县委"]),
        ("走访从化区社工委、区民政局。", "召陵区", ["从化区社工委", "从化区民政局"]),
        ("我市民政局出台办法。", "高平市", ["高平市民政局"]),
    ],
)
def test_a_level_stands_for_the_place_that_the_text_tells(text: str, place: str, expected: list[str]) -> None:
    assert names(text, place) == expected


@pytest.mark.parametrize(
    "text", ["城市管理水平提高。", "社区居民满意。", "县委书记、县长任组长。", "考上大学。", "个别银行抽贷。"]
)
def test_no_body_is_read_from_other_words(text: str) -> None:
    assert names(text, "定远县") == []


def test_a_name_begins_after_the_verb_that_governs_it() -> None:
    assert names("由镇里引进宁夏驼铃食品有限公司建成车间。") == ["宁夏驼铃食品有限公司"]


def test_departments_in_a_list_share_their_last_word() -> None:
    assert names("联合财政、农牧等部门制定。") == ["财政部门", "农牧部门"]


def test_a_post_before_a_person_names_the_body() -> None:
    assert names("县农办主任王建国介绍。", "定远县") == ["定远县农办"]


def test_later_short_forms_mean_the_body_named_in_full() -> None:
    page = Page(article_from_text("江苏恒屹精密传动有限公司投产。恒屹变化很大，该公司增收。", source="test"))
    found = organisations.find(page, list(areas.find(page)))
    assert {page.wide[m.start : m.end]: m.name for m in found} == {
        "江苏恒屹精密传动有限公司": "江苏恒屹精密传动有限公司",
        "恒屹": "江苏恒屹精密传动有限公司",
        "该公司": "江苏恒屹精密传动有限公司",
    }


def test_a_part_of_a_body_is_a_body_of_its_own() -> None:
    assert names("县教育局基础教育科科长虞海燕说。", "缙云县") == ["缙云县教育局", "缙云县教育局基础教育科"]


@pytest.mark.parametrize("text", ["走进这个卫星工厂，机器正响。", "孩子读书离学校太远。", "单位办园及回购民办幼儿园。"])
def test_no_pronoun_and_no_verb_begins_a_name(text: str) -> None:
    assert not {"个卫星工厂", "孩子读书离学校", "回购民办幼儿园"} & set(names(text))


def test_the_government_of_a_district_is_not_that_of_an_estate() -> None:
    assert "桂花小区政府" not in names("桂花小区焕然一新。区政府出资改造。")
