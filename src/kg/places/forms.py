"""Places recognised by the form of their name: a proper part and a level word.

The proper part begins behind a wider place, behind a word or a mark after which names begin (`place_left.tsv`), and
the whole must be no everyday word (`place_generic.tsv`). A name that nothing separates on its left counts where
the same name stands elsewhere on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..lexicon import alternation, words
from .boundaries import AFTER_STRONG, NEVER_INSIDE, begins
from .hits import PlaceHit
from .levels import LevelWord, level_words

_FORM = "place-form"
_NO_STEM = re.compile(r"^[一二三四五六七八九十百千两几数]+$|[百千万]$|[省市县乡镇村].$")
_JOINS = "和与及在从由到"
_MORE_AFTER_PLACE = 3
_PROPER = 2


def find_formed(wide: str, known: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """The places that the form of their name shows, beside those already known."""
    ends = {hit.end for hit in known}
    taken = {offset for hit in known for offset in range(hit.start, hit.end)}
    sure: dict[str, PlaceHit] = {}
    doubtful: list[re.Match[str]] = []
    for found in _regex().finditer(wide):
        word = level_words()[found.group()]
        if found.start() in taken or word.continues(wide, found.end()):
            continue
        start = _name_start(wide, found.start(), word, ends)
        if start is None:
            doubtful.append(found)
        elif not _is_generic(wide, start, found, ends):
            name = wide[start : found.end()]
            sure.setdefault(name, hit := PlaceHit(start, found.end(), name, word.level, None, _FORM))
            ends.add(hit.end)
            yield hit
    yield from (hit for found in doubtful for hit in _named_elsewhere(wide, found, sure))


def _named_elsewhere(wide: str, found: re.Match[str], sure: dict[str, PlaceHit]) -> Iterator[PlaceHit]:
    """The longest sure name that ends with the level word found."""
    word = level_words()[found.group()]
    for start in range(max(0, found.start() - word.most), found.start() - word.least + 1):
        if (name := wide[start : found.end()]) in sure:
            yield replace(sure[name], start=start, end=found.end())
            return


def _name_start(wide: str, stop: int, word: LevelWord, ends: set[int]) -> int | None:
    """Where the name before the level word at `stop` begins: behind a place or where the rank is highest."""
    best, best_rank = None, word.after - 1
    for start in range(stop, max(-1, stop - word.most - _MORE_AFTER_PLACE - 1), -1):
        if start in ends and best_rank < AFTER_STRONG:
            return start if stop - start >= word.least else None
        rank = begins(wide, start) if stop - start <= word.most else 0
        if stop - start < word.least:
            if rank == AFTER_STRONG:
                return None
        elif rank > best_rank:
            best, best_rank = start, rank
        if start and NEVER_INSIDE.match(wide, start - 1):
            break
    return best


def _is_generic(wide: str, start: int, found: re.Match[str], ends: set[int]) -> bool:
    """Whether a candidate is an everyday word (贫困村), begins with a number (两村) or joins two things (县管镇)."""
    stem, name = wide[start : found.start()], wide[start : found.end()]
    proper = len(stem) == _PROPER and (start in ends or begins(wide, start) >= AFTER_STRONG)
    tails = {name[cut:] for cut in range(len(stem))}
    parts = {stem[cut:end] for end in range(2, len(stem) + 1) for cut in range(end - 1)}
    return (
        bool(tails & _generic("whole"))
        or (not proper and bool(tails & _generic("soft")))
        or bool(parts & _generic("stem"))
        or bool(_NO_STEM.search(stem))
        or (stem[-1] in _JOINS and (begins(wide, found.start() - 1) > 0 or stem[:-1] in _generic("stem")))
    )


@cache
def _generic(kind: str) -> frozenset[str]:
    return frozenset(words("place_generic", **{"class": kind}))


@cache
def _regex() -> re.Pattern[str]:
    return re.compile(alternation(level_words()))
