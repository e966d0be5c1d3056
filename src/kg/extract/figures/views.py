"""A figure as the builders of its indicator see it: the words that may name it, and what was read before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Role, Sentence, Span
from ..page import Page
from .phrases import benefit_in, clean, core, matches, names_benefit, object_of, trim, without_measure
from .sifting import Figure
from .windows import around, before_brackets, head_of, subject_of

_LONGEST_START, _LONGEST_TOPIC = 14, 12
_MARKS = "、，。；：）”’ \0\n"
_STOPS = "、，。；：和及与且到至）（！？\n"


@dataclass(frozen=True, slots=True)
class Near:
    """Names around a figure: what it belongs to, the person named behind it, what the clause before it ends in."""

    owner: str | None = None
    person: str | None = None
    lead: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A figure, the text (times blanked out), the spans `left` and `right` of it, and the figure read before it.

    `near` tells that the figure before stands in the same paragraph, `beside` in the same sentence with the same kind
    of unit, `follows` that it stands in the same sentence.
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
    beside: bool
    follows: bool
    head: str
    subject: str
    owner: str
    person: str
    lead: str

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
    def listed(self) -> bool:
        """Whether only a list mark parts the figure from the one before it."""
        return self.beside and not self.raw_name

    @property
    def follows_mark(self) -> bool:
        """Whether a list mark stands right before the words in front of the figure."""
        return self.wide[self.raw.start : self.left.start].strip() == "、"

    @property
    def attributive(self) -> bool:
        """Whether the words behind follow with 的: 110平方米的人才房."""
        return self.attached and bool(matches("attributive", self.wide[self.right.start]))

    @property
    def sentence_start(self) -> str:
        """The first words of the sentence, for a figure of which nothing else is known."""
        span = self.page.sentence_at(self.figure.clause.start).span
        return self.text(Span(span.start, min(span.end, span.start + _LONGEST_START)))

    @property
    def topic(self) -> str:
        """What the clause is about when it does not say so: a head before a colon, its subject, the figure before."""
        return self.head or self.subject or (self.before.topic if self.before and self.near else "")

    @property
    def benefit(self) -> str:
        """What is paid, from the words between the beginning of the sentence and the figure, or from the headings."""
        if names_benefit(self.head):
            return self.head
        start = self.page.sentence_at(self.figure.clause.start).span.start
        said = benefit_in(self.wide[start : max(start, self.raw.start)])
        headings = (heading.of(self.page.wide) for heading in self.page.headings_over(self.page.sentence_at(start)))
        return said or next(filter(None, map(benefit_in, headings)), "")


def view(page: Page, wide: str, figures: Sequence[Figure], index: int, built: Sequence[Indicator], near: Near) -> View:
    """The view of one figure; `built` are the indicators of the figures before it."""
    figure, earlier = figures[index], before_brackets(wide, figures, index)
    before, told = (figures[earlier], built[earlier]) if earlier >= 0 else (None, None)
    raw, right = around(wide, figures, index, built[-1].reach if built else 0)
    near_by = before is not None and _sentence(page, before).paragraph == _sentence(page, figure).paragraph
    same_sentence = before is not None and _sentence(page, before) == _sentence(page, figure)
    return View(
        page=page,
        wide=wide,
        figure=figure,
        raw=raw,
        left=trim(wide, raw),
        right=right,
        before=told,
        before_role=before.role if before else None,
        near=near_by,
        beside=same_sentence and before is not None and before.quantity.kind == figure.quantity.kind,
        follows=same_sentence,
        head=head_of(page, wide, figure),
        subject=subject_of(page, wide, figure, before),
        owner=clean(near.owner or ""),
        person=near.person or "",
        lead=clean(near.lead or ""),
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
        _without_marks(view.wide, min([quantity.left, *(span.start for span in shown)]), quantity.left),
        _before_marks(view.wide, max([quantity.right, quantity.shown, *(span.end for span in shown)]), quantity.right),
        reach or max([quantity.right, *(span.end for span in shown if span.start >= quantity.right)]),
        rule,
    )


def _without_marks(wide: str, start: int, end: int) -> int:
    """The start of a run moved behind the marks with which it begins."""
    while start < end and wide[start] in _MARKS:
        start += 1
    return start


def _before_marks(wide: str, end: int, least: int) -> int:
    """The end of a run moved before the marks with which it ends."""
    while end > least and wide[end - 1] in _MARKS:
        end -= 1
    return end


def _short(topic: str) -> str:
    """A topic of a length that can stand in front of a measure; of a long one the last part is kept."""
    part = topic.rsplit("的", 1)[-1]
    return part if len(part) <= _LONGEST_TOPIC else part[-4:]


def _sentence(page: Page, figure: Figure) -> Sentence:
    return page.sentence_at(figure.clause.start)
