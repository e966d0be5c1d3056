"""From an article to its facts: the stages in their order, then everything that was named resolved to entities.

Every stage reads the page and yields mentions; `resolve` makes entities of them; figures and relations are read
over the resolved mentions. Articles are independent of each other, and the same text gives the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeVar

from ..model import Article, Fact, Unread
from . import areas, details, documents, groups, mechanisms, observations, organisations, outcomes, persons, relations
from .page import Mention, Page
from .resolve import assemble, settle, unify
from .shapes import read_shape

_F = TypeVar("_F", bound=Fact)


def extract(article: Article) -> tuple[Fact, ...]:
    """The facts of an article: entities, relations, observations and details, each kind in the order of the text."""
    page = Page(article)
    mentions = find_mentions(page)
    entities = _in_order(assemble(page, mentions))
    return (
        *entities,
        *_in_order(relations.find(page, mentions, entities)),
        *_in_order(observations.find(page, mentions)),
        *_in_order(details.find(page, mentions)),
    )


def not_understood(article: Article) -> tuple[Unread, ...]:
    """The figures of an article that became no observation and should have, in the order of the text.

    Number words such as 一 in 进一步 are no figures; a number in digits that became no observation is one.
    """
    found = observations.not_understood(Page(article))
    return tuple(unread for unread in found if any(sign.isdecimal() for sign in unread.span.of(article.text)))


def find_mentions(page: Page) -> tuple[Mention, ...]:
    """Every mention on the page, overlaps settled, under the full name of its entity."""
    places = list(areas.find(page))
    people = list(persons.find(page, places))
    named = [*places, *people, *documents.find(page), *organisations.find(page, [*places, *people])]
    named = settle([m for m in named if m.end <= page.end])
    row = read_shape(page, named)
    acts = [*groups.find(page, named, row), *mechanisms.find(page, named, row), *outcomes.find(page)]
    return unify([*named, *acts])


def _in_order(facts: Iterable[_F]) -> list[_F]:
    by_place: dict[tuple[int, int], list[_F]] = {}
    for fact in facts:
        by_place.setdefault((fact.evidence.start, fact.evidence.end), []).append(fact)
    return [
        fact
        for _, alike in sorted(by_place.items(), key=itemgetter(0))
        for fact in (sorted(alike, key=str) if alike[1:] else alike)
    ]
