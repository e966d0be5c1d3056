"""Figures spread over a list: A、B分别为 1、2 gives 1 to A and 2 to B."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ...lexicon import alternation, words
from ...model import Span
from ..page import Page
from .phrases import benefit_in, clean, core, matches, pattern, shared_tail, trim
from .sifting import Figure

_NUMBER = re.compile(r"\d")
_COMPARED = 2
"""So many characters (同比) before 分别 name nothing of their own."""
_LISTS = ("list-mark", "list-joint")
"""How the items of a list may be parted: by marks alone, or by marks and words."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a list says of one figure: a name, or the index of the earlier figure it speaks of and what it adds."""

    name: str
    start: int
    same_as: int | None = None


def find_spreads(page: Page, wide: str, figures: Sequence[Figure]) -> dict[int, Spread]:
    """For the index of each figure that is spread over a list: its part of the list."""
    found: dict[int, Spread] = {}
    groups = list(_groups(wide, figures))
    for number, group in enumerate(groups):
        if len(group) > 1:
            found |= _spread(page, wide, figures, groups, number)
    return found


def _groups(wide: str, figures: Sequence[Figure]) -> list[list[int]]:
    """The figures in runs that only list marks part."""
    groups: list[list[int]] = []
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else None
        if (
            before
            and _between().fullmatch(wide, before.quantity.right, figure.quantity.left)
            and before.quantity.left != figure.quantity.left
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _spread(
    page: Page, wide: str, figures: Sequence[Figure], groups: Sequence[list[int]], number: int
) -> dict[int, Spread]:
    group, clause = groups[number], figures[groups[number][0]].clause
    same = [g for g in groups[:number] if len(g) == len(group) and figures[g[0]].clause == clause]
    if same:
        return _same(group, same[-1], clause.start)
    head = Span(clause.start, figures[group[0]].quantity.left)
    each = list(pattern("each-of").finditer(wide, head.start, head.end))
    if not each:
        return _listed_ahead(wide, group, head) if _spread_later(wide, figures, groups, number) else {}
    if matches("standard", wide[figures[group[0]].quantity.right : max(clause.end, head.end)]):
        return {}
    rest = clean(trim(wide, Span(each[-1].end(), head.end)).of(wide))
    if listed := _items(wide, Span(head.start, each[-1].start()), len(group)):
        return {index: Spread(name + rest, head.start) for index, name in zip(group, listed, strict=True)}
    ahead = clean(trim(wide, Span(head.start, each[-1].start())).of(wide))
    said = ahead + rest
    last = figures[group[-1]].quantity.right
    if len(rest) <= 2 and (given := benefit_in(wide[last : max(last, clause.end)])):
        return {index: Spread(given, head.start) for index in group}
    earlier = [index for g in groups[:number] for index in g][-len(group) :]
    if len(earlier) == len(group) and matches("fulfils", said):
        return _same(group, earlier, head.start, core(said))
    if listed_before := _of_clause_before(page, wide, group, head, said):
        return listed_before
    bare = not said or matches("change-only", said)
    changes = matches("change-only", rest) and (len(ahead) <= _COMPARED or matches("compared", ahead))
    if len(earlier) == len(group) and (bare or (changes and _like(figures, group, earlier))):
        return _same(group, earlier, head.start)
    return {index: Spread(core(said), head.start) for index in group} if len(said) > 2 else {}


def _like(figures: Sequence[Figure], group: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two groups stand in one clause after the other, so that the later may speak of the earlier."""
    return figures[group[0]].clause.start - figures[other[-1]].clause.end <= 1


def _same(group: Sequence[int], other: Sequence[int], start: int, adding: str = "") -> dict[int, Spread]:
    return {index: Spread(adding, start, earlier) for index, earlier in zip(group, other, strict=True)}


def _of_clause_before(page: Page, wide: str, group: Sequence[int], head: Span, said: str) -> dict[int, Spread]:
    """二孩、三孩家庭送托，保教费分别减免10%、20%: the items stand in the clause before."""
    clause = page.clause_at(max(0, head.start - 2))
    listed = [] if _NUMBER.search(clause.of(wide)) else _items(wide, clause, len(group))
    return {i: Spread(name + said, min(clause.start, head.start)) for i, name in zip(group, listed, strict=False)}


def _spread_later(wide: str, figures: Sequence[Figure], groups: Sequence[list[int]], number: int) -> bool:
    """Whether the next group of the clause says 分别: 由1、2分别提高至3、4."""
    group, later = groups[number], groups[number + 1] if number + 1 < len(groups) else []
    if len(later) != len(group) or figures[later[0]].clause != figures[group[0]].clause:
        return False
    return (
        pattern("each-of").search(wide, figures[group[-1]].quantity.right, figures[later[0]].quantity.left) is not None
    )


def _listed_ahead(wide: str, group: Sequence[int], head: Span) -> dict[int, Spread]:
    behind = matches("per-behind", head.of(wide))
    end = head.start + behind.start() if behind else head.end
    names = _items(wide, Span(head.start, end), len(group))
    per = behind["per"] if behind else ""
    return {index: Spread(per + name, head.start) for index, name in zip(group, names, strict=False)}


def _items(wide: str, span: Span, count: int) -> list[str]:
    """The names of a list of so many items, with the head and the tail that they share, or nothing."""
    run = trim(wide, span).of(wide)
    splits = ([clean(part) for part in mark.split(run)] for mark in map(pattern, _LISTS))
    parts = next((split for split in splits if len(split) == count and all(split)), [])
    if not parts:
        return []
    head = matches("list-head", parts[0])
    shared = head["name"] if head else ""
    parts[0] = parts[0][head.end() :] if head else parts[0]
    tail = shared_tail(parts[0], parts[-1])
    return [shared + (part if part.endswith(tail) else part + tail) for part in parts]


@cache
def _between() -> re.Pattern[str]:
    """What may stand between two figures of one list."""
    changing = alternation(words("change_verbs", **{"class": "change"}))
    return re.compile(rf"(?:{pattern('list-joint').pattern})(?:{changing})?")
