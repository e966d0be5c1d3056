"""Relations that stand in a name: the place in the name of a body, the group in the title of a document.

The pattern of such a rule is `o:Place begins in s:Organisation` or `o:Group in s:PolicyDocument`: the first end
is a name within the name of the other. What begins a name may be several, joined like items of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from ..errors import KnowledgeError
from ..lexicon import words
from ..model import EntityType, Span
from ..rules import Rule
from .alphabet import LEXICON
from .page import Mention

_PATTERN: Final = re.compile(r"(?P<end>[so]):(?P<inner>\w+)(?P<begins> begins)? in [so]:(?P<outer>\w+)")

_OWNED: Final = "的"
_OPENING: Final = 2
"""By so many first characters are names looked up."""

_Own = tuple[int, str, Mention]


def find_by_name(rule: Rule, mentions: Sequence[Mention]) -> Iterator[tuple[str, str, Span]]:
    """The pairs of subject and object of which one is named in the other, with the run of the longer name."""
    hit = _PATTERN.fullmatch(rule.pattern)
    if hit is None:
        raise KnowledgeError(f"cannot read the pattern {rule.pattern!r}", path="rules", entry=rule.name)
    inners = {m.entity: m for m in mentions if m.type == hit["inner"]}.values()
    owns = sorted(((own, m) for m in inners for own in (m.entity, *m.also)), key=lambda pair: -len(pair[0]))
    known: dict[str, list[_Own]] = {}
    for order, (own, inner) in enumerate(owns):
        known.setdefault(own[:_OPENING], []).append((order, own, inner))
    for outer in {m.entity: m for m in reversed(mentions) if m.type == hit["outer"]}.values():
        for inner in _beginning(outer.entity, known) if hit["begins"] else _inside(outer, known):
            ends = (outer.entity, inner.entity) if hit["end"] == "o" else (inner.entity, outer.entity)
            yield *ends, outer.span


def _inside(outer: Mention, known: Mapping[str, Sequence[_Own]]) -> Iterator[Mention]:
    """The mentions one of whose names stands in the name of `outer`, longest names first, without overlaps.

    `known` has by their first characters all names, each with its rank by length.
    """
    name = outer.entity
    openings = {name[at : at + _OPENING] for at in range(len(name) - 1)} & known.keys()
    for _, own, inner in sorted((one for opening in openings for one in known[opening]), key=itemgetter(0)):
        if 1 < len(own) < len(outer.entity) and own in name and not _only_told(name, own, inner):
            yield inner
            name = name.replace(own, "\0")


def _beginning(name: str, known: Mapping[str, Sequence[_Own]]) -> Iterator[Mention]:
    """The mentions with one of whose names `name` begins, and those joined to it (县委、县政府 in 县委、县政府意见)."""
    begun = [(own, inner) for _, own, inner in known.get(name[:_OPENING], ()) if 1 < len(own) < len(name)]
    begun = [(own, inner) for own, inner in begun if name.startswith(own) and not _only_told(name, own, inner)]
    yield from (inner for _, inner in begun)
    rest = name[len(begun[0][0]) :] if begun else ""
    for mark in words(LEXICON, **{"class": "and"}):
        if rest.startswith(mark):
            yield from _beginning(rest[len(mark) :], known)
            return


def _only_told(name: str, own: str, inner: Mention) -> bool:
    """Whether a name only tells something of a body (创业基地 in 创业基地的管理办法)."""
    return inner.type is EntityType.ORGANISATION and own + _OWNED in name
