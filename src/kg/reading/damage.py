"""Where a raw file has lost characters, and the repairs that people give for such places.

The code finds damage and reports it; what belongs there only a repair entry of the sidecar says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..errors import InputError
from ..model import Damage, Span
from ..rules import rules
from .tracing import Edit, Traced

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


def report(raw: Traced, edits: Sequence[Edit], source: str) -> Iterator[tuple[int, Damage]]:
    """Every damaged place with its offset in the source of the raw text, and its repair where an edit reaches it."""
    for span, kind in find_damage(raw.text):
        repair = next((new for start, end, new in edits if start < span.end and span.start < end), None)
        start = raw.origin[span.start]
        line, column = source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start)
        context = raw.text[max(0, span.start - _AROUND) : span.end + _AROUND].replace("\n", " ").replace("\r", "")
        yield start, Damage(kind, line, column, context, repair)


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
