"""A page without the blanks that some texts set between digits and characters (投入 120 万元), and the way back.

Rules are written for closed-up text; offsets found in it lead back to the page through the alignment.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from ...model import Alignment, Section, Sentence, Span
from ..page import Mention, Page

_BLANK = re.compile(r"(?<=[\u3400-\u9fff（]) +(?=\d)|(?<=\d) +(?=[\u3400-\u9fff%‰])")


class Compact:
    """A page closed up. Where nothing is to be closed up, `page` is the page itself."""

    def __init__(self, page: Page):
        self._blanks = [Span(*hit.span()) for hit in _BLANK.finditer(page.wide)]
        self._starts = [span.start for span in self._blanks]
        self._gone = [0, *accumulate(map(len, self._blanks))]
        self._alignment = Alignment(*zip(*self._runs(), strict=True)) if self._blanks else Alignment()
        self.page = self._closed(page) if self._blanks else page

    def back(self, start: int, end: int) -> Span:
        """The span of the page that a span of the closed-up text stands for."""
        return Span(self._alignment.to_raw(start), self._alignment.to_raw(max(start, end - 1)) + min(1, end - start))

    def forward(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """The mentions of the page where they stand in the closed-up text."""
        for mention in mentions:
            start, end = self._moved(mention.start), self._moved(mention.end)
            yield mention if (start, end) == (mention.start, mention.end) else replace(mention, start=start, end=end)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Where each run that is kept begins, in the closed-up text and in the page."""
        yield 0, 0
        for blank, gone in zip(self._blanks, self._gone[1:], strict=True):
            yield blank.end - gone, blank.end

    def _moved(self, offset: int) -> int:
        """Where an offset of the page lies when the blanks before it are gone."""
        index = bisect_left(self._starts, offset)
        last = self._blanks[index - 1] if index else Span(0, 0)
        return offset - self._gone[index] + max(0, last.end - offset)

    def _closed(self, page: Page) -> Page:
        def moved(span: Span) -> Span:
            return Span(self._moved(span.start), self._moved(span.end))

        bounds = [0, *(offset for blank in self._blanks for offset in (blank.start, blank.end)), len(page.text)]
        kept = [page.text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
        sentences = tuple(Sentence(moved(s.span), s.paragraph, s.section) for s in page.sentences)
        sections = tuple(Section(moved(s.span), s.heading and moved(s.heading), s.level) for s in page.sections)
        return Page(replace(page.article, text="".join(kept), sentences=sentences, sections=sections))
