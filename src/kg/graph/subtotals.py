"""Which figure a text says to be contained in which: "2146万元，其中基本报酬1623万元"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..lexicon import alternation, words
from ..model import Observation
from ..text import widen

_STOP: Final = re.compile(r"[。；！？\n]")


def find_subtotals(figures: Iterable[Observation], text: str) -> Iterator[tuple[Observation, Observation]]:
    """Pairs of a figure and the whole that the text says it is a part of.

    A mark word (其中) stands in the quote of the part, or before it in the same clause. The whole is the nearest figure
    of the same unit before the mark and in its sentence; a share has none, since it is no part of another share.
    Whether the part is smaller is left to validation.
    """
    amounts = [figure for figure in figures if figure.unit != "%"]
    ordered = sorted(amounts, key=lambda figure: (figure.evidence.start, figure.evidence.end))
    wide = widen(text)
    marks = [hit.start() for hit in re.finditer(alternation(words("subtotal_marks")), wide)]
    for part in ordered:
        mark = _mark_of(part, marks, wide)
        wholes = [] if mark is None else [figure for figure in ordered if _stands_before(figure, part, mark, wide)]
        if wholes:
            yield part, wholes[-1]


def _mark_of(part: Observation, marks: Iterable[int], wide: str) -> int | None:
    start, end = part.evidence.start, part.evidence.end
    before = [mark for mark in marks if mark < end]
    if before and (before[-1] >= start or not re.search(r"[，。；）\n]", wide[before[-1] : start])):
        return before[-1]
    return None


def _stands_before(figure: Observation, part: Observation, mark: int, wide: str) -> bool:
    start = figure.evidence.start
    same = figure is not part and figure.unit == part.unit
    return same and start < mark and figure.evidence.end <= part.evidence.end and not _STOP.search(wide[start:mark])
