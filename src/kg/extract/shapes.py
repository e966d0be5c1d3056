"""The shape of a page: its text as a row of words, each with a sign that says how it behaves in a phrase.

What earlier stages found, quoted and bracketed runs, figures, marks and the longest words of the lexicons are words;
what nobody knows is an unknown run. The signs of all words are the shape over which the rules of `groups.yaml` and
`mechanisms.yaml` are written as regular expressions:

    G g y    head of a group: strong; only with a modifier; so, and of one character (户, 村)
    M m x o  head of a mechanism: strong; with a modifier; so, and of one character; governed by an operating verb
    K T U    the same as M, m and o, but a verb as well (走访, 培训, 建设)
    J I Q    a quoted run that ends like a group, like a mechanism, or otherwise
    A B V    verb that takes a mechanism (开展), a group (引导), anything else; adverbs, too
    N W      inside noun phrases (农村, 返乡); so, and a verb of the kinds A and B (新建)
    D E C H  的, 等, 、, 和      F  对 and its like, before who is acted on      S  other words of structure
    t i      threshold (以上); what makes a rate or another thing of the noun before it (率, 机构)
    L O X P  place, organisation, document, person; Y  organisation that may also be acted on (村党组织)
    # R ,    figure with its unit; （…）; any other mark       u Z  unknown run, up to four characters; longer
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from ..lexicon import Matcher, alternation, table, words
from ..model import EntityType, Span
from .page import Mention, Page

_TAKEN: Final = {
    EntityType.PLACE: "L",
    EntityType.ORGANISATION: "O",
    EntityType.DOCUMENT: "X",
    EntityType.PERSON: "P",
}
_TABLES: Final = ("phrase_words", "group_heads", "mechanism_heads", "governing_verbs", "modifiers")
_LONGEST_UNKNOWN: Final = 4
_LEAST_TELLING: Final = 3
"""From how many quoted characters on a weak head names a mechanism (“直通车”, not “信用”)."""
_SAID: Final = re.compile("[SV][xoTU]$")
"""What is said of a thing, and is no name of it (“愿意贷”, “没服务”)."""
_IN_FIGURE: Final = tuple("0123456789.+-")
"""Behind one of these a digit only goes on with a figure."""
_GROUP_LIKE: Final = re.compile("[NGg]*u?[Gg]")


class Word(NamedTuple):
    """One word of the page with its sign; `kind` is what a group head stands for, `takes` what a verb governs."""

    start: int
    end: int
    sign: str
    kind: str = ""
    takes: str = ""

    @property
    def single(self) -> bool:
        """Whether it is one character."""
        return self.end - self.start == 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A page as words and as the shape of their signs; word *i* has the sign `signs[i]`."""

    wide: str
    words: tuple[Word, ...]
    signs: str

    def text(self, run: Span) -> str:
        """The words of a run as they stand."""
        return self.at(run).of(self.wide)

    def at(self, run: Span) -> Span:
        """Where the words of a run, at least one, stand in the text."""
        return Span(self.words[run.start].start, self.words[run.end - 1].end)


def read_shape(page: Page, taken: Sequence[Mention], within: Span | None = None) -> Shape:
    """The page, or a part of it, cut into words, with `taken` mentions as words of their own."""
    part = within or Span(0, page.end)
    inside = (m for m in taken if part.start <= m.start and m.end <= part.end and m.type in _TAKEN)
    held = sorted(inside, key=lambda m: (m.start, -m.end))
    finders = (_held(held), _marked, _numbered, _figured(_digits()), _listed, _figured(_numerals()))
    row = _cut(page.wide, (part.start, part.end), finders)
    return Shape(page.wide, tuple(row), "".join(word.sign for word in row))


Gap = tuple[int, int]
"""A run of the text that is not yet cut, never empty."""
Finder = Callable[[str, Sequence[Gap]], Iterable[Word]]


def _cut(wide: str, part: Gap, finders: Sequence[Finder]) -> list[Word]:
    """The words of each finder in what those before it left over; what nobody knows is one unknown run."""
    row: list[Word] = []
    gaps = [part] if part[0] < part[1] else []
    for find in finders:
        found = list(find(wide, gaps))
        gaps = list(_left_over(gaps, found))
        row += found
    row += [Word(start, end, _unknown(wide[start:end])) for start, end in gaps]
    return sorted(row)


def _left_over(gaps: Iterable[Gap], found: Iterable[Word]) -> Iterator[Gap]:
    """What words in the gaps leave of them; both run from left to right."""
    words = iter(found)
    word = next(words, None)
    for at, end in gaps:
        while word is not None and word.end <= end:
            if at < word.start:
                yield at, word.start
            at, word = word.end, next(words, None)
        if at < end:
            yield at, end


def _only(wide: str, gaps: Sequence[Gap]) -> tuple[int, str]:
    """The text from the first to the last gap with all else blanked out, and where it begins."""
    signs, at = [], gaps[0][0] if gaps else 0
    first = at
    for start, end in gaps:
        signs += ["\0" * (start - at), wide[start:end]]
        at = end
    return first, "".join(signs)


def _unknown(run: str) -> str:
    """The sign of a run that no table knows; its last character may make an attribute of it (保姆式)."""
    if len(run) > _LONGEST_UNKNOWN:
        return "Z"
    return "N" if len(run) > 2 and run.endswith(words("attribute_suffixes")) else "u"


def _held(mentions: Sequence[Mention]) -> Finder:
    def find(wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
        at = 0
        for mention in mentions:
            if mention.start >= at:
                body = mention.type is EntityType.ORGANISATION and mention.span.of(wide).endswith(_bodies())
                yield Word(mention.start, mention.end, "Y" if body else _TAKEN[mention.type])
                at = mention.end

    return find


@cache
def _bodies() -> tuple[str, ...]:
    return words("group_heads", kind="body", strength="strong")


def _marked(wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
    for gap in gaps:
        for hit in _MARKS.finditer(wide, *gap):
            sign = _SIGNS[str(hit.lastgroup)]
            yield _quoted(wide, hit.start(), hit.end()) if sign == "Q" else Word(hit.start(), hit.end(), sign)


def _quoted(wide: str, start: int, end: int) -> Word:
    """A quoted run; its sign tells whether it ends like a group or like a mechanism, or is a word of structure."""
    inner = _cut(wide, (start + 1, end - 1), (_marked, _listed))
    signs = "".join(word.sign for word in inner)
    if signs == "S":
        return Word(start, end, "S")
    telling = end - start - 2 >= _LEAST_TELLING and not _SAID.search(signs)
    if signs[-1] in "MK" or (signs[-1] in "mxoTU" and telling):
        return Word(start, end, "I")
    return Word(start, end, "J" if _GROUP_LIKE.fullmatch(signs) else "Q", inner[-1].kind)


def _numbered(wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
    """Words that begin with a figure which counts nothing (12345热线); they come before the figures are cut."""
    return (
        word for word in _found(_numbered_words(), wide, gaps) if wide[word.start - 1 : word.start] not in _IN_FIGURE
    )


def _listed(wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
    return _found(_matcher(), wide, gaps)


def _found(matcher: Matcher, wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
    first, text = _only(wide, gaps)
    for hit in matcher.find(text):
        yield Word(first + hit.start, first + hit.end, hit.row["sign"], hit.row["kind"], hit.row["takes"])


def _figured(figure: re.Pattern[str]) -> Finder:
    def find(wide: str, gaps: Sequence[Gap]) -> Iterator[Word]:
        first, text = _only(wide, gaps)
        for hit in figure.finditer(text):
            yield Word(first + hit.start(), first + hit.end(), "#")

    return find


_QUOTED_RUN: Final = "|".join(f"{a}[^{a}{b}，。；：！？\n]{{1,40}}{b}" for a, b in ("“”", "‘’", '""'))
_MARKS: Final = re.compile(
    rf"(?P<quoted>{_QUOTED_RUN})"
    r"|(?P<bracket>（[^（），。0-9\n]{1,8}）)|(?P<title>《[^《》\n]{2,60}》)|(?P<pair>一[一-龥]{1,2}一[一-龥](?![一-龥]?一))|(?P<comma>、)|(?P<mark>[^一-龥A-Za-z0-9.+\-/%~])"
)
_SIGNS: Final = {"quoted": "Q", "bracket": "R", "title": "X", "pair": "M", "comma": "C", "mark": ","}


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"[0-9][0-9.]*[%‰十百千万亿]*[多余]?" + f"(?:{alternation(words('classifiers'))})?")


@cache
def _numerals() -> re.Pattern[str]:
    return re.compile(r"第?[一二两三四五六七八九十百千万几数]{1,9}[多余]?" + f"(?:{alternation(words('classifiers'))})")


@cache
def _matcher() -> Matcher:
    return Matcher(_lexemes())


@cache
def _numbered_words() -> Matcher:
    return Matcher(row for row in _lexemes() if row["word"][0].isdigit())


@cache
def _lexemes() -> tuple[dict[str, str], ...]:
    """One row a word over all tables, with its sign."""
    said: dict[str, dict[str, dict[str, str]]] = {}
    for name in _TABLES:
        for row in table(name):
            said.setdefault(row["word"], {})[name] = row
    return tuple(
        {
            "word": word,
            "sign": _sign(rows),
            "kind": rows["group_heads"]["kind"] if "group_heads" in rows else "",
            "takes": rows["governing_verbs"]["takes"] if "governing_verbs" in rows else "",
        }
        for word, rows in said.items()
    )


def _sign(rows: Mapping[str, Mapping[str, str]]) -> str:
    """The sign of a word from the tables that hold it."""
    takes = rows.get("governing_verbs", {}).get("takes", "")
    if "phrase_words" in rows:
        return rows["phrase_words"]["sign"]
    if "mechanism_heads" in rows:
        strength = rows["mechanism_heads"]["strength"]
        return {
            "strong": "K" if "g" in takes else "M",
            "modified": "T" if takes else "x" if len(rows["mechanism_heads"]["word"]) == 1 else "m",
            "governed": "U" if takes else "o",
        }[strength]
    if "group_heads" in rows:
        return (
            "G" if rows["group_heads"]["strength"] == "strong" else "g" if len(rows["group_heads"]["word"]) > 1 else "y"
        )
    if "modifiers" in rows:
        return "W" if {"g", "m"} & set(takes) else "N"
    return "A" if "m" in takes else "B" if "g" in takes else "V"
