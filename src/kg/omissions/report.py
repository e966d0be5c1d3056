"""What was left out, as tables for people: how much is covered, silent sentences, figures not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .. import sections
from ..extract.figures.account import DATE, ELSEWHERE
from ..extract.figures.sifting import IN_TITLE, LABEL, MARK, NO_UNIT, TITLE
from ..model import Article, Landmark, Span, Unread
from ..rules import Rule
from ..tables import Rows, Value
from ..wording import Lang, say, say_landmark
from . import Gaps, Silent

_WIDE, _MARGIN = 48, 12
"""How much of a sentence a table shows, and how much of the text on either side of a figure."""
_PEOPLE: Final = ("table", "md")
_REASONS: Final = {
    NO_UNIT: "reason_no_unit",
    IN_TITLE: "reason_in_the_title",
    TITLE: "reason_title",
    LABEL: "reason_label",
    MARK: "reason_mark",
    DATE: "reason_date",
    ELSEWHERE: "reason_no_quantity",
}
"""The wordings of the reasons that are no rules."""


def render(
    found: Sequence[Gaps], form: str = "table", *, lang: Lang = "zh", limit: int = 20, every: bool = False
) -> str:
    """The gaps of articles as text, in the forms of `kg.tables`; table and md show the first `limit` of each list.

    `every` also lists the numbers that are no figures. json and csv name signals and reasons by their keys.
    """
    covered, silent = _covered(found), _ranked(found)
    figures = [(gap.article, item) for gap in found for item in (*gap.unread, *(gap.passed if every else ()))]
    heading = "numbers" if every else "unread"
    if form not in _PEOPLE:
        tables = {"covered": covered, "silent": Rows(_SILENT, tuple(map(_silent, silent)))}
        return sections.render(tables | {heading: Rows(_UNREAD, tuple(_figure(*f) for f in figures))}, form, lang=lang)
    shown = _WIDE if form == "table" else None
    told = (_told(item, shown, lang) for item in silent[:limit])
    numbers = (_named(_figure(*figure), lang) for figure in figures[:limit])
    tables = {
        "covered": Rows(covered.columns, tuple((say(str(row[0]), lang), *row[1:]) for row in covered.rows)),
        "silent" + _part(len(silent), limit): Rows(_SILENT, tuple(told)),
        heading + _part(len(figures), limit): Rows(_UNREAD, tuple(numbers)),
    }
    return sections.render(tables, form, lang=lang)


def coverage_line(found: Iterable[Gaps], *, lang: Lang) -> str:
    """One sentence on how much of some articles is covered; nothing where there was nothing to cover."""
    sentences, numbers = _counts(tuple(found))
    if not (sentences.all or numbers.all):
        return ""
    values = {"signalled": sentences.all, "said": sentences.taken, "said_share": sentences.share}
    values |= {"figures": numbers.all, "taken": numbers.taken, "taken_share": numbers.share}
    return say("coverage_line", lang, **values) + "\n"


_SILENT: Final = ("weight", "article", "where", "signals", "sentence")
_UNREAD: Final = ("article", "where", "number", "reason", "context")


@dataclass(frozen=True, slots=True)
class _Count:
    """How many there are of something, and how many of them were taken."""

    what: str
    all: int
    taken: int

    @property
    def share(self) -> float:
        """In percent; of nothing, all."""
        return round(100 * self.taken / self.all, 1) if self.all else 100.0


def _counts(found: Sequence[Gaps]) -> tuple[_Count, _Count]:
    """The sentences with signals and the figures."""
    signalled, silent = sum(gap.signalled for gap in found), sum(len(gap.silent) for gap in found)
    taken, unread = sum(gap.taken for gap in found), sum(len(gap.unread) for gap in found)
    return _Count("signalled", signalled, signalled - silent), _Count("figures", taken + unread, taken)


def _covered(found: Sequence[Gaps]) -> Rows:
    heads = ("covered_what", "all", "covered_taken", "share")
    return Rows(heads, tuple((count.what, count.all, count.taken, count.share) for count in _counts(found)))


def _ranked(found: Sequence[Gaps]) -> list[Silent]:
    """The silent sentences of all articles, the weightiest first."""
    return sorted((item for gap in found for item in gap.silent), key=lambda item: -item.weight)


def _silent(item: Silent) -> tuple[Value, ...]:
    text = item.span.of(item.article.text)
    signals = " ".join(signal.name for signal in item.signals)
    return item.weight, item.article.source, _where(item.article, item.span), signals, text


def _told(item: Silent, shown: int | None, lang: Lang) -> tuple[Value, ...]:
    weight, source, where, _, text = _silent(item)
    return (
        weight,
        source,
        say_landmark(str(where), lang),
        "/".join(_name(signal, lang) for signal in item.signals),
        _cut(str(text), shown),
    )


def _name(signal: Rule, lang: Lang) -> str:
    return str(signal.extra[lang])


def _figure(article: Article, item: Unread) -> tuple[Value, ...]:
    text, span = article.text, item.span
    context = text[max(0, span.start - _MARGIN) : span.end + _MARGIN].replace("\n", " ")
    return article.source, _where(article, span), span.of(text), item.reason, context


def _named(row: tuple[Value, ...], lang: Lang) -> tuple[Value, ...]:
    """The same row with its place and its reason in words."""
    source, where, number, reason, context = row
    key = _REASONS.get(str(reason))
    told = say(key, lang) if key else say("reason_rule", lang, rule=reason)
    return source, say_landmark(str(where), lang), number, told, context


def _where(article: Article, span: Span) -> str:
    """The page, paragraph or row of the file; where its format has none, the line of the clean text."""
    line = Landmark("line", article.text.count("\n", 0, span.start) + 1, 0)
    return str(article.landmark(span.start) or line)


def _cut(text: str, shown: int | None) -> str:
    return text if shown is None or len(text) <= shown else text[: shown - 1] + "…"


def _part(count: int, limit: int) -> str:
    """What stands behind a heading: how many there are, and how many of them are shown."""
    return f":{count}" if count <= limit else f":{limit}/{count}"
