"""Where a figure stands in the results chain: money and staff in, work done, what changed, or mere description."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...lexicon import Matcher, table
from ...model import Level, Role


def level_of(indicator: str, kind: str, role: Role) -> Level:
    """The level that the last telling word of the indicator gives, else that of its kind of unit."""
    hits = [hit for hit in _matcher().find(indicator) if not hit.row["kinds"] or kind in hit.row["kinds"].split(",")]
    if hits:
        return Level(max(hits, key=lambda hit: (int(hit.row["weight"] or 1), hit.end)).row["class"])
    return _BY_KIND.get(kind, Level.OUTPUT)


_BY_KIND: Mapping[str, Level] = {
    "money": Level.INPUT,
    "ratio": Level.OUTCOME,
    "age": Level.CONTEXT,
    "period": Level.CONTEXT,
    "score": Level.CONTEXT,
    "temperature": Level.OUTCOME,
    "area": Level.CONTEXT,
    "mass": Level.CONTEXT,
    "volume": Level.CONTEXT,
}


@cache
def _matcher() -> Matcher:
    return Matcher(table("level_words"))
