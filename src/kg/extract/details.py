"""Details of documents: number, dates, validity, repeal, addressees, attachments, by the rules of `details.yaml`.

A detail belongs to the document that its sentence names or to the one that the text is; a detail whose document or
value cannot be told is left out. Values that name something are read from the mentions inside the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..model import NAMED, Detail, EntityType, Property, Span
from ..reading.metadata import parse_date
from ..rules import Rule, rules
from ..text import tidy_name
from .figures.numerals import parse_number
from .page import Mention, Page
from .subjects import signature_of
from .symbols import outermost

_DURATION: Final = re.compile("(?P<number>[^年个 ]+) ?(?P<unit>年|个月)")
_OWN: Final = ("document-heading", "document-wrapper")
_LONGEST_QUOTE: Final = 60
"""What is named in a longer run than this is quoted alone."""


def find(page: Page, mentions: Sequence[Mention]) -> Iterator[Detail]:
    """The details of the page, each once, in the order of the rules; dates come before what rests on them."""
    found: dict[tuple[str, Property, str], Detail] = {}
    documents = [m for m in mentions if m.type is EntityType.DOCUMENT]
    for rule in rules("details"):
        for hit in rule.regex.finditer(page.wide, *_zone(page, rule)):
            document = _document(page, rule, hit.start(), documents)
            for value, span in _values(page, rule, hit, mentions, document, found.values()) if document else ():
                if value != document:
                    said = page.evidence(span.start, span.end, rule.name, rule.confidence)
                    detail = Detail(document, Property(rule.label), value, said)
                    found.setdefault((document, detail.property, value), detail)
    yield from found.values()


def _zone(page: Page, rule: Rule) -> tuple[int, int]:
    where = rule.extra.get("where")
    return (signature_of(page).start if where == "tail" else 0), (page.head_end if where == "head" else page.end)


def _document(page: Page, rule: Rule, at: int, documents: Sequence[Mention]) -> str:
    """The name of the document that is spoken of, or nothing."""
    sentence = page.sentence_at(at).span
    near = next((m.entity for m in reversed([*outermost(documents)]) if sentence.start <= m.start < at), "")
    own = next((m.entity for m in documents if m.rule.startswith(_OWN) and m.start < page.head_end), "")
    match rule.extra["of"]:
        case "near":
            return near or own
        case "above":
            return _above(page, at, documents) or own or near
        case _:
            return own or near


def _above(page: Page, at: int, documents: Sequence[Mention]) -> str:
    """The name of the document whose title stands last above on a line of its own, or nothing."""
    titles = [(page.wide.rfind(f"\n{m.entity}\n", 0, at), m.entity) for m in documents]
    start, name = max(titles, default=(-1, ""))
    return name if start >= 0 else ""


def _values(
    page: Page, rule: Rule, hit: re.Match[str], mentions: Sequence[Mention], document: str, known: Iterable[Detail]
) -> Iterator[tuple[str, Span]]:
    """Each value with the run of text that says it."""
    label, whole = Property(rule.label), Span(*hit.span())
    if rule.extra.get("as") == "issued":
        dated = [d.value for d in known if d.property is Property.DATED and d.document == document]
        yield from ((value, whole) for value in dated[:1])
        return
    run = next(Span(*hit.span(group)) for group in hit.groupdict() if hit[group])
    if label in NAMED:
        inside = (m for m in mentions if m.type in NAMED[label] and run.start <= m.start and m.end <= run.end)
        yield from ((m.entity, whole if len(whole) <= _LONGEST_QUOTE else m.span) for m in inside)
    elif "item" in rule.extra:
        items = re.compile(rule.extra["item"]).finditer(page.wide, run.start, run.end)
        yield from ((tidy_name(item["item"]), Span(*item.span("item"))) for item in items)
    elif value := _plain(label, run.of(page.wide)):
        yield value, whole


def _plain(label: Property, run: str) -> str | None:
    """A number as it stands, a date as EDTF, a duration as ISO 8601; None where there is no such date or number."""
    match label:
        case Property.NUMBER:
            return run.replace(" ", "")
        case Property.VALID_FOR:
            return _duration(run)
        case _:
            return parse_date(run)


def _duration(run: str) -> str | None:
    """
    >>> _duration("两年"), _duration("18个月")
    ('P2Y', 'P18M')
    """
    hit = _DURATION.fullmatch(run)
    number = parse_number(hit["number"]) if hit else None
    return f"P{number}{'Y' if hit['unit'] == '年' else 'M'}" if hit and number else None
