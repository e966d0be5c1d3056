"""A figure as the builders of its indicator see it: the words that may name it, and what was read before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Role, Span
from ..page import Page
from .phrases import benefit_in, clean, core, matches, names_benefit, object_of, trim, without_measure
from .sifting import Figure

_LONGEST_HEAD, _LONGEST_SUBJECT, _LONGEST_TOPIC = 14, 14, 8
_STOPS = "、，。；：和及与到至）（！？\n"


@dataclass(frozen=True, slots=True)
class Near:
    """Names around a figure: what it belongs to, and the person whom the words behind it name."""

    owner: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """The name of what is counted, the run of text that shows it, and the builder that made it.

    `base` is the name without its counting word, `topic` the thing in it; `reach` is the offset up to which the
    words right of the figure are used up.
    """

    name: str
    base: str
    topic: str
    start: int
    end: int
    reach: int
    rule: str


@dataclass(frozen=True, slots=True)
class View:
    """A figure, the text (times blanked out), the spans `left` and `right` of it, and the figure read before it.

    `near` tells that the figure before stands in the same paragraph, `beside` in the same sentence with the same kind
    of unit.
    """

    page: Page
    wide: str
    figure: Figure
    raw: Span
    left: Span
    right: Span
    before: Indicator | None
    before_role: Role | None
    near: bool
    same_sentence: bool
    beside: bool
    head: str
    subject: str
    owner: str
    person: str

    def text(self, span: Span) -> str:
        """A span as it goes into a name."""
        return clean(span.of(self.wide))

    @property
    def name(self) -> str:
        """The words left of the figure as a name."""
        return core(self.text(self.left))

    @property
    def raw_name(self) -> str:
        """All words left of the figure, edges included."""
        return clean(self.raw.of(self.wide))

    @property
    def attached(self) -> bool:
        """Whether words follow the figure without a mark between."""
        return len(self.right) > 0 and self.wide[self.right.start] not in _STOPS

    @property
    def attributive(self) -> bool:
        """Whether the words behind follow with 的: 110平方米的人才房."""
        return self.attached and bool(matches("attributive", self.wide[self.right.start]))

    @property
    def sentence_start(self) -> str:
        """The first words of the sentence, for a figure of which nothing else is known."""
        span = self.page.sentence_at(self.figure.clause.start).span
        return self.text(Span(span.start, min(span.end, span.start + _LONGEST_HEAD)))

    @property
    def topic(self) -> str:
        """What the clause is about when it does not say so: a head before a colon, its subject, the figure before."""
        return self.head or self.subject or (self.before.topic if self.before and self.near else "")

    @property
    def benefit(self) -> str:
        """What is paid, from the words between the beginning of the sentence and the figure."""
        if names_benefit(self.head):
            return self.head
        start = self.page.sentence_at(self.figure.clause.start).span.start
        return benefit_in(self.wide[start : self.raw.start])


def view(
    page: Page, wide: str, figures: Sequence[Figure], index: int, built: Sequence[Indicator], named_near: Near
) -> View:
    """The view of one figure; `built` are the indicators of the figures before it."""
    figure = figures[index]
    quantity, before = figure.quantity, figures[index - 1] if index else None
    start, end = figure.clause.start, figure.clause.end
    if before and before.clause == figure.clause:
        start = max(start, built[-1].reach)
    later = next((f for f in figures[index + 1 :] if f.quantity.left != quantity.left), None)
    if later and later.clause == figure.clause:
        end = min(end, later.quantity.left)
    raw = _inside_bracket(wide, min(start, quantity.left), quantity.left)
    return View(
        page,
        wide,
        figure,
        raw,
        trim(wide, raw),
        _up_to_bracket(wide, quantity.right, max(end, quantity.right)),
        built[-1] if built else None,
        before.role if before else None,
        before is not None and _paragraph(page, before) == _paragraph(page, figure),
        before is not None and _same_sentence(page, before, figure),
        before is not None and _same_sentence(page, before, figure) and before.quantity.kind == quantity.kind,
        _head(page, wide, figure),
        _subject(page, wide, figure, before),
        clean(named_near.owner or ""),
        named_near.person or "",
    )


def named(
    view: View,
    name: str,
    rule: str,
    *,
    spans: Sequence[Span] = (),
    topic: str | None = None,
    word: str = "",
    reach: int = 0,
) -> Indicator:
    """The indicator with this name and counting word; `spans` are the runs of text that show it.

    `reach` is given where some of what is shown also names the figure behind.
    """
    quantity = view.figure.quantity
    shown = [span for span in spans if len(span)]
    return Indicator(
        name + word,
        name,
        _short(without_measure(object_of(name)) if topic is None else topic),
        min([quantity.left, *(span.start for span in shown)]),
        max([quantity.right, *(span.end for span in shown)]),
        reach or max([quantity.right, *(span.end for span in shown if span.start >= quantity.right)]),
        rule,
    )


def _short(topic: str) -> str:
    """A topic of a length that can stand in front of a measure; of a long one the last part is kept."""
    part = topic.rsplit("的", 1)[-1]
    return part if len(part) <= _LONGEST_TOPIC else part[-4:]


def _same_sentence(page: Page, first: Figure, second: Figure) -> bool:
    return page.sentence_at(first.clause.start) == page.sentence_at(second.clause.start)


def _paragraph(page: Page, figure: Figure) -> int:
    return page.sentence_at(figure.clause.start).paragraph


def _inside_bracket(wide: str, start: int, end: int) -> Span:
    """The span behind a bracket that is still open at its end."""
    opening = wide.rfind("（", start, end)
    return Span(opening + 1, end) if opening >= 0 and "）" not in wide[opening:end] else Span(start, end)


def _up_to_bracket(wide: str, start: int, end: int) -> Span:
    closing = wide.find("）", start, end)
    return Span(start, closing) if closing >= 0 and "（" not in wide[start:closing] else Span(start, end)


def _head(page: Page, wide: str, figure: Figure) -> str:
    """The short head before a colon in the same sentence: 安家补助：博士40万元."""
    start = page.sentence_at(figure.clause.start).span.start
    colon = wide.rfind("：", start, figure.clause.start + 1)
    if colon < 0:
        return ""
    run = Span(max(start, *(wide.rfind(mark, start, colon) + 1 for mark in "，。；")), colon)
    head = clean(trim(wide, run).of(wide))
    return head if 2 <= len(head) <= _LONGEST_HEAD and not matches("says", head) else ""


def _subject(page: Page, wide: str, figure: Figure, before: Figure | None) -> str:
    """What stands before the figure's clause or bracket, if it is short and holds no figure: 规模以上工业企业，按…的6%."""
    bracket = wide.rfind("（", figure.clause.start, figure.quantity.left)
    if bracket >= 0 and "）" not in wide[bracket : figure.quantity.left]:
        run = re.split("[、，）]", wide[figure.clause.start : bracket])[-1]
        return clean(trim(run, Span(0, len(run))).of(run))[-_LONGEST_SUBJECT:]
    start = page.sentence_at(figure.clause.start).span.start
    if figure.clause.start <= start:
        return ""
    clause = page.clause_at(figure.clause.start - 2)
    if before and before.quantity.right > clause.start:
        return ""
    subject = clean(trim(wide, clause).of(wide))
    return subject if clause.start >= start and 2 <= len(subject) <= _LONGEST_SUBJECT else ""
