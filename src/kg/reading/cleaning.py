"""From raw text to clean text, step by step, each step keeping where every character came from.

Steps: line ends and invisible characters, pinyin glosses, Traditional to Simplified, blanks around the whole.
Damage is not this module's business: what is lost stays as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache

from ..lexicon import Matcher, table
from .tracing import Edit, Traced

_LETTER = r"[a-zɑɡüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300-\u030c]"
_TONED = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c]")
_GLOSS = re.compile(rf"(?<=[\u3400-\u9fff])[(（] ?({_LETTER}{{1,7}}(?:[ '’]?{_LETTER}{{1,7}})*) ?[)）]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANK = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]")
_VARIANT = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_PIECE = re.compile(r"[^\n。，；！？,;]*[\n。，；！？,;]?")
_MOST_MIXED = 0.05


def clean(raw: Traced) -> Traced:
    """The clean text of a raw one."""
    text = raw.replaced(_LINE_END, lambda _: "\n").replaced(_INVISIBLE, lambda _: "").replaced(_BLANK, lambda _: " ")
    text = text.replaced(_VARIANT, lambda hit: unicodedata.normalize("NFKC", hit.group()))
    return to_simplified(strip_glosses(text)).stripped()


def strip_glosses(text: Traced) -> Traced:
    """The text without the pinyin that stands in brackets behind its characters: 風(fēng) becomes 風.

    A gloss without a tone mark (們(men)) counts only in a text that has others with one.
    """
    if not any(_TONED.search(hit.group(1)) for hit in _GLOSS.finditer(text.text)):
        return text
    return text.replaced(_GLOSS, lambda _: "")


def to_simplified(text: Traced) -> Traced:
    """The text in Simplified characters; a text that is Simplified already is left as it is.

    OpenCC converts, `lexicon/simplified.tsv` mends what it leaves (著 where 着 is meant).
    """
    edits = tuple(conversion_edits(text.text, _converter()))
    han = sum("\u3400" <= sign <= "\u9fff" for sign in text.text)
    if sum(end - start for start, end, _ in edits) <= _MOST_MIXED * han:
        return text
    converted = text.edited(edits)
    return converted.edited((hit.start, hit.end, hit.row["simplified"]) for hit in _mends().find(converted.text))


def conversion_edits(text: str, convert: Callable[[str], str]) -> Iterator[Edit]:
    """What `convert` changes, as edits; where it changes the length, like is set against like within the clause.

    >>> list(conversion_edits("網際網路好", lambda run: run.replace("網際網路", "互联网")))
    [(0, 4, '互联网')]
    """
    whole = len(convert(text)) == len(text)
    for start, before in [(0, text)] if whole else [(hit.start(), hit.group()) for hit in _PIECE.finditer(text)]:
        after = convert(before)
        if len(before) == len(after):
            changes = [(i, i + 1, new) for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        else:
            singly = [convert(sign) for sign in before]
            blocks = SequenceMatcher(None, singly, list(after), autojunk=False).get_opcodes()
            changes = [(i, j, after[k:m]) for _, i, j, k, m in blocks if before[i:j] != after[k:m]]
        yield from ((start + i, start + j, new) for i, j, new in changes)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _mends() -> Matcher:
    return Matcher(table("simplified"))
