"""What a graph says of a named thing itself, whoever names it: type, label, kinds."""

from __future__ import annotations

from collections.abc import Iterator

from .. import kinds
from ..identifiers import mint_entity
from ..model import EntityType
from ..namespaces import KG, RDF, RDFS, SKOS, XSD
from .terms import Triple, node, text, typed


def describe(me: str, type: EntityType, name: str, *, base: str) -> Iterator[Triple]:
    """Type, label and kinds of an entity; a group is a concept too."""
    if type is EntityType.GROUP:
        yield from describe_concept(me, KG.Group, name)
    else:
        yield me, RDF.type, node(KG[type.value])
        yield me, RDFS.label, text(name, language="zh")
    for property, kind in kinds.kinds_of(type, name, base=base):
        yield me, property, node(kind)
    if type is EntityType.ORGANISATION and kinds.is_generic(name):
        yield me, KG.generic, typed("true", XSD.boolean)
    if type is EntityType.PLACE and (code := kinds.division_code(name)):
        yield me, SKOS.notation, typed(code, KG.GBT2260)
    if type is EntityType.PLACE:
        yield from _successors(me, name, base=base)


def _successors(former: str, name: str, *, base: str) -> Iterator[Triple]:
    """What a former division is today, each described; one that shares its name is told apart by the old one's."""
    for today in kinds.successors(name):
        scope = name if kinds.is_shared(today) else None
        heir = mint_entity(EntityType.PLACE, today, scope=scope, base=base)
        yield former, KG.succeededBy, node(heir)
        yield from describe(heir, EntityType.PLACE, today, base=base)


def describe_concept(me: str, type: str, name: str) -> Iterator[Triple]:
    """Type and labels of a group or an indicator."""
    yield me, RDF.type, node(type)
    yield me, RDF.type, node(SKOS.Concept)
    yield me, RDFS.label, text(name, language="zh")
    yield me, SKOS.prefLabel, text(name, language="zh")
