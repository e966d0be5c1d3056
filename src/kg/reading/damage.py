"""Where a raw file has lost characters, and the repairs that people give for such places.

The code finds damage and reports it; what belongs there only a repair entry of the sidecar says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..errors import InputError
from ..model import Damage, Landmark, Span, landmark_at
from ..rules import rules
from .raw import Raw
from .tracing import Edit

TEXTLESS: Final = "textless"
"""The kind of damage that a page is which shows something but no text; the others are names of rules."""

_AROUND = 12


@dataclass(frozen=True, slots=True)
class Repair:
    """Replace what stands in the raw file as `find` by `replace`; `every` says that it may stand more than once."""

    find: str
    replace: str
    every: bool = False
    note: str = ""


def find_damage(raw: str) -> Iterator[tuple[Span, str]]:
    """The damaged runs of a raw text from left to right with their kind; runs that nearly touch make one."""
    hits = sorted(
        (hit.span("place" if "place" in hit.groupdict() else 0), rule.name)
        for rule in rules("damage")
        for hit in rule.regex.finditer(raw)
    )
    begun: tuple[int, int, str] | None = None
    for (start, end), kind in hits:
        if begun and start <= begun[1] + 1:
            begun = (begun[0], max(begun[1], end), begun[2])
            continue
        if begun:
            yield Span(begun[0], begun[1]), begun[2]
        begun = (start, end, kind)
    if begun:
        yield Span(begun[0], begun[1]), begun[2]


def repair_edits(raw: str, repairs: Sequence[Repair], *, path: str) -> tuple[Edit, ...]:
    """The repairs as edits of the raw text, in order.

    Raises InputError for a repair whose text is not there, or is there more than once without `every: true`,
    and for two repairs of the same place.
    """
    edits = sorted(edit for repair in repairs for edit in _edits(raw, repair, path))
    for one, other in pairwise(edits):
        if other[0] < one[1]:
            raise InputError(f"two repairs touch {raw[other[0] : other[1]]!r}.", path=path, hint="Join them into one.")
    return tuple(edits)


def report(raw: Raw, edits: Sequence[Edit]) -> Iterator[tuple[int, Damage]]:
    """Every damaged place with its offset in the source of the raw text, and its repair where an edit reaches it."""
    text = raw.text.text
    for span, kind in find_damage(text):
        repair = next((new for start, end, new in edits if start < span.end and span.start < end), None)
        start = raw.text.origin[span.start]
        context = text[max(0, span.start - _AROUND) : span.end + _AROUND]
        yield start, _damage(raw, kind, start, context, repair=repair, landmark=landmark_at(raw.landmarks, start))


def report_textless(raw: Raw) -> Iterator[Damage]:
    """The pages that show something but no text, each with the text before and after it."""
    for page in raw.textless:
        at = page.start
        context = f"{raw.source[max(0, at - _AROUND) : at]}…{raw.source[at : at + _AROUND]}"
        yield _damage(raw, TEXTLESS, at, context, landmark=page)


def _damage(
    raw: Raw, kind: str, start: int, context: str, *, repair: str | None = None, landmark: Landmark | None
) -> Damage:
    line, column = raw.source.count("\n", 0, start) + 1, start - raw.source.rfind("\n", 0, start)
    return Damage(kind, line, column, context.replace("\n", " ").replace("\r", ""), repair, landmark)


def _edits(raw: str, repair: Repair, path: str) -> Iterator[Edit]:
    count = raw.count(repair.find)
    if count == 0:
        raise InputError(
            f"the repair of {repair.find!r} finds nothing.", path=path, hint="Copy it from the file as it stands."
        )
    if count > 1 and not repair.every:
        raise InputError(
            f"the repair of {repair.find!r} finds {count} places.",
            path=path,
            hint="Take more of the text around it, or say 'every: true'.",
        )
    start = raw.find(repair.find)
    while start >= 0:
        yield start, start + len(repair.find), repair.replace
        start = raw.find(repair.find, start + len(repair.find))
