"""A page as symbols: lists are one symbol, words have classes, sentences open with what they leave unsaid."""

from __future__ import annotations

import pytest

from gold import parse_marked
from kg.extract.alphabet import signs
from kg.extract.subjects import find_frames
from kg.extract.symbols import encode


def kinds(marked: str) -> list[str]:
    """The classes of all symbols that stand for some text."""
    page, mentions = parse_marked(marked)
    line = encode(page, mentions, find_frames(page, mentions))
    return [symbol.kind for symbol in line.symbols if not symbol.implied]


def test_words_marks_and_mentions_become_symbols() -> None:
    assert kinds("[县委|Organisation]印发《[节水办法|PolicyDocument]》，人人叫好。") == [
        "Agency",
        "issue",
        "PolicyDocument",
        "comma",
        "text",
        "stop",
    ]


@pytest.mark.parametrize("between", ["、", "和", "42场、", "（3月11日）、", "及3期"])
def test_mentions_joined_like_a_list_are_one_symbol(between: str) -> None:
    page, mentions = parse_marked(f"开展[义诊|Mechanism]{between}[走访|Mechanism]。")
    (listed,) = [s for s in encode(page, mentions, find_frames(page, mentions)).symbols if len(s.mentions) > 1]
    assert [mention.entity for mention in listed.mentions] == ["义诊", "走访"]


@pytest.mark.parametrize(("between", "symbols"), [("会同", 1), ("牵头，会同", 1), ("指导", 2)])
def test_bodies_that_act_together_are_one_symbol(between: str, symbols: int) -> None:
    assert (
        kinds(f"[县民政局|Organisation]{between}[县财政局|Organisation]开展[义诊|Mechanism]").count("Agency") == symbols
    )


def test_neighbours_without_a_mark_stay_apart() -> None:
    assert kinds("[安平县|Place][石佛沟乡|Place]")[:2] == ["County", "Town"]


def test_an_outcome_hides_nothing_and_comes_last() -> None:
    assert kinds("[[义诊|Mechanism]覆盖[老人|Group]|Outcome]。") == ["Mechanism", "serve", "Group", "Outcome", "stop"]


def test_a_place_that_opens_a_mechanism_or_a_body_stands_before_it() -> None:
    assert kinds("[[槐荫社区|Place]幸福食堂|Mechanism]") == ["Village", "Site"]
    assert kinds("[[槐荫社区|Place]党支部|Organisation]") == ["Village", "Unit"]


def test_a_class_holds_its_narrower_classes() -> None:
    assert set(signs("Village")) < set(signs("Place"))
