"""Anchors: what is read off a pattern, and that looking only there finds what the pattern finds everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.anchors import Anchor, Anchored, anchor
from kg.lexicon import words
from kg.rules import Rule, rules
from kg.text import widen

TEXTS = [
    widen(path.read_text(encoding="utf-8")) for path in (Path(__file__).parents[1] / "data" / "gold").glob("*.txt")
]
FILES = ("documents", "organisations", "outcomes", "persons", "times")


def read(pattern: str) -> Anchor:
    return anchor(Rule("test", "Person", "", 0.5, (), (), written=pattern))


@pytest.mark.parametrize(
    ("pattern", "first", "needs"),
    [
        ("(?P<name>成立|设立)了?.{2}", {"成立", "设立"}, [{"成立", "设立"}]),
        ("(?<=[，。])(?:关于)?(?P<name>通知)", {"关于", "通知"}, [{"通知"}]),
        (r"\d+岁的(?=同志)", set("0123456789"), [set("0123456789"), {"岁的"}, {"同志"}]),
        ("[省市]直", {"省", "市"}, [{"省", "市"}, {"直"}]),
        (r"\d{4}年", set("0123456789"), [set("0123456789"), {"年"}]),
        ("，共有", {"，共有"}, [{"共有"}]),
        ("[^省市]直属", None, [{"直属"}]),
        ("(?:甲乙|丙丁)*", None, []),
        ("(?i)ab", None, []),
        ("(?>{genres})", set(words("genres")), []),
    ],
)
def test_an_anchor_is_read_off_the_pattern(pattern: str, first: set[str] | None, needs: list[set[str]]) -> None:
    asked = read(pattern)
    assert (asked.first, [set(need) for need in asked.needs]) == (first, needs)


def test_placeholders_side_by_side_are_all_anchors() -> None:
    assert read("(?:{genres}|{document_verbs:issue})").first == {
        *words("genres"),
        *words("document_verbs", **{"class": "issue"}),
    }


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_missed_at_the_anchors(file: str) -> None:
    for rule in rules(file):
        for text in (*TEXTS, *(widen(text) for text, _ in rule.hits), *map(widen, rule.misses)):
            found = [hit.span() for hit in Anchored(text).matches(rule)]
            assert found == [hit.span() for hit in rule.regex.finditer(text)], rule.name


def test_a_text_may_be_searched_up_to_an_offset() -> None:
    rule = next(rule for rule in rules("organisations") if rule.name == "organisation-youth-league")
    text = "团县委与团市委"
    assert [hit.start() for hit in Anchored(text).matches(rule, 4)] == [0]


def test_digits_of_another_script_are_found_as_well() -> None:
    rule = next(rule for rule in rules("times") if rule.regex.fullmatch("6月30日"))
    assert [hit.group() for hit in Anchored("٦月٣٠日").matches(rule)] == ["٦月٣٠日"]


@pytest.mark.parametrize("text", ["团县委与团市委", "团县委与团市委６٦"])
def test_a_match_passed_over_is_none(text: str) -> None:
    rule = next(rule for rule in rules("organisations") if rule.name == "organisation-youth-league")
    found = Anchored(text).matches(rule, unless=lambda hit: "县" in hit.group())
    assert [hit.start() for hit in found] == [4]
