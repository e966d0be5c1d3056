"""Persons: names in bylines, beside a post or a calling, and every later mention of a name once read.

A name is a family name of `lexicon/surnames.tsv` and one or two characters; alone that means nothing, so every
rule of `ontology/rules/persons.yaml` reads it from a strong context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..model import EntityType
from ..rules import Rule, rules
from .page import Mention, Page

_NAME: Final = re.compile(r"[一-龥·]+")
_AGAIN: Final = "person-again"
_DOUBT: Final = 0.05
"""How much less sure a repeated name is than the mention from which it was read."""


def find(page: Page) -> Iterator[Mention]:
    """Every person named on the page; where rules disagree about a name, the surer rule is heard first."""
    known: dict[str, Mention] = {}
    taken: set[int] = set()
    for rule in sorted(rules("persons"), key=lambda rule: -rule.confidence):
        for mention in _read(page, rule):
            if not taken & set(range(mention.start, mention.end)):
                taken.update(range(mention.start, mention.end))
                known.setdefault(mention.name, mention)
                yield mention
    yield from _find_again(page, known, taken)


def _read(page: Page, rule: Rule) -> Iterator[Mention]:
    end = page.head_end if rule.extra.get("scope") == "head" else len(page.wide)
    for hit in rule.regex.finditer(page.wide, 0, end):
        post = hit.groupdict().get("post")
        for name in _NAME.finditer(page.wide, *hit.span("name")):
            start, stop = name.span()
            yield Mention(EntityType.PERSON, start, stop, page.wide[start:stop], rule.name, rule.confidence, post=post)


def _find_again(page: Page, known: dict[str, Mention], taken: set[int]) -> Iterator[Mention]:
    """The later mentions of the names already read."""
    for name, first in known.items():
        for hit in re.finditer(re.escape(name), page.wide):
            if hit.start() not in taken:
                yield replace(
                    first, start=hit.start(), end=hit.end(), rule=_AGAIN, confidence=first.confidence - _DOUBT
                )
