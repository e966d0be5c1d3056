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
