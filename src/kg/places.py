"""Where a text names places: divisions known by name, others by the form of their name, and deictic words.

Provinces and prefectures come from `lexicon/places.tsv`. Counties, townships, villages and smaller places are
recognised by their last word (`place_suffixes.tsv`), if the words before it let a name begin there
(`place_left.tsv`) and the whole is no everyday word (`place_generic.tsv`). All offsets are those of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from .lexicon import BLOCK, Matcher, alternation, table, words
from .rules import rules


class PlaceLevel(IntEnum):
    """The levels of places, the widest first."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5
    SITE = 6


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place named at `start`..`end`.

    `name` is its full name with the level word, `parent` the full name of the place it is said or known to lie in,
    `rule` how it was recognised: by name, by short name, by the form of the name, or by its own full form elsewhere.
    """

    start: int
    end: int
    name: str
    level: PlaceLevel
    parent: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Deictic:
    """A word at `start`..`end` that points at a place whose name ends with `level`."""

    start: int
    end: int
    level: str


@dataclass(frozen=True, slots=True)
class _Suffix:
    level: PlaceLevel
    least: int
    most: int
    not_before: str
    but_before: tuple[str, ...]

    def continues(self, wide: str, end: int) -> bool:
        """Whether what stands at `end` makes another word of the level word before it."""
        return end < len(wide) and wide[end] in self.not_before and not wide.startswith(self.but_before, end)


_NEVER_INSIDE = re.compile(r"[^\u4e00-\u9fff]|[的了着是不等个各每这那我你他它们被把让并或所其此该本某全余多有其]")
_NO_STEM = re.compile(r"^[一二三四五六七八九十百千两几数]+$|[百千万]$|[省市县乡镇村].$")
_JOINS = "和与及在从由到"
_LONGEST_LEFT = 5
_TWO = 2
_AFTER_WEAK, _AFTER_MARK, _AFTER_STRONG, _AFTER_PLACE = 1, 2, 3, 4


def find_places(wide: str) -> Iterator[PlaceHit]:
    """The places named in widened text, from left to right, without overlaps.

    >>> [(hit.name, hit.parent) for hit in find_places("走进湖南桃源县漳江街道，")]
    [('湖南省', None), ('桃源县', '湖南省'), ('漳江街道', '桃源县')]
    """
    hits = list(_known(wide))
    hits = _merge(hits, list(_formed(wide, hits)))
    hits = _merge(hits, list(_shortened(wide, hits)))
    yield from _within(hits)


def find_deictics(wide: str) -> Iterator[Deictic]:
    """The words that point at a place without naming it.

    >>> [deictic.level for deictic in find_deictics("截至目前，全县参保9万人，县财政局补贴")]
    ['县', '县']
    """
    found = {}
    for rule in rules("deictics"):
        for hit in rule.regex.finditer(wide):
            level = next(value for value in hit.groups() if value)
            found.setdefault(hit.start(), Deictic(hit.start(), hit.end(), level))
    yield from sorted(found.values(), key=lambda deictic: deictic.start)


def resolve_deictic(word: str, main_place: str | None) -> str | None:
    """The place that a word such as 全县, 我市 or 该区 means in an article about `main_place`; None if that is unclear.

    >>> resolve_deictic("全区", "内蒙古自治区"), resolve_deictic("全省", "桃源县"), resolve_deictic("全镇", "桃源县")
    ('内蒙古自治区', '湖南省', None)
    """
    place = main_place
    while place:
        level = next((level for level in _deictic_levels() if word.endswith(level)), None)
        if level and place.endswith(level):
            return place
        place = next((row["parent"] for row in _gazetteer().rows_of(place)), None)
    return None


@cache
def _deictic_levels() -> tuple[str, ...]:
    return tuple(sorted((*_suffixes(), "自治区", "省", "州", "盟"), key=len))


def _merge(first: Sequence[PlaceHit], more: Sequence[PlaceHit]) -> list[PlaceHit]:
    """Both lists in order; of two that overlap the first list's stays."""
    taken = bytearray(max((hit.end for hit in (*first, *more)), default=0))
    kept = []
    for hit in (*first, *more):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _within(hits: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """The hits, each that follows a wider place without a gap lying within it."""
    before: PlaceHit | None = None
    for hit in hits:
        if before and before.end == hit.start and before.level < hit.level:
            hit = replace(hit, parent=before.name)
        before = hit
        yield hit


def _known(wide: str) -> Iterator[PlaceHit]:
    """Divisions of the gazetteer: by full name, and by short name where one may begin."""
    before: PlaceHit | None = None
    for found in _gazetteer().find(wide):
        wider = before.name if before is not None and before.end == found.start else None
        rows = sorted(_gazetteer().rows_of(found.word), key=lambda row: wider not in _wider_than(row))
        rows = [row for row in rows if wider in _wider_than(row) or _stands_alone(wide, found.start, row)]
        suffix = _suffixes().get(found.word[-1])
        if not rows or (suffix and suffix.continues(wide, found.end)):
            continue
        row = rows[0]
        before = PlaceHit(found.start, found.end, _name(row, wide), _level(row), row["parent"] or None, row["rule"])
        yield before


def _name(row: Mapping[str, str], wide: str) -> str:
    """The full name; but a short one with a level word (化隆县) is good enough where the text never says more."""
    return row["name"] if row["word"][-1] not in _suffixes() or row["name"] in wide else row["word"]


def _level(row: Mapping[str, str]) -> PlaceLevel:
    return PlaceLevel[row["level"].upper()]


def _stands_alone(wide: str, start: int, row: Mapping[str, str]) -> bool:
    """Whether a division may be meant where no wider one is named right before it."""
    if row["rule"] == "place-name":
        return row["word"] not in words("place_everyday") and (
            len(row["word"]) > _TWO or _begins(wide, start) > _AFTER_WEAK
        )
    return _level(row) < PlaceLevel.COUNTY and _begins(wide, start) > 0


def _wider_than(row: Mapping[str, str]) -> tuple[str, ...]:
    """The divisions a division lies in, the nearest first."""
    parent = row["parent"]
    return (parent, *(up["parent"] for up in _gazetteer().rows_of(parent)[:1] if up["parent"])) if parent else ()


@cache
def _gazetteer() -> Matcher:
    rows = []
    for row in table("places"):
        entry = {**row, "name": row["word"], "rule": "place-name"}
        rows.append(entry)
        rows.extend({**entry, "word": short, "rule": "place-short"} for short in row["short"].split())
    rows.extend({"word": word, "class": BLOCK} for word in words("place_blocked"))
    return Matcher(rows)


@cache
def _suffixes() -> dict[str, _Suffix]:
    return {
        row["word"]: _Suffix(
            _level(row), int(row["least"]), int(row["most"]), row["not_before"], tuple(row["but_before"].split())
        )
        for row in table("place_suffixes")
    }


@cache
def _suffix_regex() -> re.Pattern[str]:
    return re.compile(alternation(_suffixes()))


@cache
def _left_words() -> dict[str, int]:
    """The words before a name and their rank."""
    return {row["word"]: _AFTER_STRONG if row["class"] == "strong" else _AFTER_WEAK for row in table("place_left")}


def _begins(wide: str, start: int) -> int:
    """How surely a name begins at `start`, as a rank; 0 where nothing says so."""
    before = (wide[start - length : start] for length in range(1, min(_LONGEST_LEFT, start) + 1))
    rank = max((_left_words().get(word, 0) for word in before), default=0)
    if start == 0 or _NEVER_INSIDE.match(wide, start - 1):
        return max(rank, _AFTER_MARK)
    return rank


def _formed(wide: str, known: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """Places recognised by the form of their name; one that nothing separates on its left must stand elsewhere too."""
    ends = {hit.end for hit in known}
    taken = {offset for hit in known for offset in range(hit.start, hit.end)}
    sure: dict[str, PlaceHit] = {}
    doubtful: list[tuple[int, int, _Suffix]] = []
    for found in _suffix_regex().finditer(wide):
        suffix = _suffixes()[found.group()]
        if found.start() in taken or suffix.continues(wide, found.end()):
            continue
        start = _name_start(wide, found.start(), suffix, ends)
        if start is None:
            doubtful.append((found.start(), found.end(), suffix))
        elif not _is_generic(wide, start, found, ends):
            hit = PlaceHit(start, found.end(), wide[start : found.end()], suffix.level, None, "place-form")
            if suffix.level > PlaceLevel.COUNTY or start in ends:
                ends.add(hit.end)
                sure.setdefault(hit.name, hit)
                yield hit
    for stop, end, suffix in doubtful:
        for start in range(max(0, stop - suffix.most), stop - suffix.least + 1):
            if wide[start:end] in sure:
                yield replace(sure[wide[start:end]], start=start, end=end)
                break


def _name_start(wide: str, stop: int, suffix: _Suffix, ends: set[int]) -> int | None:
    """Where the name before the level word at `stop` begins, by rank; of equal ranks the nearest strong word wins."""
    best, best_rank = None, 0
    for start in range(stop - 1, max(-1, stop - suffix.most - 1), -1):
        if _NEVER_INSIDE.match(wide, start):
            break
        rank = _AFTER_PLACE if start in ends else _begins(wide, start)
        if stop - start >= suffix.least and (rank > best_rank or (rank == best_rank != _AFTER_STRONG)):
            best, best_rank = start, rank
        if start in ends:
            break
    return best if best_rank else None


@cache
def _generic(kind: str) -> frozenset[str]:
    return frozenset(words("place_generic", **{"class": kind}))


def _is_generic(wide: str, start: int, suffix: re.Match[str], ends: set[int]) -> bool:
    """Whether a candidate is an everyday word (贫困村), begins with a number (两村) or joins two things (县管镇)."""
    stem, name = wide[start : suffix.start()], wide[start : suffix.end()]
    proper = len(stem) == _TWO and (start in ends or _begins(wide, start) >= _AFTER_STRONG)
    return (
        any(name[cut:] in _generic("whole") for cut in range(len(stem)))
        or any(name[cut:] in _generic("soft") for cut in range(len(stem)) if not proper)
        or any(stem[cut:] in _generic("stem") for cut in range(len(stem)))
        or bool(_NO_STEM.search(stem))
        or (stem[-1] in _JOINS and (_begins(wide, suffix.start() - 1) > 0 or stem[:-1] in _generic("stem")))
    )


def _shortened(wide: str, hits: Sequence[PlaceHit]) -> Iterator[PlaceHit]:
    """Mentions of a county by its name without the level word (永新 for 永新县, named so elsewhere)."""
    everyday = set(words("place_everyday"))
    stems = {hit.name[:-1]: hit for hit in hits if hit.level == PlaceLevel.COUNTY and len(hit.name) > 2}
    stems = {stem: hit for stem, hit in stems.items() if stem not in everyday}
    if not stems:
        return
    for found in re.finditer(alternation(stems), wide):
        if _begins(wide, found.start()):
            yield replace(stems[found.group()], start=found.start(), end=found.end(), rule="place-short")
