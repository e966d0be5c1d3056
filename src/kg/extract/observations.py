"""Observations: every figure of a page with what it counts, when, where, in which role, and for what.

The parts lie in `extract.figures`; this module puts them together and lends them the entities around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import EntityType, Observation, Role, Span
from .figures.indicators import build_indicators
from .figures.levels import level_of
from .figures.periods import unit_over_time
from .figures.sifting import Figure, masked, sift
from .figures.times import Timeline
from .figures.views import Indicator, Near
from .page import Mention, Page

_STEP = 8
_OWNERS = frozenset({EntityType.MECHANISM, EntityType.DOCUMENT, EntityType.ORGANISATION})
_CONFIDENCE = {"indicator-topic": 0.4, "indicator-carried": 0.6, "indicator-same": 0.7}


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure that was seen and not taken as an observation, and why (the name of the rule, or `no unit`)."""

    span: Span
    reason: str


def find(page: Page, mentions: Sequence[Mention]) -> Iterator[Observation]:
    """The observations of a page, in the order of the text; `mentions` lend them places and what they belong to."""
    timeline = Timeline(page)
    figures, _ = sift(page, timeline.spans)
    owners = _Nearest(page, (m for m in mentions if m.type in _OWNERS))
    places = _Nearest(page, (m for m in mentions if m.type is EntityType.PLACE))
    wide = masked(page.wide, timeline.spans)
    people = _Nearest(page, (m for m in mentions if m.type is EntityType.PERSON))
    near = [Near(owners.near(f.quantity.start), people.behind(f.quantity.right)) for f in figures]
    for figure, indicator, names in zip(figures, build_indicators(page, wide, figures, near), near, strict=True):
        yield _observation(page, figure, indicator, timeline, names.owner, places)


def not_understood(page: Page) -> Iterator[Unread]:
    """The quantities of a page that became no observation, each with the reason."""
    _, skipped = sift(page, Timeline(page).spans)
    for item in skipped:
        yield Unread(Span(item.quantity.start, item.quantity.end), item.reason)


def _observation(
    page: Page, figure: Figure, indicator: Indicator, timeline: Timeline, owner: str | None, places: _Nearest
) -> Observation:
    quantity = figure.quantity
    return Observation(
        indicator.name,
        quantity.value,
        unit_over_time(page, figure),
        figure.role,
        level_of(indicator.name, quantity.kind, figure.role),
        page.evidence(indicator.start, indicator.end, indicator.rule, _CONFIDENCE.get(indicator.rule, 0.8)),
        time=timeline.local(quantity.left) if figure.role is Role.BEFORE else timeline.at(quantity.left),
        place=places.near(quantity.start) or page.article.place,
        of=owner,
    )


class _Nearest:
    """The mention nearest to an offset: before it in its clause, in its sentence, behind it, in its paragraph."""

    def __init__(self, page: Page, mentions: Iterable[Mention]):
        self._page = page
        self._mentions = sorted(mentions, key=lambda mention: (mention.start, -mention.end))

    def behind(self, offset: int) -> str | None:
        """The first mention that begins within a few characters behind the offset."""
        return next((m.entity for m in self._mentions if offset <= m.start <= offset + _STEP), None)

    def near(self, offset: int) -> str | None:
        sentence = self._page.sentence_at(offset)
        inside = [m for m in self._mentions if m.start in sentence.span]
        before = [m for m in inside if m.end <= offset]
        return (before or inside)[-1 if before else 0].entity if inside else None
