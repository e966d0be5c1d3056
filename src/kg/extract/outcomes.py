"""Outcomes: states said to have been reached, named by the shortest clause that says it; goals are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..lexicon import BLOCK, Matcher, alternation, table, words
from ..model import EntityType, Sentence, Span
from ..rules import Rule, expand, rules
from ..text import tidy_name
from .page import Mention, Page

_SHORTEST: Final = 5
_LONGEST: Final = 40
_BLANK: Final = re.compile(r"(?<=[一-龥”]) +(?=[一-龥“0-9])")
_STOP: Final = re.compile(rf"{_BLANK.pattern}|（")


def find(page: Page) -> Iterator[Mention]:
    """Every outcome on the page, at most one a clause."""
    told: dict[Span, tuple[Rule, Span]] = {}
    for rule in rules("outcomes"):
        for hit in page.matches(rule):
            begun = hit.start("name") if "name" in rule.regex.groupindex else hit.start()
            clause = page.clause_at(begun)
            if clause not in told and begun >= clause.start and not _in_remark(page, clause, begun):
                told[clause] = rule, _said(page, clause, hit)
    for clause, (rule, said) in sorted(told.items(), key=lambda item: item[0].start):
        if not _is_goal(page, clause):
            yield from _named(page, rule, said)


def _in_remark(page: Page, clause: Span, at: int) -> bool:
    """Whether the offset lies in a remark in brackets within the clause."""
    return page.wide.rfind("（", clause.start, at) > page.wide.rfind("）", clause.start, at)


def _named(page: Page, rule: Rule, said: Span) -> Iterator[Mention]:
    literal = tidy_name(said.of(page.wide))
    name = _part("outcome_examples").sub("", _part("outcome_count").sub("", literal))
    if _SHORTEST <= len(name) <= _LONGEST:
        also = (literal,) if name != literal else ()
        yield Mention(EntityType.OUTCOME, said.start, said.end, name, rule.name, rule.confidence, also=also)


def _said(page: Page, clause: Span, hit: re.Match[str]) -> Span:
    """The clause without what leads to the outcome or brings it about, and without a remark that goes on behind it."""
    if "name" in hit.re.groupindex:
        return Span(*hit.span("name"))
    start, wide = clause.start, page.wide
    ends = [blank.end() for blank in _BLANK.finditer(wide, start, hit.start())]
    ends += [start + cause.end for cause in _causes().find(wide[start : hit.start()])]
    start = max(ends, default=start)
    lead = _part("outcome_lead").match(wide, start, hit.start())
    start = lead.end() if lead else start
    stop = _STOP.search(wide, hit.end(), clause.end)
    return Span(start, stop.start() if stop else clause.end)


def _is_goal(page: Page, clause: Span) -> bool:
    """Whether the clause, or what its sentence says before it, tells of something to come, or is a heading."""
    sentence = page.sentence_at(clause.start)
    said = page.wide[sentence.span.start : clause.end]
    return bool(
        _part("no_outcome").match(page.wide, clause.start)
        or page.wide[clause.end : clause.end + 1] == "？"
        or "goal" in _signals(page.wide[clause.start : clause.end + 1])
        or _plans(said)
        or _looks_ahead(page, sentence)
        or (_sets_rules(page) and "past" not in _signals(said))
    )


def _plans(said: str) -> bool:
    """Whether what a sentence says up to an outcome speaks of plans, and no longer of the past behind them."""
    told = [hit.row["class"] for hit in _tense().find(said) if hit.row["class"] in ("plan", "past")]
    return told[-1:] == ["plan"]


def _looks_ahead(page: Page, sentence: Sentence) -> bool:
    """Whether a heading over the sentence announces goals or work to come."""
    return any({"ahead", "plan"} & _signals(heading.of(page.wide)) for heading in page.headings_over(sentence))


def _sets_rules(page: Page) -> bool:
    """Whether the article is a plan or a regulation: these tell what shall be, unless a word of the past says not."""
    return _rule_title().search(page.title) is not None


@cache
def _rule_title() -> re.Pattern[str]:
    return re.compile(alternation(words("genres", **{"class": "rule"})) + "(?:（[^（）]*）)*$")


def _signals(run: str) -> set[str]:
    """Which classes of words about the future and the past stand in the run."""
    return {hit.row["class"] for hit in _tense().find(run)}


@cache
def _tense() -> Matcher:
    return Matcher(row for row in table("result_verbs") if row["class"] in ("goal", "plan", "ahead", "past", BLOCK))


@cache
def _causes() -> Matcher:
    return Matcher(row for row in table("result_verbs") if row["class"] in ("cause", BLOCK))


@cache
def _part(name: str) -> re.Pattern[str]:
    """A part of `ontology/rules/parts.yaml` as a pattern of its own."""
    return re.compile(expand(f"{{${name}}}", path="rules/parts.yaml", entry=name))
