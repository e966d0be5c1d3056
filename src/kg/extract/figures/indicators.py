"""What a figure counts or measures, built as a noun phrase from the words around it.

Builders are tried in order; each looks at the words left and right of the figure, cut off at the clause and at the
neighbouring figures. What a clause does not say is taken from the figure before it or from the topic of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...model import Role, Span
from ..page import Page
from .phrases import (
    bare_predicate,
    clean,
    counting_word,
    is_measure,
    names_benefit,
    object_of,
    per_phrase,
    split_predicate,
    trim,
)
from .sifting import Figure
from .spreads import Spread, find_spreads

_LONGEST = 40
"""A longer run of words is no name of anything; its end is kept."""


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
    """A figure with the words that may name it: `left` and `right` of it, and what was read before."""

    page: Page
    figure: Figure
    left: Span
    right: Span
    raw_left: str
    before: Indicator | None
    near: bool
    topic: str

    def text(self, span: Span) -> str:
        return clean(span.of(self.page.wide))


def build_indicators(page: Page, figures: Sequence[Figure]) -> tuple[Indicator, ...]:
    """The indicator of every figure, in their order."""
    built: list[Indicator] = []
    spreads = find_spreads(page, figures)
    for index, figure in enumerate(figures):
        if built and figures[index - 1].quantity.left == figure.quantity.left:
            built.append(built[-1])
            continue
        view = _view(page, figures, index, built)
        built.append(_from_spread(view, spreads[index], built) if index in spreads else _build(view))
    return tuple(built)


def _view(page: Page, figures: Sequence[Figure], index: int, built: Sequence[Indicator]) -> View:
    figure = figures[index]
    start, end = figure.clause.start, figure.clause.end
    before = built[-1] if built else None
    if index and figures[index - 1].clause == figure.clause:
        start = max(start, built[-1].reach)
    later = next((f for f in figures[index + 1 :] if f.quantity.left != figure.quantity.left), None)
    if later and later.clause == figure.clause:
        end = min(end, later.quantity.left)
    left, right = (
        _in_brackets(page.wide, start, figure.quantity.left),
        Span(figure.quantity.right, max(end, figure.quantity.right)),
    )
    closing = page.wide.find("）", right.start, right.end)
    if closing >= 0 and "（" not in page.wide[right.start : closing]:
        right = Span(right.start, closing)
    near = before is not None and _same_sentence(page, figures[index - 1], figure)
    raw = left.of(page.wide)
    return View(page, figure, trim(page.wide, left), right, raw, before, near, _topic(page, figures, index, before))


def _in_brackets(wide: str, start: int, end: int) -> Span:
    """The span behind a bracket that is still open at its end."""
    opening = wide.rfind("（", start, end)
    return Span(opening + 1, end) if opening >= 0 and "）" not in wide[opening:end] else Span(start, max(start, end))


def _same_sentence(page: Page, first: Figure, second: Figure) -> bool:
    return page.sentence_at(first.clause.start) == page.sentence_at(second.clause.start)


def _topic(page: Page, figures: Sequence[Figure], index: int, before: Indicator | None) -> str:
    """What the clause is about when it does not say so: a head before a colon, the figure before, the heading."""
    figure = figures[index]
    sentence = page.sentence_at(figure.clause.start)
    colon = page.wide.rfind("：", sentence.span.start, figure.clause.start)
    if colon >= 0:
        head = page.clause_at(max(sentence.span.start, colon - 1))
        named = clean(trim(page.wide, head).of(page.wide))
        if 0 < len(named) <= 14:
            return named
    if before and page.sentence_at(figures[index - 1].clause.start).paragraph == sentence.paragraph:
        return before.topic
    heading = page.section_of(sentence).heading if page.sections else None
    return clean(re.sub(r"^[^、）.]{0,6}[、）.]", "", heading.of(page.wide))) if heading else ""


def _build(view: View) -> Indicator:
    for builder in _BUILDERS:
        found = builder(view)
        if found and found.name:
            return found
    return _named(view, view.topic, "indicator-topic")


def _named(
    view: View, name: str, rule: str, *, spans: Sequence[Span] = (), topic: str | None = None, counted: bool = False
) -> Indicator:
    """The indicator with this name; `spans` show it, `counted` says that it needs no counting word."""
    name = name[-_LONGEST:]
    quantity = view.figure.quantity
    word = "" if counted else counting_word(name, quantity.kind, quantity.noun)
    start = min([quantity.left, *(span.start for span in spans if len(span))])
    end = max([quantity.right, *(span.end for span in spans if len(span))])
    reach = max([quantity.right, *(span.end for span in spans if len(span) and span.start >= quantity.right)])
    return Indicator(name + word, name, object_of(name) if topic is None else topic, start, end, reach, rule)


_SHARE = re.compile(r"^(?P<part>.*?)(?:占到|占了|占|相当于)(?P<whole>.*?)的?$")


def _share(view: View) -> Indicator | None:
    """X占Y的 5%: 占比, or the part of a whole."""
    raw = clean(view.raw_left)
    hit = _SHARE.match(raw) if view.figure.quantity.kind == "ratio" else None
    if hit is None or "占比" in raw:
        return None
    whole = clean(re.sub(r"(?:约|近|仅|为|达|到|超过|不低于|比例|比重)+$", "", hit["whole"]))
    part = (
        clean(
            trim(
                view.page.wide,
                Span(
                    view.figure.quantity.left - len(view.raw_left),
                    view.figure.quantity.left - len(view.raw_left) + view.raw_left.find("占"),
                ),
            ).of(view.page.wide)
        )
        if "占" in view.raw_left
        else clean(hit["part"])
    )
    subject = part or view.topic
    name = f"{subject}占{whole}比例" if len(whole) > 1 else f"{subject}占比"
    return _named(view, name, "indicator-share", spans=(view.left,), topic=subject)


_CHANGE_ONLY = re.compile(
    r"^(?:其中|较|比|同比|环比|分别|各|年均|又|再|净|低于|高于|超过?|与|多|少|约|近|了|增|减|升|降|翻|提|压|缩|扩|加|上|下|调|放|节|省|快|慢|高|低|到|至|为|由|从|现在|目前)+$"
)
_COMPARED = re.compile(r"^(?:较|比|同比|环比|低于|高于|快于|慢于|超)")


def _compared(view: View) -> Indicator | None:
    """较上年提高 5 个百分点: the same as the figure before."""
    if view.before is None or not view.near:
        return None
    raw = clean(view.raw_left)
    role = view.figure.role
    ends = role in (Role.AFTER, Role.BEFORE) and not view.text(view.left)
    if ends or (_COMPARED.match(raw) and len(raw) <= 20) or (role is Role.CHANGE and len(view.text(view.left)) <= 2):
        return _named(
            view, view.before.name, "indicator-same", spans=(view.left,), topic=view.before.topic, counted=True
        )
    return None


def _attributive(view: View) -> Indicator | None:
    """26个计划出列村: the noun behind the figure, with its predicate turned in front of it."""
    wide, right = view.page.wide, view.right
    quantity = view.figure.quantity
    if quantity.kind == "ratio" or view.figure.role in (Role.BEFORE, Role.AFTER) and quantity.kind != "count":
        return None
    if not len(right) or wide[right.start] in "、，。；：和及与到至）":
        return None
    of = 1 if wide[right.start] == "的" else 0
    noun, predicate = split_predicate(wide, Span(right.start + of, right.end))
    name = view.text(noun)
    if len(name) < 2 or (quantity.kind == "period" and not of):
        return None
    act = view.text(bare_predicate(wide, predicate)) if len(predicate) else ""
    before = view.text(view.left)
    per = per_phrase(view.raw_left)
    if quantity.kind == "money":
        return _named(view, per + name, "indicator-money-for", spans=(view.left, noun))
    if act and len(act) >= 2:
        return _named(view, f"{act}的{name}", "indicator-doing", spans=(noun, predicate), topic=name, counted=True)
    verb = before if 2 <= len(before) <= 4 and quantity.kind != "event" else ""
    return _named(
        view, f"{verb}{name}", "indicator-counted", spans=(view.left if verb else noun, noun), topic=name, counted=True
    )


def _acting(view: View) -> Indicator | None:
    """217人就业: what the counted ones do, when no noun names them."""
    wide, right = view.page.wide, view.right
    quantity = view.figure.quantity
    if quantity.kind not in ("person", "household", "period") or not len(right) or wide[right.start] in "、，。；：）":
        return None
    noun, predicate = split_predicate(wide, right)
    if len(noun) >= 2 and quantity.kind != "period":
        return None
    act = view.text(bare_predicate(wide, right))
    return (
        _named(view, view.text(view.left) + act, "indicator-acting", spans=(view.left, right))
        if len(act) >= 2
        else None
    )


def _left(view: View) -> Indicator | None:
    """开展培训26期: the words in front of the figure."""
    name = view.text(view.left)
    if not name:
        return None
    per = per_phrase(name)
    if per and view.figure.quantity.kind == "money":
        rest = name.replace(per, "", 1)
        if names_benefit(rest):
            name = per + rest
        else:
            name = rest + per + object_of(view.topic)
        return _named(view, name, "indicator-per", spans=(view.left,))
    if is_measure(name) and view.topic and not name.startswith(view.topic):
        return _named(view, view.topic + name, "indicator-measure", spans=(view.left,), topic=view.topic)
    return _named(view, name, "indicator-left", spans=(view.left,))


def _carried(view: View) -> Indicator | None:
    """15户31人: another count of what the figure before counts."""
    if view.before is None or not view.near:
        return None
    base = view.before.base
    quantity = view.figure.quantity
    word = "金额" if quantity.kind == "money" and not names_benefit(base) else quantity.noun
    return _named(view, base + word, "indicator-carried", topic=view.before.topic, counted=True)


def _from_spread(view: View, spread: Spread, built: Sequence[Indicator]) -> Indicator:
    """The item of a list that this figure belongs to."""
    if spread.same_as is not None:
        other = built[spread.same_as]
        return _named(
            view,
            other.name,
            "indicator-same",
            topic=other.topic,
            counted=True,
            spans=(Span(spread.start, view.figure.quantity.left),),
        )
    name = spread.name
    return _named(view, name, "indicator-spread", spans=(Span(spread.start, view.figure.quantity.left),))


_BUILDERS: tuple[Callable[[View], Indicator | None], ...] = (_share, _compared, _attributive, _acting, _left, _carried)
