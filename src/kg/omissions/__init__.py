"""What was left out of a text: sentences that carry signals of policy and gave no fact, figures not understood.

The signals are the rules of `ontology/rules/signals.yaml`. Nothing here changes a fact: it shows where to look for
what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..evidence import claims, figures
from ..extract import not_understood
from ..extract.figures.account import account
from ..extract.page import Page
from ..model import Article, Observation, Reading, Sentence, Span, Unread
from ..rules import Rule, rules
from ..store import Store
from ..text import widen


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence from which nothing was taken, with the signals in it, the weightiest first."""

    article: Article
    span: Span
    signals: tuple[Rule, ...]

    @property
    def weight(self) -> int | float:
        """How much the signals let a reader expect."""
        return sum(_weight(signal) for signal in self.signals)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was left out of one article.

    `silent` are ranked by weight, equal ones in the order of the text; `unread` are the figures not understood.
    `signalled` counts the sentences with signals, `taken` the figures that were taken.
    """

    article: Article
    silent: tuple[Silent, ...]
    unread: tuple[Unread, ...]
    signalled: int
    taken: int

    @property
    def passed(self) -> tuple[Unread, ...]:
        """Every other number of the article that is no figure (of a date, a title, a label …), with the reason.

        With `unread` and the figures that the rules take, these are all numbers of the text.
        """
        told = {item.span for item in self.unread}
        return tuple(item for item in account(Page(self.article)) if item.span not in told)


def gaps(reading: Reading) -> Gaps:
    """What the facts of a reading leave out of its article."""
    taken = [Span(fact.evidence.start, fact.evidence.end) for fact in reading.facts]
    count = sum(isinstance(fact, Observation) for fact in reading.facts)
    return _gaps(reading.article, taken, count, reading.unread)


def gaps_of_store(store: Store) -> Iterator[Gaps]:
    """What the facts of a store, whoever found them, leave out of its articles, in the order of their ids."""
    taken: dict[str, list[Span]] = {id: [] for id in store.article_ids}
    counts = dict.fromkeys(store.article_ids, 0)
    seen = [observed.quote for observed in figures(store)]
    for quote in [*(claim.quote for claim in claims(store)), *seen]:
        taken[_id(quote["article"])].append(Span(quote["start"], quote["end"]))
    for quote in seen:
        counts[_id(quote["article"])] += 1
    for id in store.article_ids:
        article = store.article(id)
        yield _gaps(article, taken[id], counts[id], not_understood(article))


def signals_in(sentence: str) -> tuple[Rule, ...]:
    """The signals of policy in a sentence of widened text, the weightiest first."""
    return tuple(rule for rule in _signals() if rule.regex.search(sentence))


def _gaps(article: Article, taken: Sequence[Span], count: int, unread: tuple[Unread, ...]) -> Gaps:
    wide = widen(article.text)
    signalled = [(s, found) for s in article.sentences if (found := signals_in(s.span.of(wide)))]
    silent = [Silent(article, s.span, found) for s, found in signalled if not _said(s, taken)]
    ranked = sorted(silent, key=lambda item: -item.weight)
    return Gaps(article, tuple(ranked), unread, len(signalled), count)


def _said(sentence: Sentence, taken: Iterable[Span]) -> bool:
    """Whether a fact was taken from the sentence."""
    return any(span.start < sentence.span.end and sentence.span.start < span.end for span in taken)


def _id(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


@cache
def _signals() -> tuple[Rule, ...]:
    return tuple(sorted(rules("signals"), key=lambda rule: -_weight(rule)))


def _weight(signal: Rule) -> int | float:
    weight: int | float = signal.extra["weight"]
    return weight
