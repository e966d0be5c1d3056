"""The language of relation patterns: ends, classes, scopes, directions."""

from __future__ import annotations

import pytest

from kg.errors import KnowledgeError
from kg.extract.alphabet import Line, Symbol
from kg.extract.patterns import find_matches
from kg.rules import Rule


def found(pattern: str, kinds: str, **extra: str) -> list[tuple[int, int | None]]:
    """The places of subject and object in a row of symbols."""
    line = Line([Symbol(kind, place, place + 1) for place, kind in enumerate(kinds.split())])
    matches = find_matches(Rule("test", "operates", pattern, 0.5, (), (), extra), line)
    return [(match.subject.start, match.object.start if match.object else None) for match in matches]


@pytest.mark.parametrize(
    ("way", "expected"),
    [("left", {(0, 1), (2, 3)}), ("right", {(0, 1), (2, 3)}), ("each", {(0, 1), (0, 3), (2, 3)})],
)
def test_a_rule_looks_from_the_left_from_the_right_or_at_each(way: str, expected: set[tuple[int, int]]) -> None:
    kinds = "Organisation Mechanism Organisation Mechanism"
    assert set(found("s:Organisation ... o:Mechanism", kinds, **{"from": way})) == expected


@pytest.mark.parametrize(
    ("scope", "mark", "matches"),
    [
        ("clause", "comma", 0),
        ("sentence", "comma", 1),
        ("sentence", "stop", 0),
        ("paragraph", "stop", 1),
        ("paragraph", "line", 0),
        ("section", "line", 1),
        ("section", "section", 0),
        ("article", "section", 1),
    ],
)
def test_a_rule_stays_within_its_scope(scope: str, mark: str, matches: int) -> None:
    assert len(found("s:Organisation ... o:Mechanism", f"Organisation {mark} Mechanism", scope=scope)) == matches


def test_a_class_takes_its_narrower_classes() -> None:
    assert found("s:Organisation o:Mechanism", "Agency Benefit") == [(0, 1)]


def test_all_but_some_classes() -> None:
    assert found("s:Organisation !Group* o:Mechanism", "Organisation Group Mechanism") == []
    assert found("s:Organisation !Group* o:Mechanism", "Organisation text Mechanism") == [(0, 2)]


def test_a_token_may_be_missing_or_repeated() -> None:
    assert found("o:Place possess? s:Place", "Place Place") == [(1, 0)]
    assert found("o:Place post+ s:Person", "Place post post Person") == [(3, 0)]


def test_a_report_has_no_object() -> None:
    assert found("reporter s:Person", "reporter Person") == [(1, None)]


def test_nothing_is_sought_beyond_the_farthest() -> None:
    near, far = ["text"] * 150, ["text"] * 151
    pattern = "s:Organisation ... o:Mechanism"
    assert len(found(pattern, " ".join(["Organisation", *near, "Mechanism"]))) == 1
    assert found(pattern, " ".join(["Organisation", *far, "Mechanism"])) == []


def test_what_must_follow_is_no_part_of_what_is_found() -> None:
    pattern = "s:Mechanism ... o:Group / !Mechanism* stop"
    assert found(pattern, "Mechanism Group text stop") == [(0, 1)]
    assert found(pattern, "Mechanism Group Mechanism stop") == []


def test_nothing_can_follow_where_a_rule_looks_from_the_right() -> None:
    with pytest.raises(KnowledgeError, match="from the right"):
        found("s:Mechanism o:Group / stop", "Mechanism Group", **{"from": "right"})
