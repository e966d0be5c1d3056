"""Cutting an article into the passages that a model is asked about, at the ends of sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Article, Span


def passages(article: Article, longest: int) -> Iterator[Span]:
    """Runs of whole sentences of at most `longest` characters; a longer sentence stands alone."""
    start = end = None
    for sentence in (s.span for s in article.sentences):
        if start is not None and end is not None and sentence.end - start > longest:
            yield Span(start, end)
            start = None
        start, end = sentence.start if start is None else start, sentence.end
    if start is not None and end is not None:
        yield Span(start, end)


def halves(article: Article, passage: Span) -> tuple[Span, ...]:
    """The passage in two runs of whole sentences; nothing where it is one sentence."""
    inside = [s.span for s in article.sentences if passage.start <= s.span.start and s.span.end <= passage.end]
    if len(inside) < 2:
        return ()
    middle = len(inside) // 2
    return Span(passage.start, inside[middle - 1].end), Span(inside[middle].start, passage.end)
