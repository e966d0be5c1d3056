"""The entities around a figure: where it holds, what it belongs to, whose age it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ...model import EntityType, Span
from ..page import Mention, Page
from .views import Near

_ARRANGEMENTS = frozenset({EntityType.MECHANISM, EntityType.DOCUMENT})
_LONGEST, _MARKS = 24, 2
"""How long the name of an arrangement is that leads a clause, and how many marks stand between."""
_STEP = 8
"""A person's name begins within so many characters behind the figure of an age."""


class Surroundings:
    """The mentions of a page, asked for the nearest ones to an offset. All answers are names of entities or None."""

    def __init__(self, page: Page, mentions: Sequence[Mention]):
        self._page = page
        ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
        self._arrangements = _Row(m for m in ordered if m.type in _ARRANGEMENTS)
        self._mechanisms = _Row(m for m in ordered if m.type is EntityType.MECHANISM)
        self._bodies = _Row(m for m in ordered if m.type is EntityType.ORGANISATION)
        self._places = _Row(m for m in ordered if m.type is EntityType.PLACE)
        self._people = _Row(m for m in ordered if m.type is EntityType.PERSON)

    def near(self, start: int, end: int) -> Near:
        """What may name the topic of a figure at `start`..`end`, and the person named right behind it."""
        behind = self._people.inside(Span(end, end + _STEP + 1))
        return Near(self._arrangement(start), behind[0].entity if behind else None, self._led_by(start))

    def owner(self, offset: int) -> str | None:
        """The arrangement that a figure belongs to: of its clause, sentence, paragraph or heading; else the body."""
        sentence = self._page.sentence_at(offset).span
        return (
            self._arrangement(offset)
            or self._earlier(offset)
            or self._heading(offset)
            or self._bodies.nearest(sentence, offset)
        )

    def place(self, offset: int) -> str | None:
        """The place of the sentence that is nearest to a figure."""
        return self._places.nearest(self._page.sentence_at(offset).span, offset)

    def _led_by(self, offset: int) -> str | None:
        """The arrangement with which the clause before ends: 推出“强村贷”，单笔授信30万元."""
        start = self._page.clause_at(offset).start
        before = self._arrangements.inside(Span(max(0, start - _LONGEST), start))
        return before[-1].entity if before and 0 <= start - before[-1].end <= _MARKS else None

    def _arrangement(self, offset: int) -> str | None:
        clause, sentence = self._page.clause_at(offset), self._page.sentence_at(offset).span
        return self._arrangements.nearest(clause, offset) or self._arrangements.nearest(sentence, offset)

    def _earlier(self, offset: int) -> str | None:
        """The last mechanism before the offset in its paragraph."""
        mention = self._mechanisms.last_before(offset)
        here = self._page.sentence_at(offset).paragraph
        return mention.entity if mention and self._page.sentence_at(mention.start).paragraph == here else None

    def _heading(self, offset: int) -> str | None:
        heading = self._page.section_of(self._page.sentence_at(offset)).heading if self._page.sections else None
        return self._mechanisms.nearest(heading, heading.end) if heading else None


class _Row:
    """Mentions in the order of the text."""

    def __init__(self, mentions: Iterable[Mention]):
        self._mentions = list(mentions)
        self._starts = [mention.start for mention in self._mentions]

    def inside(self, scope: Span) -> list[Mention]:
        """Those that begin in a span."""
        return self._mentions[bisect_left(self._starts, scope.start) : bisect_left(self._starts, scope.end)]

    def nearest(self, scope: Span, offset: int) -> str | None:
        """The last of a span that ends before the offset, else the first of the span."""
        inside = self.inside(scope)
        before = [mention for mention in inside if mention.end <= offset]
        return (before[-1] if before else inside[0]).entity if inside else None

    def last_before(self, offset: int) -> Mention | None:
        """The last that begins before the offset."""
        index = bisect_left(self._starts, offset)
        return self._mentions[index - 1] if index else None
