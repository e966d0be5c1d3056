"""Whether two names of bodies say the same: spelt out, or with characters left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..lexicon import Matcher, table, words

PARTY: Final = "中共"
"""What may stand before the name of a party committee and is no part of the name it goes by."""

_NOISE: Final = re.compile(rf"（[^（）]*）|{PARTY}|[“”‘’\s]")
_TWICE: Final = re.compile(r"([县市区])\1")
_LEAST: Final = 2
_LEVELS: Final = tuple("省市县区旗镇乡村")


def spelt_out(name: str) -> str:
    """What all names of one body have in common: the short words of the lexicons in their long forms.

    >>> spelt_out("莒县人社局") == spelt_out("莒县人力资源和社会保障局")
    True
    >>> spelt_out("盐池县扶贫办")
    '盐池县扶贫开发办公室'
    """
    whole = "".join(_spelt(_TWICE.sub(r"\1", _NOISE.sub("", name))))
    return next((whole.removesuffix(end) + full for end, full in _endings() if whole.endswith(end)), whole)


def abbreviates(short: str, long: str) -> bool:
    """Whether a name is another one with characters left out; a firm may leave out its place, too.

    >>> abbreviates("莒县教体局", "莒县教育和体育局"), abbreviates("良禾公司", "衡水良禾包装制品有限公司")
    (True, True)
    >>> abbreviates("莒县县委", "莒县纪委"), abbreviates("莒县医院", "莒县中医医院")
    (False, False)
    >>> abbreviates("莒县民政局", "莒县人民政府法制局")
    False
    """
    at = long.find(short[:_LEAST])
    shared = next((n for n, pair in enumerate(zip(short, long[at:], strict=False)) if len(set(pair)) > 1), len(short))
    least = _LEAST if at == 0 else 1 if short.endswith(_firms()) else len(short)
    if at < 0 or short[-1] != long[-1] or len(long) - len(short) < _LEAST or len(short) - shared < least:
        return False
    if short[:shared].endswith(_LEVELS) and len(short) - shared >= _LEAST:
        return False  # two bodies of one place, not one left short
    rest = iter(long[at:])
    return all(character in rest for character in short)


def _spelt(name: str) -> Iterator[str]:
    at = 0
    for hit in _short_words().find(name):
        yield name[at : hit.start] + (hit.row["full"] or hit.word)
        at = hit.end
    yield name[at:]


@cache
def _short_words() -> Matcher:
    return Matcher(row for name in ("departments", "org_bodies", "org_heads") for row in table(name))


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((row["word"], row["full"]) for row in table("org_suffixes") if row["full"])


@cache
def _firms() -> tuple[str, ...]:
    return words("org_heads", **{"class": "firm"})
