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
