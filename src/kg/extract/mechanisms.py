"""Mechanisms: named arrangements, instruments and programmes, and plain recurring measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from ..lexicon import alternation, words
from ..model import EntityType, Span
from ..rules import Rule, rules
from ..text import tidy_name
from .page import Mention, Page
from .phrases import drop_verb, items_before
from .shapes import Shape, read_shape

_WHOLE = frozenset("MKQI")
_GOVERNED = re.compile(r"A[^,VAB]*$")


def find(page: Page, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Every mechanism named on the page; what a list shares with its last item goes into the name of each."""
    row = read_shape(page, taken)
    found = [m for rule in rules("mechanisms") if not rule.extra.get("title") for m in _find(row, rule)]
    found += [m for rule in rules("mechanisms") if rule.extra.get("title") for m in _find_in_titles(page, taken, rule)]
    once = {(m.start, m.end): m for m in reversed(found)}.values()
    yield from sorted((m for m in once if not any(_inside(m, other) for other in once)), key=lambda m: m.start)


def _inside(mention: Mention, other: Mention) -> bool:
    inside = other.start <= mention.start and mention.end <= other.end
    return inside and other.end - other.start > mention.end - mention.start


def _find(row: Shape, rule: Rule) -> Iterator[Mention]:
    for hit in rule.regex.finditer(row.signs):
        run = Span(*hit.span("name"))
        head = Span(*hit.span("head")) if "head" in rule.regex.groupindex else None
        if rule.extra.get("list"):
            yield from _listed(row, rule, run, head)
        else:
            yield from _named(row, rule, run, head)


def _find_in_titles(page: Page, taken: Sequence[Mention], rule: Rule) -> Iterator[Mention]:
    others = [m for m in taken if m.type is not EntityType.DOCUMENT]
    for title in taken:
        if title.type is EntityType.DOCUMENT and title.rule != "document-refers":
            text = title.span.of(page.wide)
            end = title.start + len(_tail().sub("", text))
            yield from _find(read_shape(page, others, Span(title.start, end)), rule)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        r"(?:" + alternation(words("genres") + words("title_tails")) + r"|（[^（）]*）|》|[一二三四五六七八九十]+条)+$"
    )


def _named(row: Shape, rule: Rule, run: Span, head: Span | None) -> Iterator[Mention]:
    if rule.extra.get("summed") and row.text(Span(run.end - 1, run.end)) not in words("list_heads"):
        return
    if rule.extra.get("governed") and not _GOVERNED.search(row.signs, 0, run.start):
        return
    run = drop_verb(row, run, 1 if row.signs[run.end - 1] in _WHOLE else 2)
    if len(row.text(run)) < rule.extra.get("least", 0):
        return
    if len(run) > 1 or row.signs[run.start] in _WHOLE:
        yield from _sharing(row, rule, run)
        yield _mention(row, rule, run, row.text(head) if head else "")


def _sharing(row: Shape, rule: Rule, run: Span) -> Iterator[Mention]:
    """The items before the run that have no head of their own: 养老、医疗[保险], 月排查、季研判[机制]."""
    text = row.text(run)
    last = next((head for head in words("list_heads") if text.endswith(head)), "")
    items = list(items_before(row, run.start))
    if items and last in words("list_heads", join="whole"):
        yield _mention(row, rule, Span(items[-1].start, run.end), "")
    elif text != last in words("list_heads", join="yes"):
        yield from (_mention(row, rule, i, last) for i in takewhile(lambda i: row.signs[i.end - 1] in "NuWGgo", items))


def _listed(row: Shape, rule: Rule, run: Span, head: Span | None) -> Iterator[Mention]:
    text = row.text(head) if head else ""
    if text not in words("list_heads"):
        return
    join = text in words("list_heads", join="yes")
    for item in (run, *items_before(row, run.start)):
        item = drop_verb(row, item, 1)
        if 1 < len(row.text(item)) <= 12:
            yield _mention(row, rule, item, text if join else "")


def _mention(row: Shape, rule: Rule, run: Span, head: str) -> Mention:
    at, name = row.at(run), tidy_name(row.text(run) + head)
    parts = [row.text(run)] if head else []
    if len(run) > 1:
        parts += [row.text(Span(i, i + 1)) for i in {run.start, run.end - 1} if row.signs[i] in _WHOLE]
    also = tuple(dict.fromkeys(tidy_name(part) for part in parts))
    return Mention(EntityType.MECHANISM, at.start, at.end, name, rule.name, rule.confidence, also=also)
