"""Places in the results chain."""

from __future__ import annotations

import pytest

from kg.extract.figures.levels import level_of
from kg.model import Level, Role


@pytest.mark.parametrize(
    ("indicator", "kind", "role", "level"),
    [
        ("投入资金", "money", Role.LEVEL, Level.INPUT),
        ("人均可支配收入", "money", Role.LEVEL, Level.OUTCOME),
        ("开展培训期数", "event", Role.LEVEL, Level.OUTPUT),
        ("带动就业人数", "person", Role.LEVEL, Level.OUTCOME),
        ("有效期", "period", Role.LEVEL, Level.CONTEXT),
        ("某物", "age", Role.FLOOR, Level.CONTEXT),
        ("某物", "unknown", Role.LEVEL, Level.OUTPUT),
    ],
)
def test_words_and_units_tell_the_level(indicator: str, kind: str, role: Role, level: Level) -> None:
    assert level_of(indicator, kind, role) is level
