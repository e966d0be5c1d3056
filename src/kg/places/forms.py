"""Places recognised by the form of their name: a proper part and a level word.

The proper part begins behind a wider place, behind a word or a mark after which names begin (`place_left.tsv`), and
the whole must be no everyday word (`place_generic.tsv`). Where nothing sure stands before it, a name is cut to what
stands elsewhere on its own (帮衬白茅岭村 to 白茅岭村).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicon import alternation, words
from .boundaries import AFTER_PLACE, AFTER_STRONG, begins, is_outside, signs
from .hits import PlaceHit, PlaceLevel
from .levels import LevelWord, level_words

_FORM = "place-form"
_MORE_AFTER_PLACE = 3
_PROPER = 2


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A level word found, and where its name seems to begin, with what certainty."""

    start: int | None
    stop: int
    end: int
    word: LevelWord
    rank: int

    def hit(self, wide: str, start: int) -> PlaceHit:
        return PlaceHit(start, self.end, wide[start : self.end], self.word.level, None, _FORM)


def find_formed(wide: str, known: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """The places that the form of their name shows, beside those already known."""
    candidates = list(_candidates(wide, known))
    named = {wide[c.start : c.end]: c.rank for c in sorted(candidates, key=lambda c: c.rank) if c.start is not None}
    for candidate in candidates:
        if candidate.rank >= AFTER_STRONG and candidate.start is not None:
            yield candidate.hit(wide, candidate.start)
            continue
        tails = range(max(0, candidate.stop - candidate.word.most), candidate.stop - candidate.word.least + 1)
        surer = [start for start in tails if named.get(wide[start : candidate.end], 0) > candidate.rank]
        start = surer[0] if surer else candidate.start
        if start is not None:
            yield candidate.hit(wide, start)


def _candidates(wide: str, known: Sequence[PlaceHit]) -> Iterator[_Candidate]:
    """Every level word that may end a name, from left to right; everyday words are left out."""
    ends = {hit.end: hit.level for hit in known}
    taken = {offset for hit in known for offset in range(hit.start, hit.end)}
    for found in _regex().finditer(wide):
        word = level_words()[found.group()]
        start, rank = _name_start(wide, found.start(), word, ends)
        inside_township = rank == AFTER_PLACE and word.level == PlaceLevel.TOWNSHIP
        if found.start() in taken or (word.continues(wide, found.end()) and not inside_township):
            continue
        if start is None or not _is_generic(wide, start, found, rank):
            yield _Candidate(start, found.start(), found.end(), word, rank)
            if start is not None:
                ends[found.end()] = word.level


def _name_start(wide: str, stop: int, word: LevelWord, ends: Mapping[int, PlaceLevel]) -> tuple[int | None, int]:
    """Where the name before the level word at `stop` begins, and its rank: behind a place or where that is highest."""
    best: int | None = None
    best_rank = 0
    for start in range(stop, max(-1, stop - word.most - _MORE_AFTER_PLACE - 1), -1):
        near = stop - start <= word.most
        if start in ends and best_rank < AFTER_STRONG and (near or best is None):
            start += _joins(wide, start, word.level <= ends[start])
            return (start, AFTER_PLACE) if stop - start >= word.behind else (None, 0)
        listed = near and word.after < AFTER_STRONG and _is_next(wide, start, ends)
        rank = AFTER_STRONG if listed else begins(wide, start) if near else 0
        if stop - start < word.least:
            if rank == AFTER_STRONG:
                return None, 0
        elif rank > best_rank and rank >= word.after:
            best, best_rank = start, rank
        if start and is_outside(wide[start - 1]) and not _opens(wide, start - 1, ends):
            break
    return best, best_rank


def _is_next(wide: str, start: int, ends: Mapping[int, PlaceLevel]) -> bool:
    """Whether the next of a list of names begins at `start`, which it does as surely as a name can."""
    return start - 1 in ends and wide[start - 1] in signs("list")


def _joins(wide: str, start: int, alike: bool) -> bool:
    """Whether the character behind a place stands between it and another name (石门岔乡驻柳泉村)."""
    return wide[start] in signs("between") or (alike and wide[start] in signs("join"))


def _opens(wide: str, start: int, ends: Mapping[int, PlaceLevel]) -> bool:
    """Whether a character that stands in no other name begins one behind a wider place (德保县那造村)."""
    return start in ends and wide[start] in signs("opening")


def _is_generic(wide: str, start: int, found: re.Match[str], rank: int) -> bool:
    """Whether a candidate is an everyday word (贫困村), begins with a number (两村) or joins two things (县管镇)."""
    stem, name = wide[start : found.start()], wide[start : found.end()]
    proper = len(stem) == _PROPER and rank >= AFTER_STRONG
    tails = {name[cut:] for cut in range(len(stem))}
    parts = {stem[cut:end] for end in range(2, len(stem) + 1) for cut in range(end - 1)}
    return (
        bool(tails & _generic("whole"))
        or (not proper and bool(tails & _generic("soft")))
        or bool(parts & _generic("stem"))
        or signs("number").issuperset(stem)
        or stem[-1] in signs("heap")
        or stem[-2:-1] in signs("level")
        or (stem[-1] in signs("join") and (begins(wide, found.start() - 1) > 0 or stem[:-1] in _generic("stem")))
    )


@cache
def _generic(kind: str) -> frozenset[str]:
    return frozenset(words("place_generic", **{"class": kind}))


@cache
def _regex() -> re.Pattern[str]:
    return re.compile(alternation(level_words()))
