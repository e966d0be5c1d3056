"""Every rule of `ontology/rules/` fires where it says it does: no rule is dead."""

from __future__ import annotations

import pytest

from gold import parse_marked
from kg.extract import find_mentions, relations
from kg.extract.page import Page
from kg.reading import article_from_text
from kg.rules import Rule, all_rules
from kg.text import widen

RULES = [pytest.param(file, rule, id=rule.name) for file, rule in all_rules()]


def fires(file: str, rule: Rule, text: str) -> bool:
    """Whether the rule finds something in the text, as a pattern, as a mention or as a vote for a relation."""
    if file.startswith("relations-"):
        return any(rule.name in votes for votes in relations.find_votes(*parse_marked(text)).values())
    if rule.regex.search(text) or rule.regex.search(widen(text)):
        return True
    return any(mention.rule == rule.name for mention in find_mentions(Page(article_from_text(text, source="hit"))))


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_a_rule_fires_in_each_of_its_hits(file: str, rule: Rule) -> None:
    assert [text for text, _ in rule.hits if not fires(file, rule, text)] == []
