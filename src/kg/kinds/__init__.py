"""What kind of thing a name names: instrument and form of a mechanism, genre of a document, type and level of a body
or place, and where a group hangs in the hierarchy of groups.

Chinese puts the head noun last, so most answers come from the end of a name: the longest ending that stands in a
table of `ontology/lexicon/kinds_*.tsv` decides. A name that no table knows gets no kind; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityType
from ..namespaces import DEFAULT_BASE, KG, SKOS
from .bodies import body_level, body_type, is_generic, is_national
from .divisions import division_code, full_name, head_area, is_area, is_shared, place_level, province, successors
from .groups import wider_groups
from .measures import form, genre, instruments

__all__ = [
    "body_level",
    "body_type",
    "division_code",
    "form",
    "full_name",
    "genre",
    "head_area",
    "instruments",
    "is_area",
    "is_generic",
    "is_national",
    "is_shared",
    "kinds_of",
    "place_level",
    "province",
    "successors",
    "wider_groups",
]


def kinds_of(type: EntityType, name: str, *, base: str = DEFAULT_BASE) -> Iterator[tuple[str, str]]:
    """The kinds of a named thing as pairs of a property and a concept, both IRIs."""
    match type:
        case EntityType.MECHANISM:
            yield from ((KG.instrumentType, instrument) for instrument in instruments(name))
            yield KG.form, form(name)
        case EntityType.DOCUMENT if found := genre(name):
            yield KG.genre, found
        case EntityType.ORGANISATION:
            if found := body_type(name):
                yield KG.orgType, found
            if found := body_level(name):
                yield KG.adminLevel, found
        case EntityType.PLACE if found := place_level(name):
            yield KG.adminLevel, found
        case EntityType.GROUP:
            yield from ((SKOS.broader, wider) for wider in wider_groups(name, base=base))
