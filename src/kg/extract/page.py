"""What every extraction stage reads and writes: the page of an article, and the mentions found on it.

A page is the article with its widened text (same offsets), its clauses and its sections at hand. A mention is a
name at a place in the text; `resolve` gives every mention the full name of the thing it speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..anchors import Anchored
from ..model import Article, EntityType, Evidence, Section, Sentence, Span
from ..rules import Rule
from ..text import split_clauses, widen

_CLOSING = re.compile(r"[。！？]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named at `start`..`end` of the clean text.

    `name` is what the stage made of the words there; after `resolve`, `entity` is the full name under which
    the article's one entity goes (equal for all its mentions). `also` are other names that the text gives it,
    `post` is a person's post, `head` the head noun by which it was recognised; of a document, it is the part of
    the title that tells who issued it.
    """

    type: EntityType
    start: int
    end: int
    name: str
    rule: str
    confidence: float
    entity: str = ""
    also: tuple[str, ...] = ()
    post: str | None = None
    head: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def resolved(self, entity: str) -> Mention:
        return replace(self, entity=entity)


class Page:
    """An article laid out for reading. All offsets are those of `article.text`."""

    def __init__(self, article: Article):
        self.article = article
        self.text = article.text
        self.wide = widen(article.text)
        self.sentences: tuple[Sentence, ...] = article.sentences
        self.sections: tuple[Section, ...] = article.sections
        self._anchored = Anchored(self.wide)

    def matches(
        self, rule: Rule, end: int | None = None, *, unless: Callable[[re.Match[str]], bool] | None = None
    ) -> Iterator[re.Match[str]]:
        """Where a rule matches the widened text, from left to right, up to `end`, and `unless` does not forbid it."""
        return self._anchored.matches(rule, end, unless=unless)

    def may_match(self, rule: Rule) -> bool:
        """Whether the page holds the words without which a rule can match nowhere."""
        return self._anchored.may_match(rule)

    @cached_property
    def title(self) -> str:
        """The widened title of the article."""
        return widen(self.article.title)

    @property
    def end(self) -> int:
        """Where the article ends: the end of its last sentence; what follows (a teaser) is no part of it."""
        return self.sentences[-1].span.end if self.sentences else len(self.text)

    @property
    def head_end(self) -> int:
        """Where the head ends: title, subtitles and bylines, up to the first closing mark of a sentence."""
        stop = _CLOSING.search(self.wide)
        return stop.start() if stop else len(self.wide)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """All clauses in order; a clause never crosses a sentence."""
        return tuple(c for s in self.sentences for c in split_clauses(self.wide, s.span))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.span.start for s in self.sentences]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [c.start for c in self.clauses]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the offset (or the last one before it)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def clause_at(self, offset: int) -> Span:
        """The clause that holds the offset (or the last one before it)."""
        return self.clauses[max(0, bisect_right(self._clause_starts, offset) - 1)]

    def section_of(self, sentence: Sentence) -> Section:
        return self.sections[sentence.section]

    def headings_over(self, sentence: Sentence) -> tuple[Span, ...]:
        """The headings over a sentence, the nearest first; that of its section may be the sentence itself."""
        return self._headings[sentence.section] if self._headings else ()

    @cached_property
    def _headings(self) -> list[tuple[Span, ...]]:
        found: list[tuple[Span, ...]] = []
        over: list[tuple[int, Span]] = []
        for section in self.sections:
            if section.heading is not None:
                over = [(section.level, section.heading), *(one for one in over if one[0] < section.level)]
            found.append(tuple(heading for _, heading in over))
        return found

    def evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        """The receipt for a fact read at `start`..`end`; the quote is cut from the clean text."""
        return Evidence(self.text[start:end], start, end, rule, confidence)
