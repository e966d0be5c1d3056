"""Policy documents: titles in 《》, headings that are a document's own title, and documents plainly named.

What a rule of `ontology/rules/documents.yaml` marks as `refers` is a short form (《办法》, 本通知): it is a
mention of the document that the article names in full, and nothing where the article names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..lexicon import words
from ..model import EntityType
from ..rules import Rule, rules
from ..text import tidy_name, title_name
from .page import Mention, Page

_REMARKS = re.compile(r"(?:（[^（）]*）)+$")
_ISSUER = re.compile(r"[^〈《]{2,60}?(?=关于|印发)")
_HEADING = "document-heading"
_OWN = "本"
_OPENING = ("〈", "《")


def find(page: Page) -> Iterator[Mention]:
    """Every document named on the page, the short forms under the full name."""
    named = [m for rule in rules("documents") if not rule.extra.get("refers") for m in _find_named(page, rule)]
    inner = {rule.name for rule in rules("documents") if rule.extra.get("inner")}
    full = [m for m in named if m.rule in inner or not _is_part(page, m, named)]
    yield from full
    for rule in rules("documents"):
        if rule.extra.get("refers"):
            yield from _find_short(page, rule, full)


def _find_named(page: Page, rule: Rule) -> Iterator[Mention]:
    end = page.head_end if rule.extra.get("scope") == "head" else len(page.wide)
    for hit in page.matches(rule, end):
        name = _name(hit) if "as" not in rule.extra else _name_in_full(page, rule, hit)
        if not _is_bare(name):
            start, stop = hit.span("name")
            issuer = _ISSUER.match(page.wide, start, stop)
            yield Mention(
                EntityType.DOCUMENT,
                start,
                stop,
                name,
                rule.name,
                rule.confidence,
                also=_also(page, rule, hit),
                head=issuer.group() if issuer else "",
            )


def _find_short(page: Page, rule: Rule, full: Sequence[Mention]) -> Iterator[Mention]:
    for hit in page.matches(rule):
        short = next(group for group in hit.groups() if group)
        meant = _meant(short, hit, full)
        if meant is not None:
            literal = tidy_name(hit.group())
            yield Mention(
                EntityType.DOCUMENT, hit.start(), hit.end(), meant.name, rule.name, rule.confidence, also=(literal,)
            )


def _meant(short: str, hit: re.Match[str], full: Sequence[Mention]) -> Mention | None:
    """The document whose title ends with the short form: the nearest before it, else the first; 本 is the article's."""
    fitting = [
        m for m in full if _REMARKS.sub("", m.name).endswith(short) and m.name != short and m.start != hit.start()
    ]
    before = [m for m in fitting if m.start < hit.start()]
    if before and not hit.group().startswith(_OWN):
        return max(before, key=lambda m: m.start)
    return min(fitting, key=lambda m: (not m.rule.startswith(_HEADING), m.start), default=None)


def _is_part(page: Page, mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether the words stand inside a longer title without marks of their own."""
    longer = (
        o for o in others if o.start <= mention.start and mention.end <= o.end and len(o.span) > len(mention.span)
    )
    return any(longer) and page.wide[mention.start - 1 : mention.start] not in _OPENING


def _name(hit: re.Match[str]) -> str:
    head = hit.groupdict().get("head") or ""
    return title_name(hit.group("name") + head)


def _name_in_full(page: Page, rule: Rule, hit: re.Match[str]) -> str:
    """The name with the main area for the level that stands for it: 省条例 in an article on 吉林省."""
    main = page.article.place or ""
    owner = main if main.endswith(hit["level"]) else hit["level"]
    return str(rule.extra["as"]).format(place=owner, rest=_name(hit))


def _also(page: Page, rule: Rule, hit: re.Match[str]) -> tuple[str, ...]:
    """The words as they stand, and of a heading the line as far as the name, which tells who issued the document."""
    end = hit.end("head") if "head" in hit.groupdict() else hit.end("name")
    line = (hit.group().strip(),) if rule.extra.get("scope") == "head" else ()
    if rule.extra.get("heads") and end <= page.head_end:
        line = (page.text[page.wide.rfind("\n", 0, end) + 1 : end].strip(),)
    literals = (page.text[hit.start("name") : end], *line)
    return tuple(dict.fromkeys(literal for literal in literals if literal != _name(hit)))


def _is_bare(name: str) -> bool:
    """Whether the name is a genre alone, which names no document."""
    return name in words("genres")
