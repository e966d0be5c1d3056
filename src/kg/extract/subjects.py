"""What a sentence leaves unsaid and its context says: the frame of every sentence.

Five sources: the head of the article (title, main area), its signature, what the article names most often, the
headings over the sentence, and the sentence before it in the same section. A frame only offers; the rules decide
what they take.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..lexicon import words
from ..model import EntityType, Sentence, Span
from .alphabet import AGENCY, CARRIED, COVER, HEADING, LEXICON, MAIN, SIGNATURE, SPEAKER, TITLE, Symbol, kind_of
from .page import Mention, Page
from .symbols import outermost

Frame = tuple[Symbol, ...]

_CLOSING = ("。", "；", "：", "，", "…")
_LONGEST_LINE = 60


def find_frames(page: Page, mentions: Sequence[Mention]) -> list[Frame]:
    """One frame for each sentence of the page, in order."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    title, cover = _title(page, ordered)
    signature, main = _within(ordered, signature_of(page)), most_named(ordered)
    lasting = [(TITLE, title), (COVER, cover), (SPEAKER, speakers(page, ordered)), (SIGNATURE, signature), (MAIN, main)]
    frames: list[Frame] = []
    before: Sentence | None = None
    for sentence in page.sentences:
        offers = [*lasting, (HEADING, _headings(page, ordered, sentence))]
        if before is not None and before.section == sentence.section:
            offers.append((CARRIED, _within(ordered, before.span)))
        frames.append(tuple(s for source, found in offers for s in _symbols(source, found, sentence.span.start)))
        before = sentence
    return frames


def _title(page: Page, ordered: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """What the head of the article names, its main area for the places of the head, and the covers of its documents.

    A body counts only when it stands alone: one named in a title has not issued it.
    """
    head = _within(ordered, head_of(page))
    alone = set(outermost(head))
    documents = {m.entity for m in head if m.type == EntityType.DOCUMENT}
    covers = {name for name in documents if any(other != name and other in name for other in documents)}
    title = [m for m in head if m.type != EntityType.PLACE and m.entity not in covers]
    title = [m for m in title if m.type != EntityType.ORGANISATION or m in alone]
    return title + main_area(page, ordered), [m for m in head if m.entity in covers]


def _symbols(source: str, mentions: Sequence[Mention], at: int) -> Iterator[Symbol]:
    """One symbol for each type among the mentions, standing for all mentions of that type."""
    for kind in EntityType:
        if named := tuple(m for m in mentions if m.type == kind):
            yield Symbol(source + kind_of(named[0]), at, at, named)


def _within(mentions: Iterable[Mention], span: Span) -> list[Mention]:
    return [m for m in mentions if span.start <= m.start < span.end]


def head_of(page: Page) -> Span:
    """The lines before the running text: title, byline, issuing bodies, number of the document."""
    running = (line.span.start for line in page.sentences if _is_running(line.span.of(page.wide)))
    return Span(0, next(running, len(page.wide)))


def signature_of(page: Page) -> Span:
    """The lines after the running text: who signs, and the date; nothing where no text runs."""
    start = page.end
    for sentence in reversed(page.sentences):
        if _is_running(sentence.span.of(page.wide)):
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
        named = sorted(places, key=lambda m: -sum(name.startswith(m.entity) for name in bodies))
    return named[:1]


def most_named(ordered: Sequence[Mention]) -> list[Mention]:
    """The first mention of the thing of each type that is named most, if more than once.

    A name counts wherever a longer one begins with it (县委 in 县委组织部). Of the bodies only agencies count.
    """
    first = {mention.entity: mention for mention in reversed(ordered)}
    counts = Counter(mention.entity for mention in ordered)
    total = {name: sum(n for other, n in counts.items() if other.startswith(name)) for name in first}
    by_type: dict[EntityType, Mention] = {}
    for mention in sorted(first.values(), key=lambda m: (-total[m.entity], m.start)):
        if total[mention.entity] > 1 and (mention.type != EntityType.ORGANISATION or kind_of(mention) == AGENCY):
            by_type.setdefault(mention.type, mention)
    return list(by_type.values())


def _headings(page: Page, ordered: Sequence[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions of the headings over the sentence: of each type those of the nearest heading that has any."""
    found: dict[EntityType, list[Mention]] = {}
    for heading in _chain(page, sentence):
        named = _within(ordered, heading)
        for kind in {m.type for m in named} - found.keys():
            found[kind] = [m for m in named if m.type == kind]
    return [mention for named in found.values() for mention in named]


def _chain(page: Page, sentence: Sentence) -> Iterator[Span]:
    """The headings over the sentence, the nearest first; a heading does not stand over itself."""
    level = page.sections[sentence.section].level + 1
    for section in reversed(page.sections[: sentence.section + 1]):
        if section.heading is not None and section.level < level:
            level = section.level
            if section.heading.end <= sentence.span.start:
                yield section.heading
