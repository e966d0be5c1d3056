"""Gold facts as test material: an article with its gold entities turned into mentions.

With it a test can ask for *right entities in, relations out*: what the relation rules reach when every
entity is found, apart from how well entities are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.evaluation.given import find_named
from kg.extract.page import Mention, Page
from kg.facts import load_facts
from kg.model import Entity, EntityType, Fact, Relation
from kg.reading import article_from_text
from kg.text import tidy_name


def load_gold(text_file: Path) -> tuple[Page, list[Mention], list[Fact]]:
    """The page of a gold text, the mentions of its gold entities, and all gold facts."""
    page = Page(article_from_text(text_file.read_text(encoding="utf-8"), source=text_file.name))
    facts = list(load_facts(text_file.with_suffix(".facts.jsonl"), page.article).facts)
    entities = [fact for fact in facts if isinstance(fact, Entity)]
    return page, list(find_named(page, entities)), facts


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
