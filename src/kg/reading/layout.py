"""How a clean text is laid out: its lines, headings, sections and sentences.

Sections cut the whole text into consecutive pieces: each begins with its heading and ends where the next heading of
any level begins, so the parent of a section is the nearest earlier one of a smaller level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Section, Sentence, Span
from ..rules import rules
from ..text import split_sentences, widen

_LINE = re.compile(r"[^\n]+")
_CLOSED = re.compile(r"[。！？；：，…][”’」』）]*$")
_LONGEST_HEADING = 36
_PLAIN_RANK = 0
_PLAIN = re.compile(r"[^：。；\d（【□][^：。；]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the rank of its kind, the outermost kinds lowest."""

    span: Span
    rank: int


def lines(text: str) -> tuple[Span, ...]:
    """The lines that are not blank, without surrounding blanks."""
    found = []
    for hit in _LINE.finditer(text):
        run = hit.group()
        left, right = len(run) - len(run.lstrip()), len(run.rstrip())
        if left < right:
            found.append(Span(hit.start() + left, hit.start() + right))
    return tuple(found)


def is_closed(line: str) -> bool:
    """Whether a line of widened text ends as running text does: with a mark, or too long for a heading."""
    return len(line) > _LONGEST_HEADING or bool(_CLOSED.search(line))


def numbered_heading(line: str) -> tuple[int, int] | None:
    """The length and the rank of the heading that opens a line of widened text by number, mark or pattern.

    >>> numbered_heading("（一）编制清单。县民政局会同县残联公布清单。")
    (7, 70)
    """
    for rule in rules("reading"):
        if rule.label == "heading" and (hit := rule.regex.match(line)):
            return hit.end(), int(rule.extra["rank"])
    return None


def find_headings(wide: str, body: Sequence[Span]) -> Iterator[Heading]:
    """The headings among the lines of the body, in order; neighbouring plain lines make one heading."""
    plain: list[Span] = []
    for line in body:
        run = line.of(wide)
        numbered = numbered_heading(run)
        if numbered is None and not is_closed(run):
            plain = [*plain, line] if _PLAIN.fullmatch(run) else []
            continue
        if 0 < len(plain) <= 2:
            yield Heading(Span(plain[0].start, plain[-1].end), _PLAIN_RANK)
        plain = []
        if numbered is not None:
            yield Heading(Span(line.start, line.start + numbered[0]), numbered[1])


def sections(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The text cut at its headings; levels count from 1 over the ranks that this text uses."""
    ranks = sorted({heading.rank for heading in headings})
    level = {rank: number for number, rank in enumerate(ranks, 1)}
    starts = [heading.span.start for heading in headings]
    opening = [Section(Span(0, starts[0] if starts else len(text)))] if not starts or starts[0] > 0 else []
    ends = pairwise([*starts, len(text)])
    return (
        *opening,
        *(Section(Span(*ends_), h.span, level[h.rank]) for h, ends_ in zip(headings, ends, strict=True)),
    )


def sentences(text: str, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of the text, each within one line and one section."""
    found, section = [], 0
    for paragraph, line in enumerate(lines(text)):
        for span in split_sentences(text, line.start, line.end):
            while span.start >= sections[section].span.end:
                section += 1
            found.append(Sentence(span, paragraph, section))
    return tuple(found)


def lay_out(text: str, body: Sequence[Span]) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """The sections and sentences of a text whose running part consists of the lines `body`."""
    parts = sections(text, tuple(find_headings(widen(text), body)))
    return parts, sentences(text, parts)
