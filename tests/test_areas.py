"""Places as mentions of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.extract.areas import find
from kg.extract.page import Mention, Page
from kg.reading import article_from_text

GOLD = Path(__file__).parents[1] / "data" / "gold"


def mentions(text: str) -> list[Mention]:
    return list(find(Page(article_from_text(text, source="a.txt"))))


def test_a_pointing_word_is_a_mention_of_the_main_area() -> None:
    text = "莒县促就业\n近日，莒县沭上镇办起驿站。全县登记3万人，该镇登记一千人，全省推广。"
    found = [(text[m.start : m.end], m.name) for m in mentions(text)]
    assert ("全县", "莒县") in found
    assert ("该镇", "沭上镇") in found
    assert all(written != "全省" for written, _ in found)


def test_a_short_name_is_kept_beside_the_full_one() -> None:
    (mention,) = mentions("选派干部去武汉、学习。")
    assert (mention.name, mention.also) == ("武汉市", ("武汉",))


@pytest.mark.parametrize("name", ["neimenggu", "dingyuan"])
def test_the_places_of_the_two_articles_are_found(name: str) -> None:
    facts = [json.loads(line) for line in (GOLD / f"{name}.facts.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {fact["name"] for fact in facts if fact.get("type") == "Place"}
    found = {mention.name for mention in mentions((GOLD / f"{name}.txt").read_text(encoding="utf-8"))}
    assert len(found & gold) >= 0.75 * len(gold)
    assert found <= gold
