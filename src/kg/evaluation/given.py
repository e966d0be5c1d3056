"""Right entities in: where the entities of the gold stand in a text, so that the relation rules are judged alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..extract import relations
from ..extract.page import Mention, Page
from ..model import Article, Entity, EntityType, Fact, Relation, Span
from ..text import widen

_NOISE = re.compile(r"[“”‘’\"'《》〈〉<>\s]")


def relations_given(article: Article, gold: Iterable[Fact]) -> Iterator[Relation]:
    """The relations that the rules find when they are given the entities of the gold."""
    page = Page(article)
    return relations.find(page, list(find_named(page, (fact for fact in gold if isinstance(fact, Entity)))))


def find_named(page: Page, entities: Iterable[Entity]) -> Iterator[Mention]:
    """Every place where a name of an entity stands; where none does, its quote.

    Within one type a long name keeps the short ones inside it from being found; only titles stand within titles.
    """
    squeezed = _Squeezed(page.wide)
    by_type: dict[EntityType, list[Entity]] = {}
    for entity in entities:
        by_type.setdefault(entity.type, []).append(entity)
    for group in by_type.values():
        yield from _of_one_type(squeezed, group)


def _of_one_type(squeezed: _Squeezed, entities: list[Entity]) -> Iterator[Mention]:
    names = sorted(((name, e) for e in entities for name in (e.name, *e.also)), key=lambda pair: -len(pair[0]))
    taken: list[Span] = []
    found: set[str] = set()
    for name, entity in names:
        for span in squeezed.spans(name):
            titled = entity.type == EntityType.DOCUMENT and name == entity.name
            if titled or not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                found.add(entity.name)
                yield _mention(entity, span)
    for entity in entities:
        if entity.name not in found:
            yield from (_mention(entity, span) for span in list(squeezed.spans(entity.evidence.quote))[:1])


def _mention(entity: Entity, span: Span) -> Mention:
    return Mention(
        entity.type, span.start, span.end, entity.name, "gold", 1.0, entity.name, also=entity.also, post=entity.post
    )


class _Squeezed:
    """A text without quotation marks and blanks, each character knowing where it stood."""

    def __init__(self, wide: str):
        self._places = [i for i, sign in enumerate(wide) if not _NOISE.match(sign)]
        self._text = "".join(wide[i] for i in self._places)

    def spans(self, name: str) -> Iterator[Span]:
        """Where the name stands, blanks and quotation marks aside."""
        wanted = _NOISE.sub("", widen(name))
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            yield Span(self._places[start], self._places[start + len(wanted) - 1] + 1)
            start = self._text.find(wanted, start + len(wanted))
