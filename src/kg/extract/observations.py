"""Observations: every figure of a page with what it counts, when, where, in which role, and for what.

The parts lie in `extract.figures`; this module puts them together and lends them the entities around.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..lexicon import table
from ..model import Observation, Role, Unread
from .figures.compact import Compact
from .figures.indicators import build_indicators
from .figures.levels import level_of
from .figures.periods import unit_over_time
from .figures.sifting import Figure, is_missed, masked, sift
from .figures.surroundings import Surroundings
from .figures.times import Timeline
from .figures.views import Indicator
from .page import Mention, Page

_TIMELESS = frozenset({"period", "age", "event", "score"})
"""Kinds of figures that set terms and ages: no year in the title of a document dates them."""


def find(page: Page, mentions: Sequence[Mention]) -> Iterator[Observation]:
    """The observations of a page, in the order of the text; `mentions` lend them places and what they belong to."""
    compact = Compact(page)
    for found in _read(compact.page, list(compact.forward(mentions))):
        span = compact.back(found.evidence.start, found.evidence.end)
        evidence = page.evidence(span.start, span.end, found.evidence.rule, found.evidence.confidence)
        yield replace(found, evidence=evidence)


def not_understood(page: Page) -> Iterator[Unread]:
    """The quantities of a page that became no observation, each with the reason."""
    compact = Compact(page)
    _, skipped = sift(compact.page, Timeline(compact.page).spans)
    for item in skipped:
        if is_missed(compact.page, item):
            yield Unread(compact.back(item.quantity.start, item.quantity.end), item.reason)


def _read(page: Page, mentions: Sequence[Mention]) -> Iterator[Observation]:
    timeline = Timeline(page)
    figures, _ = sift(page, timeline.spans)
    wide = masked(page.wide, timeline.spans)
    around = Surroundings(page, mentions)
    near = [around.near(figure.quantity.start, figure.quantity.right) for figure in figures]
    for figure, indicator in zip(figures, build_indicators(page, wide, figures, near), strict=True):
        yield _observation(page, figure, indicator, timeline, around)


def _observation(
    page: Page, figure: Figure, indicator: Indicator, timeline: Timeline, around: Surroundings
) -> Observation:
    quantity = figure.quantity
    time = timeline.local(quantity.left) if figure.role is Role.BEFORE else timeline.at(quantity.left)
    return Observation(
        indicator.name,
        quantity.value,
        unit_over_time(page, figure),
        figure.role,
        level_of(indicator.name, quantity.kind, figure.role),
        page.evidence(indicator.start, indicator.end, indicator.rule, _confidence()[indicator.rule]),
        time=time or (None if quantity.kind in _TIMELESS or figure.role is Role.BEFORE else timeline.titled),
        place=around.place(quantity.start) or page.article.place,
        of=around.owner(quantity.start),
    )


@cache
def _confidence() -> dict[str, float]:
    """How often the names of each builder were right when last measured."""
    return {row["word"]: float(row["confidence"]) for row in table("indicator_builders")}
