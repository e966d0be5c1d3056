"""The types that cross the house: articles on one side, facts on the other.

Everything is frozen and made of plain values. Offsets count Unicode code points of the clean text,
the end exclusive. Names of the closed lists are those of the guide to the gold facts and of the ontology; a test
compares them. No RDF, no reading of files.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

THIS_ARTICLE: Final = "@article"
"""The name by which a relation points at the article it stands in."""


class EntityType(StrEnum):
    """The seven kinds of thing an article names."""

    DOCUMENT = "PolicyDocument"
    ORGANISATION = "Organisation"
    PLACE = "Place"
    PERSON = "Person"
    GROUP = "Group"
    MECHANISM = "Mechanism"
    OUTCOME = "Outcome"


class Predicate(StrEnum):
    """The eleven relations an article states."""

    ISSUES = "issues"
    IMPLEMENTS = "implements"
    ESTABLISHES = "establishes"
    OPERATES = "operates"
    TARGETS = "targets"
    APPLIES_IN = "appliesIn"
    PART_OF = "partOf"
    LOCATED_IN = "locatedIn"
    MEMBER_OF = "memberOf"
    ACHIEVES = "achieves"
    REPORTS = "reports"


class Role(StrEnum):
    """What a figure is: a plain level, an end of a change, the change, a limit or a rough number."""

    LEVEL = "level"
    BEFORE = "before"
    AFTER = "after"
    CHANGE = "change"
    FLOOR = "floor"
    CEILING = "ceiling"
    APPROX = "approx"


class Level(StrEnum):
    """Where a figure stands in the results chain."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"
    CONTEXT = "context"


_DOCUMENT_OR_MECHANISM = frozenset({EntityType.DOCUMENT, EntityType.MECHANISM})
_WHOLES = frozenset({EntityType.PLACE, EntityType.ORGANISATION, EntityType.MECHANISM})

SUBJECTS: Final[dict[Predicate, frozenset[EntityType]]] = {
    Predicate.ISSUES: frozenset({EntityType.ORGANISATION}),
    Predicate.IMPLEMENTS: frozenset({EntityType.DOCUMENT}),
    Predicate.ESTABLISHES: frozenset({EntityType.DOCUMENT}),
    Predicate.OPERATES: frozenset({EntityType.ORGANISATION}),
    Predicate.TARGETS: _DOCUMENT_OR_MECHANISM,
    Predicate.APPLIES_IN: _DOCUMENT_OR_MECHANISM,
    Predicate.PART_OF: _WHOLES,
    Predicate.LOCATED_IN: frozenset({EntityType.ORGANISATION}),
    Predicate.MEMBER_OF: frozenset({EntityType.PERSON}),
    Predicate.ACHIEVES: _DOCUMENT_OR_MECHANISM | {EntityType.ORGANISATION},
    Predicate.REPORTS: frozenset({EntityType.ORGANISATION, EntityType.PERSON}),
}
"""Which types may stand as the subject of a predicate."""

OBJECTS: Final[dict[Predicate, frozenset[EntityType]]] = {
    Predicate.ISSUES: frozenset({EntityType.DOCUMENT}),
    Predicate.IMPLEMENTS: frozenset({EntityType.DOCUMENT}),
    Predicate.ESTABLISHES: frozenset({EntityType.MECHANISM}),
    Predicate.OPERATES: frozenset({EntityType.MECHANISM}),
    Predicate.TARGETS: frozenset({EntityType.GROUP}),
    Predicate.APPLIES_IN: frozenset({EntityType.PLACE}),
    Predicate.PART_OF: _WHOLES,
    Predicate.LOCATED_IN: frozenset({EntityType.PLACE}),
    Predicate.MEMBER_OF: frozenset({EntityType.ORGANISATION}),
    Predicate.ACHIEVES: frozenset({EntityType.OUTCOME}),
    Predicate.REPORTS: frozenset(),
}
"""Which types may stand as its object; `reports` takes the article itself."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of text, `start` inclusive, `end` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def of(self, text: str) -> str:
        """The run itself, cut from `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Maps every offset of the clean text back to the raw file.

    `clean[i]` and `raw[i]` are the offsets at which run *i* begins; within a run both advance together,
    so an unchanged text is the single run `(0,), (0,)`. Offsets in the raw file count code points of the decoded file.
    """

    clean: tuple[int, ...] = (0,)
    raw: tuple[int, ...] = (0,)

    def to_raw(self, offset: int) -> int:
        """The offset in the raw file of the character at `offset` of the clean text."""
        run = bisect_right(self.clean, offset) - 1
        return self.raw[run] + offset - self.clean[run]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place of the file that people can find: its page, paragraph, row, line or item of this number.

    `start` is the offset in the raw file, as an alignment gives it, at which it begins.
    """

    kind: str
    number: int
    start: int

    def __str__(self) -> str:
        """The place as the graph has it: `page 3`."""
        return f"{self.kind} {self.number}"


def landmark_at(landmarks: Sequence[Landmark], offset: int) -> Landmark | None:
    """The last of the landmarks that begins at or before an offset in the raw file; None where there is none."""
    after = bisect_right(landmarks, offset, key=lambda mark: mark.start)
    return landmarks[after - 1] if after else None


@dataclass(frozen=True, slots=True)
class Damage:
    """A place of the raw file whose text is lost or doubtful.

    `line` and `column` count from 1 in the raw file; `context` shows the place with its neighbours;
    `repair` is the text a repair entry gave for it, or None while nobody has said what belongs there. `landmark` is its
    page, paragraph or row, where the format of the file has them.
    """

    kind: str
    line: int
    column: int
    context: str
    repair: str | None = None
    landmark: Landmark | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under one heading; `level` 1 is the outermost, `heading` is None before the first."""

    span: Span
    heading: Span | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or line, with the number of its paragraph and of its section."""

    span: Span
    paragraph: int
    section: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A source text, cleaned, with what it says of itself.

    `id` is 16 hex digits of a SHA-256: of the raw file or, where a file holds several articles, of what it gives for
    this one, so that it does not change with the others. `landmarks` are in the order of the file.
    """

    id: str
    source: str
    text: str
    title: str
    byline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    damage: tuple[Damage, ...] = ()
    alignment: Alignment = field(default=Alignment())
    landmarks: tuple[Landmark, ...] = ()

    def landmark(self, offset: int) -> Landmark | None:
        """The page, paragraph or row of the file in which the character at `offset` of the clean text stands.

        None where the format has none: there the offset in the raw file is all there is to know.
        """
        return landmark_at(self.landmarks, self.alignment.to_raw(offset))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The receipt of a fact: the exact run of the clean text, the rule that read it, and how sure it is (0 to 1)."""

    quote: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Something an article names, once per article, under its fullest name there."""

    type: EntityType
    name: str
    evidence: Evidence
    also: tuple[str, ...] = ()
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing said of two named entities; the object of `reports` is THIS_ARTICLE."""

    subject: str
    predicate: Predicate
    object: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: `value` in the base unit (万 and 亿 multiplied out, percentages as written), `time` in EDTF."""

    indicator: str
    value: Decimal
    unit: str
    role: Role
    level: Level
    evidence: Evidence
    time: str | None = None
    place: str | None = None
    of: str | None = None


class Property(StrEnum):
    """What an official document says of itself or of another, after the terms of ELI."""

    NUMBER = "number"
    DATED = "dated"
    IN_FORCE_FROM = "inForceFrom"
    IN_FORCE_UNTIL = "inForceUntil"
    VALID_FOR = "validFor"
    REPEALS = "repeals"
    ADDRESSED_TO = "addressedTo"
    COPIED_TO = "copiedTo"
    INTERPRETED_BY = "interpretedBy"
    ATTACHMENT = "attachment"


NAMED: Final[dict[Property, frozenset[EntityType]]] = {
    Property.REPEALS: frozenset({EntityType.DOCUMENT}),
    Property.ADDRESSED_TO: frozenset({EntityType.GROUP, EntityType.ORGANISATION}),
    Property.COPIED_TO: frozenset({EntityType.GROUP, EntityType.ORGANISATION}),
    Property.INTERPRETED_BY: frozenset({EntityType.ORGANISATION}),
}
"""The properties whose value is the name of another entity of the article, and its types. Of the others number and
attachment are text, validFor is an ISO 8601 duration, the rest are dates in EDTF."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is said of a document that is no relation of the guide: its number, its validity, whom it is sent to."""

    document: str
    property: Property
    value: str
    evidence: Evidence


Fact = Entity | Relation | Observation | Detail


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure that was seen and not taken as an observation, and why (the name of the rule, or `no unit`)."""

    span: Span
    reason: str


RULES: Final = "rules"
"""The name of the reader that works by the rules."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and the facts that somebody, a rule set or a person, took out of it (`reader` says who).

    `unread` are the figures that were seen in it and not understood.
    """

    article: Article
    facts: tuple[Fact, ...]
    reader: str = RULES
    unread: tuple[Unread, ...] = ()
