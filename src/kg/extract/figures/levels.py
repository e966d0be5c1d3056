"""Where a figure stands in the results chain: money and staff in, work done, what changed, or mere description."""

from __future__ import annotations

from functools import cache

from ...lexicon import Matcher, table
from ...model import Level, Role

_GROUPS = {
    Role.FLOOR: "limit",
    Role.CEILING: "limit",
    Role.BEFORE: "change",
    Role.AFTER: "change",
    Role.CHANGE: "change",
}


def level_of(indicator: str, kind: str, role: Role) -> Level:
    """The level that the most telling word of the indicator gives, else that of its kind of unit and its role.

    >>> level_of("到位资金", "money", Role.LEVEL).value, level_of("带动就业人数", "person", Role.LEVEL).value
    ('input', 'outcome')
    """
    hits = list(_matcher(kind).find(indicator))
    if hits:
        return Level(max(hits, key=lambda hit: (int(hit.row["weight"]), hit.end)).row["class"])
    return _defaults().get((kind, _GROUPS.get(role, "plain")), Level.OUTPUT)


@cache
def _matcher(kind: str) -> Matcher:
    rows = (row for row in table("level_words") if not row["kinds"] or kind in row["kinds"].split(","))
    return Matcher(rows)


@cache
def _defaults() -> dict[tuple[str, str], Level]:
    return {(row["word"], row["role"]): Level(row["class"]) for row in table("level_defaults")}
