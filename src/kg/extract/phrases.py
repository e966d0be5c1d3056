"""Where a noun phrase begins: stray words at its left edge, the clause before a 的, and the list it closes.

Heads are a closed list, modifiers are not, so what decides a name is its left edge. Everything here works on
spans of word numbers in a `Shape`, never on characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..lexicon import words
from ..model import Span
from .shapes import Shape

_LONGEST_CLAUSE: Final = 14
_LONGEST_ITEM: Final = 10
_CLAUSE_ENDS: Final = frozenset(",BOXF")
_CLAUSE_NEEDS: Final = frozenset("VABWTUKSuZNt")
_ITEM: Final = frozenset("NGgymxMoTUKWQIJuR")
_WIDEST: Final = 12
_ADDRESSED: Final = re.compile(r"(?P<open>F)[^,F]*$")
_VERBS: Final = frozenset("AB")
_ITEM_ENDS: Final = re.compile("[Gg][CH]")
LIGHT: Final = "l"
"""What a verb takes that only says that something is carried out (开展, 采取)."""


def drop_stray(row: Shape, run: Span) -> Span:
    """The run without the single unknown characters and the bracket that may stand at its left edge."""
    first = run.start
    while first < run.end - 1 and (row.signs[first] == "R" or (row.signs[first] == "u" and row.words[first].single)):
        first += 1
    return Span(first, run.end)


def drop_verb(row: Shape, run: Span, least: int) -> Span:
    """The run without verbs that take what follows them, as long as `least` words stay."""
    run = drop_stray(row, run)
    while len(run) > least and "m" in row.words[run.start].takes:
        run = drop_stray(row, Span(run.start + 1, run.end))
    return run


def drop_light(row: Shape, run: Span) -> Span:
    """The run without the light verbs at its left edge, as long as a word stays."""
    while len(run) > 1 and LIGHT in row.words[run.start].takes:
        run = Span(run.start + 1, run.end)
    return run


def with_clause(row: Shape, run: Span) -> Span:
    """The run with the clause that modifies it through a 的 (年满60周岁的…); the run itself where there is none."""
    first = run.start
    if row.signs[first - 1 : first] != "D" or _is_share(row, first - 2):
        return run
    at = _clause_start(row, first - 1)
    while at < first - 1 and row.signs[at] in "#HCEL" and row.signs[at + 1] != "t":
        at += 1
    clause = drop_stray(row, Span(at, first))
    fits = 3 < len(row.text(clause)) <= _LONGEST_CLAUSE and _CLAUSE_NEEDS & set(row.signs[clause.start : first - 1])
    return Span(clause.start, run.end) if fits else run


def _is_share(row: Shape, at: int) -> bool:
    """Whether a word tells a share or a great sum, which marks none of those behind it (三成的家庭)."""
    return row.signs[at : at + 1] == "#" and row.text(Span(at, at + 1)).endswith(words("classifiers", of="share"))


def _clause_start(row: Shape, end: int) -> int:
    """Behind 对 or its like or another item of a list; else behind the nearest verb or word that opens clauses."""
    opened = _ADDRESSED.search(row.signs, max(0, end - _WIDEST), end)
    if opened:
        return opened.end("open")
    while end > 0 and row.signs[end - 1] not in _CLAUSE_ENDS and row.text(Span(end - 1, end)) not in _openers():
        if _ITEM_ENDS.fullmatch(row.signs, max(0, end - 2), end):
            break
        end -= 1
    return end


@cache
def _openers() -> frozenset[str]:
    return frozenset(words("clause_openers"))


def items_before(row: Shape, first: int, *, acts: bool = False) -> Iterator[Span]:
    """The items of the list that ends before word `first`, the nearest first: A、B和[first…].

    An item between two others may hold a verb; the outermost one begins after the verb that governs the list.
    With `acts` the items are verbs with their objects: 协调场地、盘活资源、[发放补贴].
    """
    inner = _ITEM | {"V", "D"} | (_VERBS if acts else frozenset())
    if row.signs[first - 1 : first] == "u":
        first -= 1
    while row.signs[first - 1 : first] in ("C", "H") and first > 1:
        end = first - 1
        start = _back(row, end - (row.signs[end - 1] in _VERBS), inner)
        outermost = row.signs[start - 1 : start] not in ("C", "H")
        if outermost and not (acts and len(row.text(Span(start, end))) <= _LONGEST_ITEM):
            start = _back(row, end, _ITEM)
        if start == end or not 2 <= len(row.text(Span(start, end))) <= _LONGEST_ITEM:
            return
        yield Span(start, end)
        first = start


def _back(row: Shape, end: int, signs: frozenset[str]) -> int:
    while end > 0 and row.signs[end - 1] in signs:
        end -= 1
    return end
