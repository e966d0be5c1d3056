"""Every wording has both languages with the same names to fill in, and every one is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.lexicon import table
from kg.wording import say

ROWS = table("interface")
SOURCE = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1] / "src").rglob("*.py"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_both_languages_fill_in_the_same_names(row: dict[str, str]) -> None:
    assert row["zh"]
    assert row["en"]
    assert sorted(re.findall(r"\{\w+\}", row["zh"])) == sorted(re.findall(r"\{\w+\}", row["en"]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_every_wording_is_used(row: dict[str, str]) -> None:
    assert re.search(rf"\b{row['word']}\b", SOURCE)


def test_names_are_filled_in() -> None:
    assert say("written", "en", path="a.ttl") == "wrote a.ttl"
