"""Groups: people, households, firms, bodies or places whom something is meant for, asked of or done to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from ..lexicon import words
from ..model import EntityType, Span
from ..rules import Rule, rules
from ..text import tidy_name
from .page import Mention, Page
from .phrases import drop_stray, items_before, with_clause
from .shapes import Shape, read_shape

_PERSON: Final = re.compile(",?P")
_RANGE: Final = re.compile("[至到—~-]")
_STRONG: Final = frozenset("GJY")
_HEADS: Final = frozenset("GgyJ")
_NOUNS: Final = frozenset("NuQGgyJRM")
_EACH: Final = "各"
_ACTING: Final = frozenset({"body", "place"})
_LEAST_ITEM: Final = 4
"""An addressee of fewer characters says nothing (代表, 委员)."""
_TELLING: Final = 3
"""From how many characters on the phrase without its clause names the group as well."""


def find(page: Page, taken: Sequence[Mention], row: Shape) -> Iterator[Mention]:
    """Every group named on the page of this shape; items of a list that share its last head get it in their name."""
    found: list[Mention] = []
    for rule in rules("groups"):
        if "item" in rule.extra:
            found += _find_items(page, taken, rule)
        elif rule.extra.get("title"):
            found += _find_in_titles(page, taken, rule)
        else:
            found += _find(row, rule)
    shared = {(m.start, m.end) for m in found if m.head}
    yield from (m for m in found if m.head or (m.start, m.end) not in shared)


def _find(row: Shape, rule: Rule, *, without: frozenset[str] = frozenset()) -> Iterator[Mention]:
    for hit in rule.regex.finditer(row.signs):
        run = drop_stray(row, _uncounted(row, Span(*hit.span("name"))))
        if not _PERSON.match(row.signs, run.end) and row.words[run.end - 1].kind not in without:
            yield from _named(row, rule, run)


def _find_in_titles(page: Page, taken: Sequence[Mention], rule: Rule) -> Iterator[Mention]:
    """The people, households and firms that a title speaks of; a body in a title acts as often as it is acted on."""
    others = [m for m in taken if m.type is not EntityType.DOCUMENT]
    for title in taken:
        if title.type is EntityType.DOCUMENT:
            row = read_shape(page, others, title.span)
            yield from _find(row, rule, without=_ACTING)


def _uncounted(row: Shape, run: Span) -> Span:
    """The run without a figure that counts (3个以上相邻村) or dates; one that tells an age or a size stays."""
    figures = [at for at in range(run.start, run.end) if row.signs[at] == "#"]
    if not figures:
        return run
    last, figure = figures[-1], row.text(Span(figures[-1], figures[-1] + 1))
    measured, ranged = row.signs[last + 1] == "t", bool(figures[1:])
    if ranged and figure.endswith(_of("age")) and _RANGE.match(row.wide, row.words[figures[0]].end):
        return run
    if measured and not figure.endswith(_of("members")):
        return Span(last, run.end) if ranged else run
    return Span(last + 1 + measured, run.end)


@cache
def _of(what: str) -> tuple[str, ...]:
    return words("classifiers", of=what)


def _find_items(page: Page, taken: Sequence[Mention], rule: Rule) -> Iterator[Mention]:
    """Each item of a run of text by its plain name (各乡镇学校，县属各中小学：), or by that of the body it names."""
    bodies = {m.end: m for m in taken if m.type is EntityType.ORGANISATION}
    for run in rule.regex.finditer(page.wide, 0, page.end):
        for item in re.compile(rule.extra["item"]).finditer(page.wide, *run.span("name")):
            start = item.end() - len(item.group().removeprefix(_EACH))
            body = bodies.get(item.end())
            name = body.name if body and body.start <= start else tidy_name(item.group())
            name = name.replace(_EACH, "")
            if len(name) >= _LEAST_ITEM:
                yield Mention(EntityType.GROUP, start, item.end(), name, rule.name, rule.confidence)


def _named(row: Shape, rule: Rule, run: Span) -> Iterator[Mention]:
    whole = with_clause(row, run)
    if _is_group(row, run, whole):
        literal, core = tidy_name(row.text(whole)), tidy_name(row.text(run))
        also = (core,) if len(whole) > len(run) and len(core) >= _TELLING else ()
        yield _mention(row, rule, whole, literal, also=also)
    last = row.text(Span(run.end - 1, run.end))
    if row.signs[run.end - 1] != "y":
        for item in _sharing(row, run):
            head = _head(last, row.text(item))
            if head != row.text(run):
                yield _mention(row, rule, item, tidy_name(row.text(item) + head), head=head)


@cache
def _head(word: str, item: str) -> str:
    """The longest head that ends the word and that the item lacks (失能、半失能老人 → 老人), or the word itself."""
    ends = (word[at:] for at in range(1, len(word) - 1))
    return next((end for end in ends if end in words("group_heads") and not end.startswith(item)), word)


def _is_group(row: Shape, run: Span, whole: Span) -> bool:
    """A weak head alone names a group only through its clause, and a clause with a figure only measures."""
    if len(run) > 1 or row.signs[run.start] in _STRONG:
        return row.signs[run.start : run.end] != "J" or len(tidy_name(row.text(run))) >= _TELLING
    return len(whole) > 1 and "#" not in row.signs[whole.start : whole.end]


def _sharing(row: Shape, run: Span) -> Iterator[Span]:
    """The items before the run that its last word completes: 高血压、糖尿病[患者], 脱贫家庭、低保家庭[毕业生]."""
    kind, head = row.words[run.end - 2].kind if len(run) > 1 else "", row.words[run.end - 1].kind
    for item in items_before(row, run.start):
        item = drop_stray(row, item)
        last = row.words[item.end - 1]
        headed = last.sign in _HEADS and not last.kind == kind != head
        if headed or not set(row.signs[item.start : item.end]) <= _NOUNS:
            return
        yield item


def _mention(row: Shape, rule: Rule, run: Span, name: str, *, also: tuple[str, ...] = (), head: str = "") -> Mention:
    at = row.at(run)
    return Mention(EntityType.GROUP, at.start, at.end, name, rule.name, rule.confidence, also=also, head=head)
