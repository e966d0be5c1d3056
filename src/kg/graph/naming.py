"""Which node each name of an article stands for.

A name is unique within a place of county rank or higher: the one at its own head, the one above a village or town, or
else the article's main area. So a training scheme of one county is never that of another. Where an article
names no main area, the article itself is the scope. National bodies and documents need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import kinds
from ..errors import InputError
from ..identifiers import clean_name, mint_article, mint_entity
from ..model import OBJECTS, SUBJECTS, THIS_ARTICLE, Article, Entity, EntityType, Predicate, Reading, Relation


class Naming:
    """The nodes of one reading. Where two entities of an article share a name, their types tell them apart."""

    def __init__(self, reading: Reading, *, base: str):
        entities = [fact for fact in reading.facts if isinstance(fact, Entity)]
        relations = [fact for fact in reading.facts if isinstance(fact, Relation)]
        self._base = base
        self._source = reading.article.source
        self._article = mint_article(reading.article.id, base=base)
        self._scopes = _Scopes(reading.article, entities, relations)
        self._nodes: dict[tuple[EntityType, str], str] = {}
        for entity in entities:
            self._nodes[entity.type, entity.name] = self.mint(entity.type, entity.name)
        for entity in entities:
            for name in entity.also:
                self._nodes.setdefault((entity.type, name), self._nodes[entity.type, entity.name])

    def mint(self, type: EntityType, name: str) -> str:
        """The IRI for a name of a type, be it an entity of the article or not."""
        full = kinds.full_name(name) if type is EntityType.PLACE else name
        return mint_entity(type, full, scope=self._scopes.of(type, full), base=self._base)

    def find(self, name: str, types: Iterable[EntityType]) -> str | None:
        """The node of the article's entity of that name and one of the types; None where there is none."""
        return next(
            (self._nodes[type, name] for type in EntityType if type in types and (type, name) in self._nodes), None
        )

    def ends(self, relation: Relation) -> tuple[str, str]:
        """The nodes that a relation joins.

        Raises InputError where an end is no entity of the article of a type that the predicate takes.
        """
        return next(self._pairs(relation), None) or self._complain(relation)

    def _pairs(self, relation: Relation) -> Iterator[tuple[str, str]]:
        for types in _type_pairs(relation.predicate):
            subject = self.find(relation.subject, types[0])
            object = self._article if relation.object == THIS_ARTICLE else self.find(relation.object, types[1])
            if subject and object:
                yield subject, object

    def _complain(self, relation: Relation) -> tuple[str, str]:
        said = f"{relation.subject} {relation.predicate.value} {relation.object}"
        subjects, objects = (
            " or ".join(sorted(types)) or THIS_ARTICLE
            for types in (SUBJECTS[relation.predicate], OBJECTS[relation.predicate])
        )
        raise InputError(
            f"the relation {said!r} does not join two entities of the article.",
            path=self._source,
            hint=f"{relation.predicate.value} leads from {subjects} to {objects}; add the entity or mend its name.",
        )


def _type_pairs(predicate: Predicate) -> Iterator[tuple[frozenset[EntityType], frozenset[EntityType]]]:
    """The types that may stand at the two ends together: for partOf, twice the same one."""
    if predicate is Predicate.PART_OF:
        yield from ((frozenset({type}), frozenset({type})) for type in EntityType if type in SUBJECTS[predicate])
    else:
        yield SUBJECTS[predicate], OBJECTS[predicate]


class _Scopes:
    """The place, or failing that the article, within which each name of an article is unique."""

    def __init__(self, article: Article, entities: Iterable[Entity], relations: Iterable[Relation]):
        self._places = {entity.name for entity in entities if entity.type is EntityType.PLACE}
        self._wholes = {fact.subject: fact.object for fact in relations if fact.predicate is Predicate.PART_OF}
        self._home = self._area(article.place or "") or article.id
        self._areas = tuple(clean_name(place) for place in {*self._places, self._home} if kinds.is_area(place))

    def of(self, type: EntityType, name: str) -> str | None:
        """The scope of a name; None where the name needs none."""
        if type is EntityType.GROUP or kinds.is_national(name):
            return None
        if type is EntityType.PLACE:
            needs_none = kinds.is_area(name) and not kinds.is_shared(name)
            return None if needs_none else self._area(self._wholes.get(name, "")) or self._home
        begins_with_area = kinds.head_area(name) or clean_name(name).startswith(self._areas)
        return None if begins_with_area else self._home

    def _area(self, place: str) -> str | None:
        """The place itself or the nearest one above it that is of county rank or higher."""
        seen: set[str] = set()
        while place not in seen:
            if kinds.is_area(place):
                return place
            seen.add(place)
            place = self._wholes.get(place, "")
        return None
