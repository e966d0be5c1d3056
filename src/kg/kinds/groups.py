"""Where a group hangs in the hierarchy of groups."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..identifiers import mint_entity
from ..lexicon import words
from ..model import EntityType
from ..namespaces import DEFAULT_BASE, SKOS
from ..resources import knowledge_triples
from ..text import widen
from .endings import longest_ending


def wider_groups(group: str, *, base: str = DEFAULT_BASE) -> tuple[str, ...]:
    """The nodes of the scheme's groups that contain a group: the longest ending of its name that is a label there.

    Empty for a group of the scheme itself, and for a name whose beginning takes it out (非贫困户).

    >>> wider_groups("在职村干部")
    ('https://w3id.org/policykg/group/村干部',)
    """
    labels = _labels()
    found = longest_ending(group, labels)
    if found is None or labels[found] == group or _is_taken_out(widen(group).removesuffix(found)):
        return ()
    return (mint_entity(EntityType.GROUP, labels[found], base=base),)


def _is_taken_out(beginning: str) -> bool:
    near, far = (words("kinds_group", **{"class": kind}) for kind in ("near", ""))
    return beginning in near or beginning.startswith(far)


@cache
def _labels() -> Mapping[str, str]:
    """The preferred label of the scheme's group for each label and other name of it."""
    import pyoxigraph as ox

    literals = [
        (triple.subject, triple.predicate.value, triple.object)
        for triple in knowledge_triples("vocab/group.ttl")
        if isinstance(triple.object, ox.Literal) and triple.object.language == "zh"
    ]
    preferred = {subject: label.value for subject, property, label in literals if property == SKOS.prefLabel}
    named = [(label, subject) for subject, property, label in literals if property in (SKOS.prefLabel, SKOS.altLabel)]
    return {widen(label.value): preferred[subject] for label, subject in named}
