"""Mechanisms: named arrangements, instruments and programmes, and plain recurring measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import Final

from ..lexicon import alternation, words
from ..model import EntityType, Span
from ..rules import Rule, rules
from ..text import tidy_name
from .page import Mention, Page
from .phrases import LIGHT, drop_light, drop_verb, items_before
from .shapes import Shape, read_shape

_WHOLE: Final = frozenset("MKQI")
_HEADLESS: Final = frozenset("NuWGgo")
_HEADED: Final = frozenset("MKTUmox")
_LONGEST_ITEM: Final = 12
_SHORTEST_ITEM: Final = 3
"""An item with a head may be one character shorter (走访, not 电话)."""
_LEAST_DONE: Final = 2
_REACH: Final = 30
_TOUCHING: Final = ("tool", "law")
"""Classes of genres whose documents only touch what their title names; the others set it up."""
_SIDE_BY_SIDE: Final = re.compile("[QI](?=[QI])")
_CLOSING: Final = ("EN", "DN")
_NOUNS: Final = frozenset("NGgu")
_NOUN_JOINED: Final = re.compile("[A,](?P<noun>[NGgu]{1,3})H$")
_GOVERNED: Final = re.compile(r"[AW][^,VAB]*$")


def find(page: Page, taken: Sequence[Mention], row: Shape) -> Iterator[Mention]:
    """Every mechanism named on the page of this shape, in which `taken` stands as words.

    What a list shares with its last item goes into the name of each.
    """
    found = [m for rule in rules("mechanisms") if not rule.extra.get("title") for m in _find(row, rule)]
    found += [m for rule in rules("mechanisms") if rule.extra.get("title") for m in _find_in_titles(page, taken, rule)]
    once = {(m.start, m.end): m for m in reversed(found)}.values()
    yield from _outermost(once)


def _outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that stand inside no other, from left to right."""
    reach = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.end > reach:
            yield mention
            reach = mention.end


def _find(row: Shape, rule: Rule) -> Iterator[Mention]:
    for hit in rule.regex.finditer(row.signs):
        run = Span(*hit.span("name"))
        head = Span(*hit.span("head")) if "head" in rule.regex.groupindex else None
        if rule.extra.get("list"):
            yield from _listed(row, rule, run, head)
        elif rule.extra.get("verb"):
            yield from _done(row, rule, run)
        else:
            yield from _named(row, rule, run, head)


def _find_in_titles(page: Page, taken: Sequence[Mention], rule: Rule) -> Iterator[Mention]:
    others = [m for m in taken if m.type is not EntityType.DOCUMENT]
    starts = [m.start for m in others]
    for title in taken:
        if title.type is EntityType.DOCUMENT and not _touches(title.span.of(page.wide)):
            matter = _genre().sub("", title.span.of(page.wide))
            inside = others[bisect_left(starts, title.start) : bisect_left(starts, title.end)]
            yield from _find(read_shape(page, inside, Span(title.start, title.start + len(matter))), rule)


def _touches(title: str) -> bool:
    """Whether the document only touches what its title names, by its genre, the longest that ends the title."""
    genre = max(filter(title.endswith, words("genres")), key=len, default="")
    return any(genre in words("genres", **{"class": kind}) for kind in _TOUCHING)


@cache
def _genre() -> re.Pattern[str]:
    """What ends a title after its matter: the genre, what stands before it, remarks in brackets."""
    tail = alternation(words("genres") + words("title_tails"))
    return re.compile(rf"(?:{tail}|（[^（）]*）|》|[一二三四五六七八九十]+条)+$")


def _named(row: Shape, rule: Rule, run: Span, head: Span | None) -> Iterator[Mention]:
    named = drop_verb(row, _opened(row, _last_label(row, run)), 1 if row.signs[run.end - 1] in _WHOLE else 2)
    if _fits(row, rule, named):
        named = _joined(row, named)
        yield from _sharing(row, rule, named)
        yield _mention(row, rule, named, row.text(head) if head else "")


def _joined(row: Shape, run: Span) -> Span:
    """The run with a noun that shares its head by 和: 细颗粒物和[臭氧污染防控]."""
    if row.signs[run.start] not in _NOUNS:
        return run
    noun = _NOUN_JOINED.search(row.signs, max(0, run.start - _REACH), run.start)
    return Span(noun.start("noun"), run.end) if noun else run


def _done(row: Shape, rule: Rule, run: Span) -> Iterator[Mention]:
    """A verb of the rule's kind with what it does; counted work goes by its noun: 改造[农村危房]1.42万户."""
    verb, thing = row.words[run.start], row.text(Span(run.start + 1, run.end))
    if rule.extra["verb"] in verb.takes and len(thing) >= _LEAST_DONE:
        mention = _mention(row, rule, run, "")
        turned = tidy_name(thing + row.text(Span(run.start, run.start + 1)))
        yield replace(mention, name=turned, also=(mention.name,)) if rule.extra.get("turned") else mention


def _last_label(row: Shape, run: Span) -> Span:
    """The run from the last of the quoted labels that stand side by side: “一窗”[“一网”改革]."""
    ends = [hit.end() for hit in _SIDE_BY_SIDE.finditer(row.signs, run.start, run.end)]
    return Span(max([run.start, *ends]), run.end)


def _fits(row: Shape, rule: Rule, run: Span) -> bool:
    """Whether the run meets what the rule asks beyond its pattern: `governed`, `summed` and `least`."""
    asks = rule.extra
    return (
        (len(run) > 1 or row.signs[run.start] in _WHOLE or "least" in asks)
        and len(row.text(run)) >= asks.get("least", 0)
        and (not asks.get("governed") or _GOVERNED.search(row.signs, max(0, run.start - _REACH), run.start) is not None)
        and (not asks.get("summed") or row.text(Span(run.end - 1, run.end)) in words("list_heads"))
    )


def _opened(row: Shape, run: Span) -> Span:
    """The run without a noun at its left edge that only closes what stands before it: 以送教等方式[集中安置]."""
    closes = row.signs[run.start - 1 : run.start + 1] in _CLOSING
    if closes and row.text(Span(run.start, run.start + 1)) in words("list_heads", join="no"):
        return Span(run.start + 1, run.end)
    return run


def _sharing(row: Shape, rule: Rule, run: Span) -> Iterator[Mention]:
    """The items before the run that have no head of their own: 养老、医疗[保险], 月排查、季研判[机制]."""
    text, items = row.text(run), list(items_before(row, run.start))
    head = next((word for word in words("list_heads") if text.endswith(word)), "")
    if head in words("list_heads", join="whole"):
        joined = list(takewhile(lambda item: row.signs[item.end] == "C", items))
        if joined:
            yield _mention(row, rule, Span(joined[-1].start, run.end), "")
    elif head != text and head in words("list_heads", join="yes"):
        headless = takewhile(lambda item: row.signs[item.end - 1] in _HEADLESS, items)
        yield from (_mention(row, rule, item, head) for item in headless)


def _listed(row: Shape, rule: Rule, run: Span, head: Span | None) -> Iterator[Mention]:
    text = row.text(head) if head else ""
    if not text.endswith(words("list_heads")):
        return
    join = text in words("list_heads", join="yes")
    acts = _is_act(row, run) and row.signs[run.start - 1 : run.start] == "C"
    for item in (run, *items_before(row, run.start, acts=acts)):
        item = drop_light(row, item) if acts else drop_verb(row, item, 1)
        if _SHORTEST_ITEM - (row.signs[item.end - 1] in _HEADED) <= len(row.text(item)) <= _LONGEST_ITEM:
            yield _mention(row, rule, item, text if join else "")


def _is_act(row: Shape, item: Span) -> bool:
    """Whether an item is a verb that says what is done, with its object: 盘活资源, not 开展走访."""
    takes = row.words[item.start].takes
    return len(item) > 1 and takes != "" and LIGHT not in takes


def _mention(row: Shape, rule: Rule, run: Span, head: str) -> Mention:
    span, name = row.at(run), tidy_name(row.text(run) + head)
    parts = [row.text(run)] if head else []
    if len(run) > 1:
        ends = (Span(at, at + 1) for at in (run.start, run.end - 1) if row.signs[at] in _WHOLE)
        parts += [row.text(end) for end in ends]
    also = tuple(dict.fromkeys(tidy_name(part) for part in parts))
    return Mention(EntityType.MECHANISM, span.start, span.end, name, rule.name, rule.confidence, also=also)
