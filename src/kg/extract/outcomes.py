"""Outcomes: states said to have been reached, named by the shortest clause that says it; goals are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..lexicon import BLOCK, Matcher, alternation, table, words
from ..model import EntityType, Span
from ..rules import Rule, rules
from ..text import tidy_name
from .page import Mention, Page

_SHORTEST: Final = 4
_LONGEST: Final = 36
_HEADING: Final = re.compile(r"（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]+、|为|以")
_COUNT: Final = re.compile(r"(?:(?<=^)|(?<=、))[0-9][0-9.]*(?:[万亿]?[多余]?[个名家支所座条]|[万亿][多余]?[人户]?)")


def find(page: Page) -> Iterator[Mention]:
    """Every outcome on the page, at most one a clause."""
    clauses: dict[Span, tuple[Rule, Span]] = {}
    for rule in rules("outcomes"):
        for hit in page.matches(rule):
            clause = page.clause_at(hit.start())
            said = Span(*hit.span("name")) if "name" in rule.regex.groupindex else _said(page, clause, hit.end())
            if hit.start() >= said.start and hit.end() <= said.end:
                clauses.setdefault(clause, (rule, said))
    for clause, (rule, said) in sorted(clauses.items(), key=lambda item: item[0].start):
        if not _is_goal(page, clause):
            yield from _named(page, rule, said)


def _named(page: Page, rule: Rule, said: Span) -> Iterator[Mention]:
    literal = tidy_name(said.of(page.wide))
    name = _COUNT.sub("", literal)
    if _SHORTEST <= len(name) <= _LONGEST:
        also = (literal,) if name != literal else ()
        yield Mention(EntityType.OUTCOME, said.start, said.end, name, rule.name, rule.confidence, also=also)


def _said(page: Page, clause: Span, least: int) -> Span:
    """The clause without what leads to it and without a remark in brackets that goes on behind it."""
    lead = _lead().match(page.wide, clause.start, least)
    opened = page.wide.find("（", clause.start, clause.end)
    return Span(lead.end() if lead else clause.start, clause.end if opened < 0 else opened)


def _is_goal(page: Page, clause: Span) -> bool:
    """Whether the clause, or what its sentence says before it, tells of something to come, or is a heading."""
    sentence = page.sentence_at(clause.start).span
    return bool(
        _HEADING.match(page.wide, clause.start)
        or "goal" in _signals(page.wide[clause.start : clause.end + 1])
        or "plan" in _signals(page.wide[sentence.start : clause.end])
    )


def _signals(run: str) -> set[str]:
    """Which classes of words about the future stand in the run."""
    return {hit.row["class"] for hit in _future().find(run)}


@cache
def _future() -> Matcher:
    return Matcher(row for row in table("result_verbs") if row["class"] in ("goal", "plan", BLOCK))


@cache
def _lead() -> re.Pattern[str]:
    lead = alternation(words("result_verbs", **{"class": "lead"}))
    return re.compile(rf"(?:{lead}|[，、 “”━—]|[0-9]{{4}}年[0-9月日末底]*|[0-9]+[月日年]末?)*")
