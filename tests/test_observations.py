"""Observations end to end: fields, quotes, what stays unread, and any text at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold import load_gold
from kg.extract import observations
from kg.extract.figures.quantities import find_quantities
from kg.extract.page import Mention, Page
from kg.model import Article, EntityType, Level, Observation, Role
from kg.reading import article_from_text
from kg.text import widen

GOLD = Path(__file__).parents[1] / "data" / "gold"


def read(text: str, *mentions: tuple[EntityType, str]) -> list[Observation]:
    page = Page(article_from_text(text, source="test"))
    found = [
        Mention(kind, page.wide.index(name), page.wide.index(name) + len(name), name, "test", 1.0, entity=name)
        for kind, name in mentions
    ]
    return list(observations.find(page, found))


def test_every_field_is_filled() -> None:
    text = "2016年，西卅店镇实施安居工程，投入资金112万元。\n"
    [found] = read(text, (EntityType.PLACE, "西卅店镇"), (EntityType.MECHANISM, "安居工程"))
    assert (found.indicator, found.value, found.unit, found.role) == ("投入资金", Decimal(1120000), "元", Role.LEVEL)
    assert (found.time, found.place, found.of, found.level) == ("2016", "西卅店镇", "安居工程", Level.INPUT)
    assert found.evidence.quote == text[found.evidence.start : found.evidence.end] == "投入资金112万元"


def test_counts_over_time_keep_the_period_in_the_unit() -> None:
    assert [found.unit for found in read("队员每月上门不少于2次，每次不少于1.5小时。\n")] == ["次/月", "小时"]


def test_the_start_of_a_change_has_no_carried_time() -> None:
    before, after = read("2024年，报销比例由50%提高到60%。\n")
    assert (before.time, after.time) == (None, "2024")


def test_the_age_of_a_person_bears_the_name() -> None:
    [found] = read("62岁的王桂香老人先笑了。\n", (EntityType.PERSON, "王桂香"))
    assert found.indicator == "王桂香年龄"


def test_a_short_name_is_told_with_what_the_clause_before_ends_in() -> None:
    [found] = read("县农商行推出“强村贷”，单笔授信30万元。\n", (EntityType.MECHANISM, "强村贷"))
    assert found.indicator == "强村贷单笔授信"


def test_blanks_between_digits_and_characters_change_nothing() -> None:
    text = "2024 年 6 月，全县投入 120 万元，带动 35 人就业，增长 5.2 %。\n"
    mentions = [(EntityType.PLACE, "全县")]
    spaced, closed = read(text, *mentions), read(text.replace(" ", ""), *mentions)
    assert [(o.indicator, o.value, o.unit, o.time, o.place) for o in spaced] == [
        (o.indicator, o.value, o.unit, o.time, o.place) for o in closed
    ]
    assert [o.evidence.quote for o in spaced] == ["投入 120 万元", "带动 35 人就业", "增长 5.2 %"]
    assert all(text[o.evidence.start : o.evidence.end] == o.evidence.quote for o in spaced)


def test_what_is_seen_and_not_understood_is_told_with_its_reason() -> None:
    text = "〔2023〕18号第三条：每新吸纳1名劳动力，奖补1000元，惠及26域。热线：12385。\n"
    page = Page(article_from_text(text, source="test"))
    unread = {text[item.span.start : item.span.end]: item.reason for item in observations.not_understood(page)}
    assert unread == {"1名": "figure-for-each", "26": "no unit"}


@pytest.mark.parametrize("name", ["dingyuan", "neimenggu"])
def test_the_figures_of_the_two_articles_are_read(name: str) -> None:
    page, mentions, facts = load_gold(GOLD / f"{name}.txt")
    gold = {(fact.value, fact.unit) for fact in facts if isinstance(fact, Observation)}
    found = {(fact.value, fact.unit) for fact in observations.find(page, mentions)}
    assert len(gold & found) >= 0.97 * len(gold | found)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_observations_or_none(text: str) -> None:
    _check(article_from_text(text, source="any"))


@given(
    st.lists(
        st.sampled_from("全县共从由提高到分别3二十万余亿元个名户人%、，。；：（）“”《》每月年2023第内以上的一半成"),
        max_size=60,
    )
)
def test_any_jumble_of_figures_gives_exact_quotes(pieces: list[str]) -> None:
    _check(article_from_text("".join(pieces), source="jumble"))


def _check(article: Article) -> None:
    page = Page(article)
    for found in observations.find(page, []):
        evidence = found.evidence
        assert evidence.quote == article.text[evidence.start : evidence.end]
        assert found.indicator
        assert found.value in {quantity.value for quantity in find_quantities(widen(evidence.quote))}
    for item in observations.not_understood(page):
        assert len(item.span) > 0
