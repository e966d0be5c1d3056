"""The words around a figure, cut so that they name what it counts: edges trimmed, noun parted from predicate.

Works on widened text in which times are blanked out. The word lists stand in `lexicon/indicator_words.tsv`, the
shapes of phrases in `rules/phrases.yaml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...lexicon import alternation, table, words
from ...model import Span
from ...rules import rules

_TABLE = "indicator_words"
_NOISE = re.compile(r"[“”‘’\"《》\s\0]|\[\d{1,3}\]")
_REMEMBERED = 1024
"""So many of the last runs are not shortened again: the builders ask for the same ones in turn."""
_LONG = 8
"""A name longer than this is cut at its last verb of doing."""


def clean(run: str) -> str:
    """A run as it goes into a name: without quotation marks, blanks and stray marks at its edges."""
    return _NOISE.sub("", run).strip("、，的和与：；。（")


def trim(wide: str, span: Span) -> Span:
    """The span without the words at its edges that belong to the sentence and not to what is counted."""
    start, end = span.start, span.end
    while (hit := _tail().search(wide, start, end)) and hit.start() < end and hit["drop"]:
        end = hit.start()
    while (hit := _lead().match(wide, start, end)) and hit.end() > start and (hit["drop"] or hit["drop2"]):
        start = hit.end()
    return Span(start, max(start, end))


def trimmed(run: str) -> str:
    """A run of its own, trimmed and cleaned."""
    return clean(trim(run, Span(0, len(run))).of(run))


def form(key: str, **parts: str) -> str:
    """A name put together by a form of `lexicon/indicator_forms.tsv`.

    >>> form("share", part="脱贫户")
    '脱贫户占比'
    """
    return _forms()[key].format_map(parts)


def split_predicate(wide: str, span: Span) -> tuple[Span, Span]:
    """The noun phrase with which the span begins, and the predicate behind it (either may be empty)."""
    for hit in _predicate().finditer(wide, span.start, span.end):
        if not hit["keep"] and (hit.start() == span.start or hit.start() - span.start >= 2):
            return Span(span.start, hit.start()), Span(hit.start(), span.end)
    return span, Span(span.end, span.end)


def bare_predicate(wide: str, span: Span) -> Span:
    """The predicate without the adverbs in front of it."""
    start = span.start
    while (hit := _adverb().match(wide, start, span.end)) and hit.end() < span.end:
        start = hit.end()
    return Span(start, span.end)


@lru_cache(_REMEMBERED)
def core(name: str) -> str:
    """What a long run of words comes to: 县卫健局联合妇联招募志愿者 says 招募志愿者, A、B等项目 says 项目."""
    for regex, short in _shortenings():
        name = regex.sub(short, name) if regex.search(name) else name
    if len(name) > _LONG:
        cuts = [hit.start() for hit in _doing().finditer(name) if _cuts(name, hit)]
        name = name[cuts[-1] :] if cuts else name
    return name


def _cuts(name: str, verb: re.Match[str]) -> bool:
    """Whether what stands before a verb only says who does it, and something counted stands behind."""
    behind = name[verb.end() :]
    return len(behind) >= 2 and behind[0] != "的" and bool(pattern("doer").search(name[: verb.start()]))


def is_rate(name: str) -> bool:
    """Whether a name is a bare measure (入住率, 面积, 总投资) that says little without its topic."""
    return name in _rates() or (len(name) <= 4 and name.endswith(words(_TABLE, **{"class": "rate-end"})))


def is_act(name: str) -> bool:
    """Whether a name is nothing but a verb of doing (放款, 办结)."""
    return bool(_act().fullmatch(name))


def names_benefit(name: str) -> bool:
    """Whether a name ends in what is paid (补贴, 标准, 费)."""
    return bool(_benefit_end().search(name))


def benefit_in(run: str) -> str:
    """The last thing that a run says is paid, or nothing: 给予生活津贴 says 生活津贴."""
    hits = pattern("benefit").findall(run)
    return clean(core(hits[-1])) if hits else ""


def without_recipient(benefit: str) -> str:
    """What is paid, without to whom: 中级工补贴 is 补贴."""
    hit = _benefit_end().search(benefit)
    return hit.group() if hit and matches("recipient", benefit[: hit.start()]) else benefit


def counting_word(name: str, kind: str, noun: str) -> str:
    """The word that makes a name a count (培训 + 期数), or nothing where the name counts already."""
    if not noun or name.endswith((noun, noun[:-1])) or pattern("measure-end").search(name):
        return ""
    if kind == "household" and noun[0] in name:
        return ""
    if kind in ("person", "household") and not pattern("act-end").search(name) and not is_act(name[-2:]):
        return ""
    return noun


def object_of(name: str) -> str:
    """The thing in a name, without the verb in front of it: 新增普惠托位 is about 普惠托位."""
    hit = _act().match(name)
    return name[hit.end() :] if hit and len(name) - hit.end() >= 2 else name


def leading_act(name: str) -> str:
    """The verb of doing with which a name begins, or nothing."""
    hit = _doing().match(name)
    return hit.group() if hit else ""


def closing_act(name: str) -> str:
    """The verb of doing with which a name ends, or nothing: 职工提供 ends in 提供."""
    hits = [hit for hit in _act().finditer(name) if hit.end() == len(name)]
    return hits[0].group() if hits else ""


def ends_in_help(name: str) -> bool:
    """Whether a name ends in a verb of helping, whose object also does something: 带动5000户贫困户增收."""
    return name.endswith(words(_TABLE, **{"class": "help"}))


def without_measure(name: str) -> str:
    """The thing of which a name is a measure: 职工医保统筹基金收入 measures 职工医保统筹基金."""
    hit = pattern("measure-of").search(name)
    return name[: hit.start()] if hit and hit.start() >= 2 else name


def before_attribute(name: str) -> str:
    """A name up to its first 的: 劳动合同的小微企业 begins with 劳动合同."""
    return name.split("的", 1)[0]


def without_change(name: str) -> str:
    """The thing that changes, without the verb that says so: 室温升高 is about 室温."""
    hit = pattern("changing").search(name)
    return name[: hit.start()] if hit and hit.start() >= 2 else name


def per_phrase(run: str) -> str:
    """The distributive phrase in a run (每人每月), or nothing."""
    hit = pattern("per").search(run)
    return hit.group() if hit else ""


def shared_tail(first: str, last: str) -> str:
    """What the last item of a list says for all of them: 正职干部 and 副职干部月报酬 share 月报酬."""
    if len(first) == 1 < len(last):
        return last[1:]
    for length in range(len(first), 0, -1):
        place = last.find(first[-length:])
        if place >= 0 and place + length < len(last):
            return last[place + length :]
    hit = _benefit_end().search(last) or pattern("rate-tail").search(last)
    return hit.group() if hit and hit.start() > 0 and not first.endswith(hit.group()) else ""


def matches(label: str, run: str) -> re.Match[str] | None:
    """The match of the rule with this label in a run."""
    return pattern(label).search(run)


def _of(kind: str) -> str:
    return alternation(words(_TABLE, **{"class": kind}))


@cache
def pattern(label: str) -> re.Pattern[str]:
    """The pattern of the rule with this label."""
    return next(rule.regex for rule in rules("phrases") if rule.label == label)


@cache
def _shortenings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((rule.regex, str(rule.extra["as"])) for rule in rules("phrases") if rule.label == "core")


@cache
def _forms() -> dict[str, str]:
    return {row["word"]: row["form"] for row in table("indicator_forms")}


@cache
def _rates() -> frozenset[str]:
    return frozenset(words(_TABLE, **{"class": "rate"}))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:{_of('keeptail')}|(?P<drop>{_of('tail')}|[、，：“”‘’（\s\0]+))$")


@cache
def _lead() -> re.Pattern[str]:
    marks = pattern("item-mark").pattern
    return re.compile(
        rf"(?:(?P<drop>{marks}|\0+{_of('behind-time')}?|[、，：；“”‘’）\s]+)|{_of('keep')}|(?P<drop2>{_of('lead')}))"
    )


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<keep>{_of('keepin')})|{_of('adverb')}|{_of('verb')}(?=[^，。；：、]{{2}}|了)|{_of('end')}(?=[，。；：、]|$)|{_of('end')}\Z"
    )


@cache
def _adverb() -> re.Pattern[str]:
    return re.compile(rf"(?!{_of('verb')})(?:{pattern('by-means').pattern}|{_of('adverb')}(?!了))")


@cache
def _act() -> re.Pattern[str]:
    return re.compile(alternation([*words(_TABLE, **{"class": "act"}), *words(_TABLE, **{"class": "actnoun"})]))


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(rf"{_of('act')}(?!{pattern('verbal-noun').pattern})")


@cache
def _benefit_end() -> re.Pattern[str]:
    return re.compile(rf"{_of('benefit')}$")
