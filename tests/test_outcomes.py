"""Outcomes: every rule finds what its examples say, and goals are none."""

from __future__ import annotations

import pytest

from kg.extract import outcomes
from kg.extract.page import Page
from kg.reading import article_from_text
from kg.rules import Rule, rules


def found(text: str, rule: str | None = None) -> list[str]:
    mentions = outcomes.find(Page(article_from_text(text, source="test")), ())
    return [m.name for m in mentions if rule in (None, m.rule)]


@pytest.mark.parametrize("rule", rules("outcomes"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for text, names in rule.hits:
        assert found(text, rule.name) == list(names)
    for text in rule.misses:
        assert found(text, rule.name) == []
