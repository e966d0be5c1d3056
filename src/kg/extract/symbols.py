"""A page as a line of symbols, over which the relation rules are written.

A symbol is a run of coordinated mentions of one type, a word of the lexicon of relation words, a mark, the
beginning of a sentence, what a sentence leaves unsaid (a frame), or any other text. Rules see only these.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ..lexicon import Matcher, alternation, table, words
from ..model import EntityType
from .alphabet import LEXICON, LINE, SECTION, START, TEXT, TOLD, Line, Symbol, kind_of
from .page import Mention, Page


def encode(page: Page, mentions: Sequence[Mention], frames: Sequence[Sequence[Symbol]]) -> Line:
    """The symbols of the page in order; `frames` holds for every sentence what it leaves unsaid.

    Of nested mentions the outermost stands, and before it a place that opens the name of a mechanism or a body. An
    outcome hides nothing of what it says: its symbol comes at its end, and another one tells where it begins.
    """
    outcomes = [m for m in mentions if m.type == EntityType.OUTCOME]
    standing = list(outermost(m for m in mentions if m.type != EntityType.OUTCOME))
    named = [*coordinate(page.wide, standing), *map(_alone, _opening_places(mentions, standing))]
    listed = _words(_mask(page.wide[: page.end], named))
    ordered = [(symbol.start, symbol.end, symbol) for symbol in (*named, *listed)]
    ordered += [(symbol.end, symbol.end, symbol) for symbol in map(_alone, outcomes)]
    ordered += [(told.start, told.start, Symbol(TOLD, told.start, told.start)) for told in outcomes]
    found = [symbol for *_, symbol in sorted(ordered, key=lambda row: row[:2])]
    return Line(tuple(_with_gaps(page.wide, found, _starts(page, frames))))


def _alone(mention: Mention) -> Symbol:
    return Symbol(kind_of(mention), mention.start, mention.end, (mention,))


def _opening_places(mentions: Iterable[Mention], standing: Sequence[Mention]) -> Iterator[Mention]:
    """The places with which the name of a mechanism or a body begins: 槐荫社区 in 槐荫社区幸福食堂."""
    names = {m.start: m for m in standing if m.type in (EntityType.MECHANISM, EntityType.ORGANISATION)}
    for mention in mentions:
        if mention.type == EntityType.PLACE and mention.start in names and mention.end < names[mention.start].end:
            yield mention


def _starts(page: Page, frames: Sequence[Sequence[Symbol]]) -> Iterator[tuple[int, list[Symbol]]]:
    """Where each sentence begins, with the symbols that stand there before its first word."""
    section = -1
    for sentence, frame in zip(page.sentences, frames, strict=True):
        at = sentence.span.start
        opening = [Symbol(SECTION, at, at)] if sentence.section != section else []
        yield at, [*opening, Symbol(START, at, at), *frame]
        section = sentence.section


def outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that do not lie in (or overlap with) a longer one, from left to right."""
    end = -1
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= end:
            yield mention
            end = mention.end


def coordinate(wide: str, mentions: Iterable[Mention]) -> Iterator[Symbol]:
    """One symbol for each run of mentions of a type that are joined like items of a list."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        last = runs[-1][-1] if runs else None
        kind = mention.type
        if last is not None and last.type == kind and _joined(kind).fullmatch(wide, last.end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    yield from (Symbol(kind_of(run[0]), run[0].start, run[-1].end, tuple(run)) for run in runs)


@cache
def _joined(kind: EntityType) -> re.Pattern[str]:
    number = r"(?:\d[\d.]*[万亿]?[余多]?[^\W\d]{1,3})?"
    joint = words(LEXICON, **{"class": "with"}) if kind == EntityType.ORGANISATION else ()
    mark = alternation((*words(LEXICON, **{"class": "and"}), *joint))
    remark = r"(?:（[^（）]{0,30}）)?"
    listed, quoted = rf"[”’》]*{number}{remark}{mark}{number}[“‘《]*", rf"[”’》]{number}[“‘《]"
    return re.compile(rf"{listed}|{quoted}|》{remark}，?《|[ 　]+")


def _mask(wide: str, symbols: Iterable[Symbol]) -> str:
    signs = list(wide)
    for symbol in symbols:
        signs[symbol.start : symbol.end] = "\0" * (symbol.end - symbol.start)
    return "".join(signs)


@cache
def _matcher() -> Matcher:
    return Matcher(table(LEXICON))


def _words(masked: str) -> Iterator[Symbol]:
    for hit in _matcher().find(masked):
        yield Symbol(hit.row["class"], hit.start, hit.end)
    for line in re.finditer("\n+", masked):
        yield Symbol(LINE, line.start(), line.end())


def _with_gaps(wide: str, found: Iterable[Symbol], starts: Iterable[tuple[int, list[Symbol]]]) -> Iterator[Symbol]:
    """The found symbols with those that open each sentence, and TEXT for what lies between."""
    position, waiting = 0, deque(starts)
    for symbol in found:
        while waiting and waiting[0][0] <= symbol.start:
            start, opening = waiting.popleft()
            yield from _gap(wide, position, start)
            position = max(position, start)
            yield from opening
        yield from _gap(wide, position, symbol.start)
        yield symbol
        position = max(position, symbol.end)


def _gap(wide: str, start: int, end: int) -> Iterator[Symbol]:
    if wide[start:end].strip(" “”‘’《》"):
        yield Symbol(TEXT, start, end)
