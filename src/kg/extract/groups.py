"""Groups: people, households, firms, bodies or places whom something is meant for, asked of or done to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import EntityType, Span
from ..rules import Rule, rules
from ..text import tidy_name
from .page import Mention, Page
from .phrases import drop_stray, items_before, with_clause
from .shapes import Shape, read_shape

_PERSON: Final = re.compile(",?P")


def find(page: Page, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Every group named on the page; items of a list that share its last head get that head in their name."""
    row = read_shape(page, taken)
    found = [mention for rule in rules("groups") for mention in _find(row, rule)]
    shared = {(m.start, m.end) for m in found if m.head}
    yield from (m for m in found if m.head or (m.start, m.end) not in shared)


def _find(row: Shape, rule: Rule) -> Iterator[Mention]:
    for hit in rule.regex.finditer(row.signs):
        run = drop_stray(row, Span(*hit.span("name")))
        if not _PERSON.match(row.signs, run.end):
            yield from _named(row, rule, run)


def _named(row: Shape, rule: Rule, run: Span) -> Iterator[Mention]:
    whole = with_clause(row, run)
    if len(whole) > 1 or row.signs[run.start] in "GJY":
        core = (tidy_name(row.text(run)),) if len(whole) > len(run) and len(row.text(run)) > 2 else ()
        yield _mention(row, rule, whole, tidy_name(row.text(whole)), core)
    if len(run) > 1 and row.signs[run.end - 1] != "y":
        head = Span(run.end - 1, run.end)
        for item in _sharing(row, run):
            yield _mention(row, rule, item, tidy_name(row.text(item) + row.text(head)), (), row.text(head))


def _sharing(row: Shape, run: Span) -> Iterator[Span]:
    for item in items_before(row, run.start):
        last = row.words[item.end - 1]
        if last.sign in "GgyJ" and not (last.kind == row.words[run.end - 2].kind != row.words[run.end - 1].kind):
            return
        yield item


def _mention(row: Shape, rule: Rule, run: Span, name: str, also: tuple[str, ...], head: str = "") -> Mention:
    at = row.at(run)
    return Mention(EntityType.GROUP, at.start, at.end, name, rule.name, rule.confidence, also=also, head=head)
