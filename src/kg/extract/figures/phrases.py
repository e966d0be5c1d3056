"""The words around a figure, cut so that they name what it counts: edges trimmed, noun parted from predicate.

All offsets are those of the page. The word lists stand in `lexicon/indicator_words.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from ...lexicon import alternation, words
from ...model import Span

_TABLE = "indicator_words"
_STOPS = "，。；：！？\n"
_NOISE = re.compile(r"[“”‘’\"《》\s\0]")


def clean(run: str) -> str:
    """A run as it goes into a name: without quotation marks and blanks."""
    return _NOISE.sub("", run).strip("、，的和及与：")


def trim(wide: str, span: Span) -> Span:
    """The span without the words at its edges that belong to the sentence and not to what is counted."""
    start, end = span.start, span.end
    while (hit := _tail().search(wide, start, end)) and hit.start() < end:
        end = hit.start()
    while (hit := _lead().match(wide, start, end)) and hit.end() > start:
        start = hit.end()
    return Span(start, max(start, end))


def split_predicate(wide: str, span: Span) -> tuple[Span, Span]:
    """The noun phrase with which the span begins, and the predicate behind it (either may be empty)."""
    for hit in _predicate().finditer(wide, span.start, span.end):
        if hit.start() == span.start or hit.start() - span.start >= 2:
            return Span(span.start, hit.start()), Span(hit.start(), span.end)
    return span, Span(span.end, span.end)


def bare_predicate(wide: str, span: Span) -> Span:
    """The predicate without the adverbs in front of it."""
    start = span.start
    while (hit := _adverb().match(wide, start, span.end)) and hit.end() < span.end:
        start = hit.end()
    return Span(start, span.end)


def is_measure(name: str) -> bool:
    """Whether a name is a bare measure (率, 面积, 总投资) that says nothing without its topic."""
    return name in words(_TABLE, **{"class": "rate"}) or len(name) <= 3


def names_benefit(name: str) -> bool:
    """Whether a name ends in what is paid (补贴, 标准, 费)."""
    return bool(_benefit_end().search(name))


def counting_word(name: str, kind: str, noun: str) -> str:
    """The word that makes a name a count (培训 + 期数), or nothing where the name counts already.

    >>> counting_word("开展培训", "event", "期数"), counting_word("贫困村", "count", "")
    ('期数', '')
    """
    if not noun or name.endswith((noun, noun[:-1])) or _measure_end().search(name):
        return ""
    if kind in ("person", "household") and not _act_end().search(name):
        return ""
    return noun


def object_of(name: str) -> str:
    """The thing in a name, without the verb in front of it: 新增普惠托位 is about 普惠托位."""
    hit = _verb_start().match(name)
    return name[hit.end() :] if hit and len(name) - hit.end() >= 2 else name


def per_phrase(run: str) -> str:
    """The distributive phrase in a run (每人每月), or nothing."""
    hit = _per().search(run)
    return hit.group() if hit else ""


def shared_tail(first: str, last: str) -> str:
    """What the last item of a list says for all of them: 正职干部 and 副职干部月报酬 share 月报酬.

    >>> shared_tail("正职干部", "副职干部月报酬")
    '月报酬'
    """
    for length in range(len(first), 0, -1):
        place = last.find(first[-length:])
        if place >= 0 and place + length < len(last):
            return last[place + length :]
    hit = _benefit_end().search(last) or _rate_end().search(last)
    return hit.group() if hit and hit.start() > 0 and not first.endswith(hit.group()) else ""


def _of(kind: str) -> str:
    return alternation(words(_TABLE, **{"class": kind}))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"{_of('tail')}[ ]?$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"{_of('lead')}|[、和及与，：\s]")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(
        rf"{_of('adverb')}|(?:{_of('verb')})(?=[^{_STOPS}、]{{2}}|了)|{_of('end')}(?=[{_STOPS}、]|$)|{_of('end')}\Z"
    )


@cache
def _adverb() -> re.Pattern[str]:
    return re.compile(_of("adverb"))


@cache
def _benefit_end() -> re.Pattern[str]:
    return re.compile(rf"{_of('benefit')}$")


@cache
def _rate_end() -> re.Pattern[str]:
    return re.compile(rf"[^的、]{{0,3}}?{_of('rate')}$")


@cache
def _measure_end() -> re.Pattern[str]:
    return re.compile(r"(?:率|比|数|量|额|度|费|价|期|限|龄|长|面积|时间|用时|天数)$")


@cache
def _verb_start() -> re.Pattern[str]:
    return re.compile(
        rf"(?:累计|新)?(?:{_of('verb')}|新增|累计|培训|引进|选派|选聘|招录|储备|编制|推送|筹集|盘活|兑现|追回|收到|办结|改扩建|组建|聘请|孵化|遴选|选调|补充|购置)了?"
    )


@cache
def _per() -> re.Pattern[str]:
    return re.compile(
        r"(?:每[^，。、每]{1,2}?(?=每|的|补|奖|给|$|\d|不|最|另|再|发|收|拨)){1,2}|(?:每(?:人|户|名|月|年|天|日|亩|个|次|床|村|例|生|只|头|群|斤|吨|套|间|平方米|千瓦|托位|餐|家)){1,3}"
    )


@cache
def _act_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_of('verb')}|{_of('end')}|培训|结业|招生|帮扶|改造|意向|录取|约谈|召回|通报|理赔)$")
