"""From overlapping mentions to one entity per thing: overlaps settled, names merged, entities assembled.

A longer mention wins over a shorter one inside it, unless both are wanted (the place in the name of a body). Two
mentions are one thing when their names say the same (县人社局, 县人力资源和社会保障局) or when one is the
end of exactly one other (工作专班, 专班). The entity goes by its fullest name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from ..lexicon import words
from ..model import Entity, EntityType
from ..text import tidy_name
from .certainty import chance, entity_features
from .page import Mention, Page
from .sameness import PARTY, abbreviates, spelt_out

_D, _O, _P, _G, _M, _R = (
    EntityType.DOCUMENT,
    EntityType.ORGANISATION,
    EntityType.PERSON,
    EntityType.GROUP,
    EntityType.MECHANISM,
    EntityType.OUTCOME,
)
_INSIDE: Final = frozenset(
    {(EntityType.PLACE, outer) for outer in (_D, _O, _G, _M, _R)}
    | {(_P, outer) for outer in (_D, _O, _G, _M, _R)}
    | {(_O, _G), (_O, _M), (_G, _D), (_M, _D), (_D, _D), (_G, _M), (_G, _R), (_M, _R), (_O, _R), (_D, _R)}
)
"""Which mention (first) is kept inside which longer one (second)."""

_LEAST_SHORT: Final = {_O: 2, _D: 2, _M: 4}
"""From how many characters on the end of a name stands for the whole (培训补贴 for 职业技能培训补贴, not 培训)."""
_ABOUT: Final = "关于"
_ADDRESSED: Final = "group-addressed"
_PAIR: Final = 2
"""A short name begins with two characters that stand side by side in the longer one."""


def settle(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that stand, in the order of the text: of two that may not overlap the longer, then the surer."""
    kept: list[Mention] = []
    over: dict[int, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence, m.start)):
        rivals = {id(other): other for at in range(mention.start, mention.end) for other in over[at]}
        if all(_both_stand(mention, other) for other in rivals.values()):
            kept.append(mention)
            for at in range(mention.start, mention.end):
                over[at].append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end))


def unify(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The settled mentions, each with the full name of its entity."""
    settled = settle(mentions)
    full = _full_names(settled)
    return tuple(m.resolved(full[m.type, m.name]) for m in settled)


def assemble(page: Page, mentions: Sequence[Mention]) -> Iterator[Entity]:
    """One entity per type and full name of the resolved mentions, with its surest plain mention as evidence."""
    for (kind, name), those in by_entity(mentions).items():
        best = best_mention(page, those)
        sure = chance("entities", kind, entity_features(page, those, best))
        evidence = page.evidence(best.start, best.end, best.rule, sure)
        others = dict.fromkeys(other for m in those for other in (m.name, *m.also) if other and other != name)
        post = next((m.post for m in those if m.post), None)
        yield Entity(kind, name, evidence, also=tuple(others), post=post)


def by_entity(mentions: Iterable[Mention]) -> dict[tuple[EntityType, str], list[Mention]]:
    """The resolved mentions of each entity, by its type and full name."""
    found: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.type, mention.entity].append(mention)
    return found


def best_mention(page: Page, mentions: Iterable[Mention]) -> Mention:
    """The mention to quote: one that says the name as it is, read by the surest rule, the first of those."""
    return min(mentions, key=lambda m: (tidy_name(page.wide[m.start : m.end]) != m.entity, -m.confidence, m.start))


def _both_stand(inner: Mention, outer: Mention) -> bool:
    if not (outer.start <= inner.start and inner.end <= outer.end) or inner.span == outer.span:
        return False
    if inner.type is _O and outer.rule == _ADDRESSED:
        return False  # whom a notice is sent to is a group there, though it acts elsewhere
    return (inner.type, outer.type) in _INSIDE or (inner.type is _O and _is_part(inner, outer))


def _is_part(inner: Mention, outer: Mention) -> bool:
    """Whether a body is named by the beginning of a longer name: of one of its parts, or of what it issued."""
    if outer.type is _D:
        return inner.end <= outer.start + len(outer.head)
    other_head = outer.head != "" and not inner.head.endswith(outer.head)
    return outer.type is _O and inner.start == outer.start and other_head and not _joined(inner, outer)


def _joined(inner: Mention, outer: Mention) -> bool:
    """Whether a body is named only to name another that is no part of it (中山大学附属肿瘤医院, 吉林银行四平分行)."""
    rest = outer.name[len(inner.name) :]
    joined, branch = (words("org_suffixes", **{"class": kind}) for kind in ("joined", "branch"))
    return rest.startswith(joined) or rest.endswith(branch)


def _full_names(mentions: Sequence[Mention]) -> dict[tuple[EntityType, str], str]:
    """The full name for every (type, name): the longest of those that say the same."""
    names = {(m.type, m.name): m for m in reversed(mentions)}
    alike: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
    for kind, name in names:
        alike[kind, _key(kind, name)].append(name)
    full = {(kind, name): max(alike[kind, _key(kind, name)], key=_fullness) for kind, name in names}
    named: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
    for kind, best in dict.fromkeys((kind, best) for (kind, _), best in full.items() if kind in _LEAST_SHORT):
        for pair in {best[at : at + _PAIR] for at in range(len(best))}:
            named[kind, pair].append(best)
    return {(kind, name): _longer(kind, best, named) or best for (kind, name), best in full.items()}


def _fullness(name: str) -> tuple[bool, int, str]:
    return not name.startswith(PARTY), len(name), name


def _longer(kind: EntityType, name: str, named: Mapping[tuple[EntityType, str], Sequence[str]]) -> str | None:
    """The one longer name of the kind that `name` is the end or an abbreviation of, if there is exactly one.

    `named` has all names by each pair of characters in them.
    """
    least = _LEAST_SHORT.get(kind)
    if least is None or len(name) < least or name in _classes() or name.startswith(_ABOUT):
        return None
    others = (best for best in named.get((kind, name[:_PAIR]), ()) if best != name)
    longer = [best for best in others if best.endswith(name) or _spells_out(kind, best, name)]
    return longer[0] if len(longer) == 1 else None


def _spells_out(kind: EntityType, best: str, name: str) -> bool:
    """Whether a longer name only spells out a shorter one: a body's short form, a measure and what it is called."""
    if kind is _M:
        return best.startswith(name) and best[len(name) :] in words("mechanism_tails")
    return kind is _O and abbreviates(name, best)


def _key(kind: EntityType, name: str) -> str:
    """What two names of one thing have in common."""
    return spelt_out(name) if kind is _O else name


@cache
def _classes() -> frozenset[str]:
    return frozenset(words("org_classes", **{"class": "actor"}))
