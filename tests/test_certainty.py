"""How sure a fact is: what is seen of it, and the weights that make a chance of it."""

from __future__ import annotations

import json

import pytest

from kg.errors import KnowledgeError
from kg.extract import certainty, extract
from kg.extract.certainty import BIAS, chance, entity_features
from kg.extract.page import Mention, Page
from kg.model import Entity, EntityType
from kg.reading import article_from_text
from kg.resources import knowledge_text

TEXT = "莒县见闻\n莒县人社局开展就业培训。困难群众很高兴。"


def test_features_tell_rules_name_and_neighbours() -> None:
    page = Page(article_from_text(TEXT, source="test"))
    mention = Mention(EntityType.PLACE, 5, 7, "莒县", "place-name", 0.9, "莒县")
    again = Mention(EntityType.PLACE, 0, 2, "莒县", "place-again", 0.9, "莒县", also=("全县",))
    assert list(entity_features(page, [mention, again], mention)) == [
        "best place-name",
        "rule place-again",
        "rule place-name",
        "rules 2",
        "mentions 2",
        "length 2",
        "first 莒",
        "last 县",
        "before \n",
        "after 人",
        "in head",
        "other names",
    ]


def test_a_text_that_begins_and_ends_with_the_name_has_edges() -> None:
    page = Page(article_from_text("莒县", source="test"))
    mention = Mention(EntityType.PLACE, 0, 2, "莒县", "place-name", 0.9, "莒县")
    assert {"before |", "after |"} <= set(entity_features(page, [mention], mention))


def test_the_chance_is_the_logistic_of_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certainty, "_weights", lambda table: {"Group": {BIAS: 0.0, "a": 1.0986}})
    assert chance("entities", "Group", ["a", "unknown"]) == 0.75
    assert chance("entities", "Group", []) == 0.5


def test_every_type_has_weights_and_every_entity_a_chance() -> None:
    table = json.loads(knowledge_text("weights/entities.json"))
    assert set(table) == set(EntityType)
    assert all(BIAS in weights for weights in table.values())
    found = [f for f in extract(article_from_text(TEXT, source="test")) if isinstance(f, Entity)]
    assert found
    assert all(0 < fact.evidence.confidence < 1 for fact in found)


def test_a_broken_table_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certainty, "knowledge_text", lambda path: "{")
    with pytest.raises(KnowledgeError, match=r"weights/broken.json: no valid JSON"):
        certainty._weights.__wrapped__("broken")
