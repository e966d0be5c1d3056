"""The account of a page's quantities: each became an observation, or is listed here with the reason why it did not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ...model import Span, Unread
from ..page import Page
from .compact import Compact
from .quantities import find_quantities
from .sifting import NO_UNIT, labelled, sift
from .times import Timeline

DATE: Final = "date"
ELSEWHERE: Final = "no quantity"
"""Reasons that are no rules: a number belongs to a date, or to what is no quantity (a telephone number)."""

_DIGITS = re.compile(r"\d+(?:[.，]\d+)*")


def account(page: Page) -> tuple[Unread, ...]:
    """Every number in digits and every quantity in words that became no observation, in the order of the text.

    Together with the figures that were taken, its spans hold every digit of the page.
    """
    compact = Compact(page)
    found = sorted(_account(compact.page), key=lambda item: (item.span.start, -item.span.end))
    return tuple(Unread(compact.back(item.span.start, item.span.end), item.reason) for item in found)


def _account(page: Page) -> Iterator[Unread]:
    dates = Timeline(page).spans
    figures, skipped = sift(page, dates)
    closed = [*((span, DATE) for span in dates), *labelled(page.wide)]
    numbers = [Span(q.start, q.end) for q in find_quantities(page.wide)]
    listed = [Unread(span, reason) for span, reason in closed if _touches(span, numbers)]
    for item in skipped:
        if item.reason != NO_UNIT or not item.quantity.spelled:
            listed.append(Unread(Span(item.quantity.start, item.quantity.end), item.reason))
    yield from listed
    known = [*(Span(f.quantity.start, f.quantity.end) for f in figures), *(item.span for item in listed)]
    for hit in _DIGITS.finditer(page.wide):
        if not _touches(Span(*hit.span()), known):
            yield Unread(Span(*hit.span()), ELSEWHERE)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
