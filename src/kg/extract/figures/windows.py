"""The runs of text around a figure that may name it, cut off at its clause, brackets and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Span
from ..page import Page
from .phrases import clean, matches, split_predicate, trim, trimmed
from .sifting import Figure

_LONGEST = 14
"""A longer clause in front of a figure is no subject and no head of it."""


def around(wide: str, figures: Sequence[Figure], index: int, reach: int) -> tuple[Span, Span]:
    """The spans left and right of a figure in its clause; `reach` is where the words of the one before it end."""
    figure = figures[index]
    quantity, start, end = figure.quantity, figure.clause.start, figure.clause.end
    if index and figures[index - 1].clause == figure.clause:
        start = max(start, reach)
    later = next((f for f in figures[index + 1 :] if f.quantity.left != quantity.left), None)
    if later and later.clause == figure.clause:
        end = min(end, later.quantity.left)
    mark = matches("item-mark", wide[start : quantity.left])
    start += mark.end() if mark and not mark.start() else 0
    left = _behind_bracket(wide, min(start, quantity.left), quantity.left)
    return left, _up_to_bracket(wide, quantity.right, max(end, quantity.right))


def before_brackets(wide: str, figures: Sequence[Figure], index: int) -> int:
    """The index of the figure before one, past those in a closed bracket: 74户（任务70户），完成率105%."""
    earlier, start = index - 1, figures[index].quantity.left
    while earlier > 0:
        closing = wide.find("）", figures[earlier].quantity.right, start)
        opening = wide.rfind("（", figures[earlier - 1].quantity.right, figures[earlier].quantity.left)
        if closing < 0 or opening < 0 or "（" in wide[figures[earlier].quantity.right : closing]:
            break
        earlier -= 1
    return earlier


def head_of(page: Page, wide: str, figure: Figure) -> str:
    """The short head before a colon in the same sentence: 安家补助：博士40万元."""
    start = page.sentence_at(figure.clause.start).span.start
    colon = wide.rfind("：", start, figure.clause.start + 1)
    if colon < 0:
        return ""
    run = Span(max(start, *(wide.rfind(mark, start, colon) + 1 for mark in "，。；")), colon)
    head = clean(trim(wide, run).of(wide))
    return head if 2 <= len(head) <= _LONGEST and not matches("says", head) else ""


def subject_of(page: Page, wide: str, figure: Figure, before: Figure | None) -> str:
    """The short clause or the words before a bracket that a figure is said of: 规模以上工业企业，按研发费用的6%补助."""
    bracket = wide.rfind("（", figure.clause.start, figure.quantity.left)
    if bracket >= 0 and "）" not in wide[bracket : figure.quantity.left]:
        return trimmed(re.split("[、，）]", wide[figure.clause.start : bracket])[-1])[-_LONGEST:]
    start = page.sentence_at(figure.clause.start).span.start
    clause = page.clause_at(max(start, figure.clause.start - 2))
    if clause == figure.clause or (before and before.quantity.right > clause.start):
        return ""
    subject = clean(split_predicate(wide, trim(wide, clause))[0].of(wide))
    return subject if 2 <= len(subject) <= _LONGEST else ""


def _behind_bracket(wide: str, start: int, end: int) -> Span:
    """The span behind a bracket that is still open at its end."""
    opening = wide.rfind("（", start, end)
    return Span(opening + 1, end) if opening >= 0 and "）" not in wide[opening:end] else Span(start, end)


def _up_to_bracket(wide: str, start: int, end: int) -> Span:
    closing, opening = wide.find("）", start, end), wide.rfind("（", start, end)
    if opening > closing:
        return Span(start, opening)
    return Span(start, closing) if closing >= 0 and "（" not in wide[start:closing] else Span(start, end)
