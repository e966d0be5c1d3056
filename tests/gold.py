"""Gold facts as test material: an article with its gold entities turned into mentions.

With it a test can ask for *right entities in, relations out*: what the relation rules reach when every
entity is found, apart from how well entities are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.extract.page import Mention, Page
from kg.facts import load_facts
from kg.model import Entity, EntityType, Fact, Relation, Span
from kg.reading import article_from_text
from kg.text import tidy_name, widen

_NOISE = re.compile(r"[“”‘’\"'《》〈〉<>\s]")


def load_gold(text_file: Path) -> tuple[Page, list[Mention], list[Fact]]:
    """The page of a gold text, the mentions of its gold entities, and all gold facts."""
    page = Page(article_from_text(text_file.read_text(encoding="utf-8"), source=text_file.name))
    facts = list(load_facts(text_file.with_suffix(".facts.jsonl"), page.article).facts)
    entities = [fact for fact in facts if isinstance(fact, Entity)]
    return page, list(find_mentions(page, entities)), facts


def find_mentions(page: Page, entities: Iterable[Entity]) -> Iterator[Mention]:
    """Every place where a name of an entity stands; where none does, its quote.

    Within one type a long name keeps the short ones inside it from being found; only titles stand within titles.
    """
    squeezed = Squeezed(page.wide)
    by_type: dict[EntityType, list[Entity]] = {}
    for entity in entities:
        by_type.setdefault(entity.type, []).append(entity)
    for group in by_type.values():
        yield from _of_one_type(squeezed, group)


def _of_one_type(squeezed: Squeezed, entities: list[Entity]) -> Iterator[Mention]:
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


class Squeezed:
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


def relation_keys(facts: Iterable[Fact]) -> set[tuple[str, str, str]]:
    """The relations among the facts as plain triples of names."""
    return {(fact.subject, fact.predicate, fact.object) for fact in facts if isinstance(fact, Relation)}


def f1(gold: set[tuple[str, str, str]], found: set[tuple[str, str, str]]) -> float:
    """The harmonic mean of precision and recall of exact triples."""
    return 2 * len(gold & found) / (len(gold) + len(found)) if gold or found else 1.0


def parse_marked(marked: str) -> tuple[Page, list[Mention]]:
    """A page and its mentions from a text with marks: `[县委|Organisation]研究制定《[方案|PolicyDocument]》`.

    A mark may hold others, and may end with the full name of the entity: `[县委|Organisation|定远县委]`.
    """
    text, found, opened = "", [], []
    for part in re.split(r"(\[|\|[^\]]*\])", marked):
        if part == "[":
            opened.append(len(text))
        elif part.startswith("|") and opened:
            kind, _, entity = part[1:-1].partition("|")
            found.append((EntityType(kind), opened.pop(), len(text), entity))
        else:
            text += part
    page = Page(article_from_text(text, source="example"))
    named = [(kind, start, end, entity or tidy_name(text[start:end])) for kind, start, end, entity in found]
    return page, [Mention(kind, start, end, name, "marked", 1.0, name) for kind, start, end, name in named]
