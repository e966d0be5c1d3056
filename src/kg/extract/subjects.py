"""What a sentence leaves unsaid and its context says: the frame of every sentence.

Five sources: the head of the article (title, main area), its signature, what the article names most often, the
headings over the sentence, and the sentence before it in the same section. A frame only offers; the rules decide
what they take.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from ..lexicon import words
from ..model import EntityType, Sentence, Span
from .alphabet import AGENCY, CARRIED, COVER, HEADING, LEXICON, MAIN, PRESS, SIGNATURE, SPEAKER, TITLE, Symbol, kind_of
from .page import Mention, Page
from .short_forms import is_class
from .symbols import outermost

Frame = tuple[Symbol, ...]

_CLOSING = ("。", "；", "：", "，", "…")
_LONGEST_LINE = 60


def find_frames(page: Page, mentions: Sequence[Mention]) -> list[Frame]:
    """One frame for each sentence of the page, in order."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    starts = [mention.start for mention in ordered]

    def within(span: Span) -> list[Mention]:
        return ordered[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    title, cover = _title(page, within(head_of(page)), ordered)
    signature, main = within(signature_of(page)), most_named(ordered)
    lasting = [(TITLE, title), (COVER, cover), (SPEAKER, speakers(page, ordered)), (SIGNATURE, signature), (MAIN, main)]
    always = [offer for source, found in lasting for offer in _offers(source, found)]
    frames: list[Frame] = []
    before: Sentence | None = None
    for sentence in page.sentences:
        offers = [*always, *_offers(HEADING, _named_over(page, sentence, within))]
        if before is not None and before.section == sentence.section:
            offers += _offers(CARRIED, within(before.span))
        at = sentence.span.start
        frames.append(tuple(Symbol(kind, at, at, named) for kind, named in offers))
        before = sentence
    return frames


def _title(page: Page, head: Sequence[Mention], ordered: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """What the head of the article names, its main area for the places of the head, and the covers of its documents.

    A body counts only when it stands alone (one named in a title has not issued it) and is no paper.
    """
    alone = set(outermost(head))
    documents = {m.entity for m in head if m.type == EntityType.DOCUMENT}
    covers = {name for name in documents if any(other != name and other in name for other in documents)}
    title = [m for m in head if m.type != EntityType.PLACE and m.entity not in covers]
    title = [m for m in title if m.type != EntityType.ORGANISATION or (m in alone and kind_of(m) != PRESS)]
    return title + main_area(page, ordered), [m for m in head if m.entity in covers]


def _offers(source: str, mentions: Sequence[Mention]) -> list[tuple[str, tuple[Mention, ...]]]:
    """One class of symbol for each type among the mentions, with all mentions of that type."""
    by_type: dict[EntityType, list[Mention]] = {}
    for mention in mentions:
        by_type.setdefault(mention.type, []).append(mention)
    return [(source + kind_of(by_type[kind][0]), tuple(by_type[kind])) for kind in EntityType if kind in by_type]


def head_of(page: Page) -> Span:
    """The lines before the running text: title, byline, issuing bodies, number of the document."""
    running = (line.span.start for line in page.sentences if _is_running(line.span.of(page.wide)))
    return Span(0, next(running, len(page.wide)))


def signature_of(page: Page) -> Span:
    """The lines after the running text: who signs, and the date; nothing where no text runs or duties end it."""
    start, duties = page.end, words(LEXICON, **{"class": "duty"})
    for sentence in reversed(page.sentences):
        line = sentence.span.of(page.wide)
        if _is_running(line) or line.startswith(duties):
            return Span(start, page.end)
        start = sentence.span.start
    return Span(page.end, page.end)


def speakers(page: Page, ordered: Sequence[Mention]) -> list[Mention]:
    """The first body on whose behalf somebody speaks."""
    before = words(LEXICON, **{"class": "behalf"})
    bodies = (m for m in ordered if m.type == EntityType.ORGANISATION)
    return [m for m in bodies if page.wide.endswith(before, 0, m.start)][:1]


def _is_running(line: str) -> bool:
    return line.endswith(_CLOSING) or len(line) > _LONGEST_LINE


def main_area(page: Page, ordered: Sequence[Mention]) -> list[Mention]:
    """The first mention of the place that the article is about, or nothing."""
    places = [m for m in ordered if m.type == EntityType.PLACE]
    named = [m for m in places if m.entity == page.article.place]
    if not named:
        bodies = [m.entity for m in ordered if m.type in (EntityType.ORGANISATION, EntityType.DOCUMENT)]
        begun = Counter(name[:end] for name in bodies for end in range(1, len(name) + 1))
        named = sorted(places, key=lambda m: -begun[m.entity])
    return named[:1]


def most_named(ordered: Sequence[Mention]) -> list[Mention]:
    """The first mention of the thing of each type that is named most, if more than once.

    A name counts wherever a longer one begins with it (县委 in 县委组织部). Of the bodies only agencies count, and
    neither a class of them nor the one that a document bears in its title.
    """
    alone = set(outermost(ordered))
    ordered = [m for m in ordered if m.type != EntityType.ORGANISATION or (m in alone and not is_class(m))]
    first = {mention.entity: mention for mention in reversed(ordered)}
    counts = Counter(mention.entity for mention in ordered)
    total: Counter[str] = Counter()
    for name, count in counts.items():
        total.update({name[:end]: count for end in range(1, len(name) + 1) if name[:end] in counts})
    by_type: dict[EntityType, Mention] = {}
    for mention in sorted(first.values(), key=lambda m: (-total[m.entity], m.start)):
        if total[mention.entity] > 1 and (mention.type != EntityType.ORGANISATION or kind_of(mention) == AGENCY):
            by_type.setdefault(mention.type, mention)
    return list(by_type.values())


def _named_over(page: Page, sentence: Sentence, within: Callable[[Span], list[Mention]]) -> list[Mention]:
    """The mentions of the headings over the sentence: of each type those of the nearest heading that has any.

    A heading does not stand over itself.
    """
    found: dict[EntityType, list[Mention]] = {}
    for heading in page.headings_over(sentence):
        named = within(heading) if heading.end <= sentence.span.start else []
        for kind in {m.type for m in named} - found.keys():
            found[kind] = [m for m in named if m.type == kind]
    return [mention for named in found.values() for mention in named]
