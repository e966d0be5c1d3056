"""Rules: every hit and every miss of the rules read here is one test; every rule file is tested somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.extract import areas, documents, organisations, persons
from kg.extract.page import Mention, Page
from kg.reading import article_from_text
from kg.rules import Rule, all_rules


def _organisations(page: Page) -> Iterator[Mention]:
    return organisations.find(page, [*areas.find(page), *persons.find(page)])


STAGES: dict[str, Callable[[Page], Iterator[Mention]]] = {
    "documents": documents.find,
    "organisations": _organisations,
    "persons": persons.find,
}
"""The rule files that a stage reads on a whole page."""

BARE = ("reading", "figures")
"""The rule files whose patterns are looked for in the bare text."""

ELSEWHERE = {
    "damage": "test_reading.py",
    "groups": "test_groups.py",
    "mechanisms": "test_mechanisms.py",
    "metadata": "test_reading.py",
    "outcomes": "test_outcomes.py",
    "phrases": "test_indicators.py",
    "places": "test_places.py",
    "times": "test_times.py",
}
"""The rule files whose examples are of another kind, and the tests that run them."""


def found(file: str, rule: Rule, text: str) -> list[tuple[str, ...]]:
    """What the rule finds in the text, each find under the names it may be told by."""
    if file in STAGES:
        page = Page(article_from_text(text, source="example"))
        finds = {(m.start, m.end): m.name for m in STAGES[file](page) if m.rule == rule.name}
        return [(name, page.wide[start:end]) for (start, end), name in sorted(finds.items())]
    return [(hit.groupdict().get("name") or hit.group(),) for hit in rule.regex.finditer(text)]


def _cases(which: str) -> list[object]:
    return [
        pytest.param(file, rule, example, id=f"{rule.name}-{number}")
        for file, rule in all_rules()
        if file in STAGES or file in BARE
        for number, example in enumerate(getattr(rule, which), 1)
    ]


@pytest.mark.parametrize(("file", "rule", "hit"), _cases("hits"))
def test_a_hit_is_found(file: str, rule: Rule, hit: tuple[str, tuple[str, ...]]) -> None:
    text, expected = hit
    finds = found(file, rule, text)
    assert len(finds) == len(expected), finds
    assert all(name in names for name, names in zip(expected, finds, strict=True)), finds


@pytest.mark.parametrize(("file", "rule", "text"), _cases("misses"))
def test_a_miss_is_left_alone(file: str, rule: Rule, text: str) -> None:
    assert found(file, rule, text) == []


def test_every_rule_file_is_tested() -> None:
    files = {file for file, _ in all_rules() if not file.startswith("relations-")}
    assert files == {*STAGES, *BARE, *ELSEWHERE}
    assert all(Path(__file__).with_name(name).is_file() for name in ELSEWHERE.values())
