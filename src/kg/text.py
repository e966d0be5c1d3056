"""Plain operations on Chinese text that keep every offset.

`widen` gives the one spelling in which rules are written: it never changes the length, so an offset in the
widened text is an offset in the clean text. Splitting returns spans, never copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Span

_WIDEN = str.maketrans(
    ",:;!?()<>､｡﹑％／＋－～•・‧∙⋅０１２３４５６７８９．\t　",
    "，：；！？（）〈〉、。、%/+-~·····0123456789.  ",
)

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n+")
_CLAUSE_END = re.compile(r"[，；：。！？]+[”’）]?")
_PAUSES = (re.compile(r"[；;]"), re.compile(r"[，,](?!\d)"), re.compile(r"、"))
_NEVER = re.compile(r"(?!)")
_NAME_NOISE = re.compile(r"[“”‘’\"'《》]")

LONGEST_SENTENCE = 500
"""In characters. The sentences of policy texts stay below it, long lists in brackets included."""


def widen(text: str) -> str:
    """The same text in full-width Chinese punctuation and half-width digits, character for character.

    >>> widen("出台办法(试行),共２０条")
    '出台办法（试行），共20条'
    """
    return text.translate(_WIDEN)


def tidy_name(run: str) -> str:
    """A name as it is printed: widened, without quotation marks, outer 《》 and stray blanks.

    >>> tidy_name("“两学一做”学习教育")
    '两学一做学习教育'
    """
    return _NAME_NOISE.sub("", widen(run)).strip(" ，、。；：")


def title_name(run: str) -> str:
    """The name of a document from its title: widened, inner marks kept, the outer 《》 dropped.

    >>> title_name("《贯彻落实<工作条例>实施办法(试行)》")
    '贯彻落实〈工作条例〉实施办法（试行）'
    """
    name = widen(run).strip()
    return name[1:-1] if name.startswith("《") and name.endswith("》") else name


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of `text[start:end]` with their closing mark, without surrounding blanks.

    None is longer than LONGEST_SENTENCE: what has no closing mark for so long is cut at its last strong pause, so
    that whatever looks through whole sentences stays linear in the length of the text.
    """
    end = len(text) if end is None else end
    for span in _split(_SENTENCE_END, text, start, end):
        yield from _bounded(text, span)


def split_clauses(wide: str, span: Span) -> Iterator[Span]:
    """The clauses of a sentence of widened text, without their closing marks."""
    for clause in _split(_CLAUSE_END, wide, span.start, span.end):
        run = clause.of(wide)
        yield Span(clause.start, clause.start + len(run.rstrip("，；：。！？")))


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The span in pieces of bounded length, without the blanks between them."""
    start = span.start
    while span.end - start > LONGEST_SENTENCE:
        stop = _last_pause(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        yield from _split(_NEVER, text, start, stop)
        start = stop
    yield from _split(_NEVER, text, start, span.end)


def _last_pause(text: str, start: int, end: int) -> int:
    """Behind the last of the strongest pauses that there are; `end` where there is none."""
    found = ([hit.end() for hit in pause.finditer(text, start, end)] for pause in _PAUSES)
    return next((ends[-1] for ends in found if ends), end)


def _split(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    while begin < end:
        hit = mark.search(text, begin, end)
        stop = hit.end() if hit else end
        run = text[begin:stop]
        left, right = len(run) - len(run.lstrip()), len(run.rstrip())
        if left < right:
            yield Span(begin + left, begin + right)
        begin = stop
