"""Counts over time: 每月不少于2次 is 2 次/月."""

from __future__ import annotations

from ...lexicon import table, words
from ..page import Page
from .sifting import Figure

_REACH = 16


def unit_over_time(page: Page, figure: Figure) -> str:
    """The unit of a figure, with the period when the words before it in the clause say 每月, 每周 …"""
    quantity = figure.quantity
    if quantity.unit not in words("time_words", **{"class": "unit"}):
        return quantity.unit
    left = page.wide[max(figure.clause.start, quantity.left - _REACH) : quantity.left]
    places = [(left.rfind(row["word"]), row["value"]) for row in table("time_words") if row["class"] == "every"]
    place, period = max(places)
    return f"{quantity.unit}/{period}" if place >= 0 else quantity.unit
