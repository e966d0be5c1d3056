"""The forms under which names and texts are indexed and sought: folded signs, pairs of signs, sounds.

Pairs of neighbouring signs find a run of two signs as well as one of twenty, without knowing words. A name is put
between two marks, so that its beginning and its whole can be sought in the same way. Of sounds, which are only sought
from their beginning, each is one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice, product
from operator import add
from typing import Final
from unicodedata import normalize

START, END = "\ue000", "\ue001"
"""Signs for private use: the marks before and after a name."""

_NO_WORD: Final = re.compile(r"[\W_\ue000\ue001]+")
_LETTERS: Final = re.compile(r"[a-z]+")
_READINGS: Final = 16
"""At most so many readings of one name; one sign in ten has several, so few names reach it."""


def fold(text: str) -> str:
    """The text as it is compared: Simplified, half-width, in small letters, without blanks and punctuation.

    >>> fold("《國務院　辦公廳》ＡＢ")
    '国务院办公厅ab'
    """
    return _NO_WORD.sub("", _simplified()(normalize("NFKC", text))).casefold()


def pairs(text: str) -> str:
    """The pairs of neighbouring signs, with blanks between; a single sign stands for itself.

    >>> pairs("村干部")
    '村干 干部'
    """
    return " ".join(map(add, text, text[1:])) or text


def marked(*texts: str) -> str:
    """The pairs of whole names between their marks."""
    return " ".join(pairs(START + text + END) for text in texts if text)


def phrase(text: str) -> str:
    """A run of folded text as a phrase of the index; of one sign, whatever begins with it.

    >>> phrase("村干部"), phrase("村")
    ('"村干 干部"', '"村" *')
    """
    return f'"{pairs(text)}"' + (" *" if len(text) == 1 else "")


def letters(folded: str) -> str:
    """The text where it may be pinyin or initials, else nothing; one letter says too little.

    >>> letters("gwybgt"), letters("国务院"), letters("g")
    ('gwybgt', '', '')
    """
    return folded if len(folded) > 1 and _LETTERS.fullmatch(folded) else ""


def sounds(name: str) -> Iterator[str]:
    """The pinyin and the initials of a name, in every reading of signs with several that the name leaves open.

    >>> list(sounds("国务院办公厅"))
    ['guowuyuanbangongting', 'gwybgt']
    """
    if name.isascii():
        return
    signs = (readings for word in _words()(name) for readings in _readings(word))
    readings = islice(product(*signs), _READINGS)
    whole = [reading for reading in readings if all(reading)]
    yield from dict.fromkeys("".join(reading) for reading in whole)
    yield from dict.fromkeys("".join(part[0] for part in reading) for reading in whole)


@cache
def _words() -> Callable[[str], list[str]]:
    """What cuts a name into the words by which signs with several readings are told."""
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin

    cut: Callable[[str], list[str]] = Pinyin(DefaultConverter()).seg
    return cut


@lru_cache(maxsize=100_000)
def _readings(word: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each sign of a word; words come up again and again."""
    from pypinyin import Style, pinyin

    return tuple(map(tuple, pinyin([word], style=Style.NORMAL, heteronym=True)))


@cache
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
