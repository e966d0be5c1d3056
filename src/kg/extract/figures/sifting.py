"""Which quantities are figures of something, and what part each one plays.

Numbers in titles, labels, dates and ordinals are no figures. The role of a figure is read from the clause around it
by the rules of `rules/figures.yaml`; where two roles meet, the limit word decides, but ends of a change stay ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...lexicon import Matcher, table
from ...model import Role, Span
from ...rules import Rule, rules
from ..page import Page
from .quantities import Quantity, find_quantities, of_unit

_LEFT, _RIGHT = 45, 60
"""How much of the sentence on either side the rules see."""

_FULL_STOP: Final = "。"
NO_UNIT: Final = "no unit"
IN_TITLE: Final = "in the title"
TITLE: Final = "title"
LABEL: Final = "label"
MARK: Final = "mark"
"""Reasons that are no rules: a number counts nothing, or the title only repeats what the text says; a number stands
in the title of a document, in a label or a set phrase, or counts clauses and list items."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that counts or measures something, with its role and the clause it stands in."""

    quantity: Quantity
    role: Role
    clause: Span


@dataclass(frozen=True, slots=True)
class Skipped:
    """A quantity that was seen and not taken, and the rule (or the kind of place) that says why."""

    quantity: Quantity
    reason: str


def sift(page: Page, closed: Sequence[Span]) -> tuple[list[Figure], list[Skipped]]:
    """The figures of a page, in order, and the quantities that are none; nothing is read from `closed` spans."""
    figures: list[Figure] = []
    skipped: list[Skipped] = []
    sieve = _Sieve(page)
    found = list(_candidates(page, closed, sieve))
    refused = {quantity.left: reason for quantity in found if (reason := _reason(page, quantity, sieve))}
    for quantity in found:
        if reason := refused.get(quantity.left):
            skipped.append(Skipped(quantity, reason))
        else:
            role = _role(page, quantity, sieve, figures)
            figures.append(Figure(quantity, role, page.clause_at(quantity.start)))
    return figures, skipped


def is_missed(page: Page, item: Skipped) -> bool:
    """Whether people should hear of it: not of what is no quantity, like the number of a document or of a session."""
    if item.reason == NO_UNIT:
        return any(rule.regex.search(_context(page, item.quantity)) for rule in _rules("seen"))
    return item.reason == IN_TITLE or any(r.name == item.reason and "told" in r.extra for r in _rules("taking"))


class _Sieve:
    """The rules about figures that can hold on a page."""

    def __init__(self, page: Page):
        self._page = page
        self._fitting: dict[tuple[str, str, bool], list[Rule]] = {}

    def first(self, kind: str, quantity: Quantity) -> Rule | None:
        """The first rule of a kind that holds for a quantity."""
        context, known = _context(self._page, quantity), (kind, quantity.kind, quantity.spelled)
        if known not in self._fitting:
            self._fitting[known] = [r for r in _rules(kind) if _fits(r, quantity) and self._page.may_match(r)]
        fitting = (rule for rule in self._fitting[known] if _has_value(rule, quantity))
        return next((rule for rule in fitting if rule.regex.search(context)), None)


def _candidates(page: Page, closed: Sequence[Span], sieve: _Sieve) -> Iterator[Quantity]:
    """The quantities inside sentences."""
    for quantity in find_quantities(masked(page.wide, [*closed, *(span for span, _ in labelled(page.wide))])):
        if not page.sentences or quantity.start not in page.sentence_at(quantity.start).span:
            continue
        yield _with_unit(quantity, sieve) if quantity.bare else quantity


def _with_unit(quantity: Quantity, sieve: _Sieve) -> Quantity:
    """A bare number with the unit that the noun behind it goes with (15万群众, 26县), if one does."""
    rule = sieve.first("unit", quantity)
    return of_unit(quantity, str(rule.extra["unit"])) if rule else quantity


def _reason(page: Page, quantity: Quantity, sieve: _Sieve) -> str | None:
    if quantity.bare:
        return NO_UNIT
    line = page.sentence_at(quantity.start).span.of(page.wide)
    if line in page.title and not line.endswith(_FULL_STOP):
        return IN_TITLE
    found = sieve.first("taking", quantity)
    return found.name if found and found.label == "skip" else None


def _role(page: Page, quantity: Quantity, sieve: _Sieve, earlier: Sequence[Figure]) -> Role:
    found = sieve.first("role", quantity)
    if found and (found.extra.get("over") == "limit" or quantity.role is None):
        return Role(found.label)
    return quantity.role or _listed(page, quantity, earlier) or Role.LEVEL


def _listed(page: Page, quantity: Quantity, earlier: Sequence[Figure]) -> Role | None:
    """The limit of the figure before in the same list: 不超过10人、15人、20人."""
    before = earlier[-1] if earlier else None
    if (
        before is None
        or before.role not in (Role.FLOOR, Role.CEILING, Role.CHANGE)
        or before.quantity.unit != quantity.unit
    ):
        return None
    between = page.wide[before.quantity.right : quantity.left]
    return before.role if re.fullmatch(r"[^，。；：]{0,6}、[^，。；：]{0,4}", between) else None


def _context(page: Page, quantity: Quantity) -> str:
    sentence = page.sentence_at(quantity.start).span
    left = page.wide[max(sentence.start, quantity.start - _LEFT) : quantity.start]
    right = page.wide[quantity.end : min(max(sentence.end, quantity.end), quantity.end + _RIGHT)]
    return f"{left}‹{page.wide[quantity.start : quantity.end]}›{right}"


def _fits(rule: Rule, quantity: Quantity) -> bool:
    extra = rule.extra
    return ("kinds" not in extra or quantity.kind in extra["kinds"]) and (
        "spelled" not in extra or quantity.spelled == extra["spelled"]
    )


def _has_value(rule: Rule, quantity: Quantity) -> bool:
    return "value" not in rule.extra or quantity.value == rule.extra["value"]


@cache
def _set_phrases() -> Matcher:
    return Matcher(table("numeral_labels"))


@cache
def _rules(kind: str) -> tuple[Rule, ...]:
    """The rules that give a unit, tell which bare numbers are to be seen, sift figures ("taking"), or give a role."""
    kinds = {"unit": "unit", "seen": "seen", "skip": "taking", "take": "taking"}
    return tuple(rule for rule in rules("figures") if kinds.get(rule.label, "role") == kind)


_TITLE = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》")
_LABEL = re.compile(r"[“‘][^”’，。；！？\n]{1,24}[”’]")
_MARK = re.compile(r"(?m)^ *(?:\d{1,2}(?:\.\d{1,2})*(?:[.、．](?=\D|\d{4}年)| +(?=\D))|第[^条章节 ]{1,6}[条章节])")


def masked(wide: str, spans: Iterable[Span]) -> str:
    """The text with these spans blanked out, so that nothing is read from them or across them."""
    kept, at = [], 0
    for span in sorted(spans):
        kept += [wide[at : span.start], "\0" * (span.end - max(at, span.start))]
        at = max(at, span.end)
    return "".join((*kept, wide[at:]))


def labelled(wide: str) -> Iterator[tuple[Span, str]]:
    """The runs whose numbers are none of a figure, each with the reason.

    Titles, short quoted labels, set phrases, numbers of clauses and list items, words between straight quotes.
    """
    yield from ((Span(hit.start, hit.end), LABEL) for hit in _set_phrases().find(wide))
    for pattern, reason in ((_TITLE, TITLE), (_LABEL, LABEL), (_MARK, MARK)):
        for hit in pattern.finditer(wide):
            yield Span(*hit.span()), reason
    for line in re.finditer(r"[^\n]+", wide):
        marks = [line.start() + hit.start() for hit in re.finditer('"', line.group())]
        pairs = zip(marks[::2], marks[1::2], strict=False)
        yield from ((Span(*pair), LABEL) for pair in pairs if pair[1] - pair[0] <= 24)
