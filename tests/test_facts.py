"""Facts survive the way to JSON and back, and broken lines are named."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.facts import from_json, load_facts, to_json, to_line
from kg.model import Article, Entity, Observation

TEXT = "定远县出台实施办法(试行),培训村干部1.5万人次。"
ARTICLE = Article(id="0" * 16, source="a.txt", text=TEXT, title="题")
GROUP = {"kind": "entity", "type": "Group", "name": "村干部", "also": ["村里干部"], "quote": "村干部"}
RELATION = {"kind": "relation", "subject": "办法", "predicate": "targets", "object": "村干部", "quote": "培训村干部"}
FIGURE = {
    "kind": "observation",
    "indicator": "培训村干部人次",
    "value": 15000,
    "unit": "人次",
    "time": None,
    "place": "定远县",
    "role": "level",
    "of": None,
    "level": "output",
    "quote": "培训村干部1.5万人次",
}


def test_a_quote_without_offsets_is_found_in_the_text() -> None:
    fact = from_json(GROUP, ARTICLE)
    assert isinstance(fact, Entity)
    assert TEXT[fact.evidence.start : fact.evidence.end] == "村干部"
    assert fact.also == ("村里干部",)


@pytest.mark.parametrize("record", [GROUP, RELATION, FIGURE])
def test_json_and_back_changes_nothing(record: dict[str, object]) -> None:
    fact = from_json(record, ARTICLE)
    assert from_json(to_json(fact), ARTICLE) == fact
    assert from_json(json.loads(to_line(fact)), ARTICLE) == fact


def test_offsets_pick_one_of_equal_quotes() -> None:
    article = Article(id="0" * 16, source="a.txt", text="村干部说村干部", title="题")
    assert from_json(GROUP | {"start": 4}, article).evidence.start == 4


def test_a_quote_in_wide_marks_is_cut_from_the_text_to_the_letter() -> None:
    fact = from_json(GROUP | {"quote": "实施办法（试行），"}, ARTICLE)
    assert fact.evidence.quote == "实施办法(试行),"


def test_values_are_exact_decimals(tmp_path: Path) -> None:
    line = json.dumps(FIGURE | {"value": 5.85}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(line + "\n\n", encoding="utf-8")
    (fact,) = load_facts(tmp_path / "a.jsonl", ARTICLE).facts
    assert isinstance(fact, Observation)
    assert fact.value == Decimal("5.85")
    assert to_json(fact)["value"] == 5.85


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"kind": "opinion"}, "kind 'opinion' is none of entity, relation, observation"),
        (GROUP | {"quote": "县委"}, "does not stand in the article"),
        (GROUP | {"type": "Thing"}, "type is 'Thing', it must be one of PolicyDocument, Organisation"),
        (GROUP | {"type": ["Group"]}, "type is .*one of PolicyDocument"),
        (GROUP | {"name": " "}, "name is ' '"),
        (GROUP | {"name": 5}, "name is '5', it must be a text"),
        (GROUP | {"also": "村民"}, "also is '村民', it must be a list of names"),
        (GROUP | {"start": "7"}, "start is '7', it must be the whole number"),
        (GROUP | {"confidence": "high"}, "confidence is 'high', it must be a number from 0 to 1"),
        ({k: v for k, v in FIGURE.items() if k != "role"}, "the observation has no 'role'"),
        (FIGURE | {"value": "many"}, "wrong value in the observation: value is 'many', it must be a number such as"),
        (FIGURE | {"value": None}, "value is 'None', it must be a number"),
        (FIGURE | {"value": math.inf}, "value is 'inf', it must be a number"),
        (FIGURE | {"time": "去年"}, "time is '去年', it must be EDTF"),
        (FIGURE | {"time": 2019}, "time is '2019', it must be a text"),
        (FIGURE | {"place": ["定远县"]}, "place is .*a text"),
    ],
)
def test_a_wrong_line_is_named(record: dict[str, object], message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GROUP) + "\n" + json.dumps(record) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        load_facts(path, ARTICLE)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "no facts"), (b"\xff\xfe", "not UTF-8"), (b"[1]", "one JSON object"), (b"{", "no valid JSON")],
)
def test_a_broken_file_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=message):
        load_facts(tmp_path / "a.jsonl", ARTICLE)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: cannot be read"):
        load_facts(tmp_path / "none.jsonl", ARTICLE)
