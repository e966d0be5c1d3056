"""The alphabet of the relation rules: classes of symbols, each with the one character that stands for it.

A class is a type of mention or a narrower kind of it (by the end of the name), a class of the lexicon of relation
words, a mark of the layout, or a type that a sentence leaves unsaid. A line is a row of symbols, ready for matching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

from ..lexicon import table
from ..model import EntityType, Span
from .page import Mention

LEXICON: Final = "relation_words"
KINDS: Final = "name_kinds"
AGENCY: Final = "Agency"
"""The class of name kinds whose bodies govern: committees, governments, bureaus."""
PRESS: Final = "Press"
"""The class of those who only report: papers, stations, websites."""
START, TEXT, LINE, SECTION, TOLD = "start", "text", "line", "section", "told"
"""What stands for no word: a sentence begins, unlisted text, a paragraph ends, a section or an outcome begins."""

TITLE, COVER, SPEAKER, SIGNATURE, MAIN, HEADING, CARRIED = SOURCES = (
    "Title",
    "Cover",
    "Speaker",
    "Signature",
    "Main",
    "Heading",
    "Carried",
)
"""Prefixes of what a sentence leaves unsaid: HeadingMechanism stands in the heading over it, CarriedOrganisation
in the sentence before it, TitlePolicyDocument in the head of the article; MainGroup is named most often. A cover
is the notice that wraps another document of the head: 关于印发《…办法》的通知. The speaker is the body on whose behalf
the article says "we": 我代表省人民政府."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol: its class, its run of text (empty for what is implied) and the mentions it stands for."""

    kind: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()

    @property
    def implied(self) -> bool:
        return self.start == self.end


@cache
def sign(kind: str) -> str:
    """The one character that stands for a class of symbols; raises KeyError for an unknown class."""
    return _signs()[kind]


@cache
def signs(kind: str) -> str:
    """The characters of a class and of the narrower classes below it, as the table of name kinds has them."""
    source = next((source for source in SOURCES if kind.startswith(source)), "")
    narrower = sorted({source + row["class"] for row in table(KINDS) if source + row["type"] == kind})
    return "".join(map(sign, (kind, *narrower)))


@cache
def _signs() -> dict[str, str]:
    named = [*map(str, EntityType), *(row["class"] for row in table(KINDS))]
    implied = [source + kind for source in SOURCES for kind in named]
    listed = [row["class"] for row in table(LEXICON)]
    kinds = dict.fromkeys([*named, *implied, START, TEXT, LINE, SECTION, TOLD, *listed])
    return {kind: chr(0x4E00 + number) for number, kind in enumerate(kinds)}


def kind_of(mention: Mention) -> str:
    """The narrowest class of a mention: by the end of its name, else its type."""
    ends, name = _endings().get(mention.type, {}), mention.entity
    tails = (name[start:] for start in range(max(0, len(name) - _longest_ending()), len(name)))
    return next((ends[tail] for tail in tails if tail in ends), str(mention.type))


@cache
def _endings() -> dict[str, dict[str, str]]:
    """For each type of mention the class by the end of the name."""
    ends: dict[str, dict[str, str]] = {}
    for row in table(KINDS):
        ends.setdefault(row["type"], {}).setdefault(row["word"], row["class"])
    return ends


@cache
def _longest_ending() -> int:
    return max(len(row["word"]) for row in table(KINDS))


class Line:
    """Symbols in a row, with the characters that stand for them."""

    def __init__(self, symbols: Sequence[Symbol]):
        self.symbols = tuple(symbols)
        self._runs: dict[tuple[int, int], Span | None] = {}

    @cached_property
    def signs(self) -> str:
        """One character for each symbol."""
        return "".join(sign(symbol.kind) for symbol in self.symbols)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The characters that stand in the line."""
        return frozenset(self.signs)

    def stated(self, first: int, end: int) -> Span | None:
        """The text of the symbols `first`..`end` that are not implied, first to last; None where all are."""
        ends = self._said_before[first], self._said_before[end]
        if ends not in self._runs:
            said = self._said[slice(*ends)]
            self._runs[ends] = _whole(said[0], said[-1]) if said else None
        return self._runs[ends]

    @cached_property
    def _said(self) -> list[Symbol]:
        return [symbol for symbol in self.symbols if not symbol.implied]

    @cached_property
    def _said_before(self) -> list[int]:
        """How many symbols before each one are not implied."""
        return [0, *accumulate(not symbol.implied for symbol in self.symbols)]

    def until(self, end: int) -> Line:
        """The symbols that begin before `end`."""
        return Line([symbol for symbol in self.symbols if symbol.start < end])

    @cached_property
    def reversed(self) -> Line:
        """The same symbols from right to left."""
        return Line(self.symbols[::-1])


def _whole(one: Symbol, other: Symbol) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))
