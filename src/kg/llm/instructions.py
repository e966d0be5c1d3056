"""What a model is told: the closed types and predicates with their definitions, and the shape of its answer.

Both are made of `ontology/kg.ttl`, the model's closed lists and `ontology/reader/instructions.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from string import Template
from typing import Any, Final

from ..model import OBJECTS, SUBJECTS, THIS_ARTICLE, EntityType, Level, Predicate, Role
from ..namespaces import KG, RDFS, SKOS
from ..resources import knowledge_text, knowledge_triples

_TEMPLATE: Final = "reader/instructions.md"


@cache
def instructions() -> str:
    """The instructions, the same for every passage."""
    types = (f"- {type}: {_described(type)}" for type in EntityType)
    predicates = (f"- {predicate}: {_ends(predicate)}. {_described(predicate)}" for predicate in Predicate)
    return Template(knowledge_text(_TEMPLATE)).substitute(
        types="\n".join(types), predicates="\n".join(predicates), roles=", ".join(Role), levels=", ".join(Level)
    )


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    entity = {"type": _one_of(EntityType), "name": text, "also": {"type": "array", "items": text}, "quote": text}
    relation = {"subject": text, "predicate": _one_of(Predicate), "object": text, "quote": text}
    figure = {"indicator": text, "value": {"type": "number"}, "unit": text, "time": maybe, "place": maybe}
    figure |= {"role": _one_of(Role), "of": maybe, "level": _one_of(Level), "quote": text}
    lists: dict[str, dict[str, Any]] = {"entities": entity, "relations": relation, "observations": figure}
    return _record({name: {"type": "array", "items": _record(item)} for name, item in lists.items()})


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [str(name) for name in names]}


def _record(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _ends(predicate: Predicate) -> str:
    objects = " or ".join(sorted(OBJECTS[predicate])) or THIS_ARTICLE
    return f"{' or '.join(sorted(SUBJECTS[predicate]))} → {objects}"


def _described(term: str) -> str:
    known = _definitions()[term]
    return f"{known['label']}. {known['definition']}"


@cache
def _definitions() -> dict[str, dict[str, str]]:
    """For every term of the ontology its Chinese label and its English definition."""
    from pyoxigraph import Literal, NamedNode

    wanted = {(RDFS.label, "zh"): "label", (SKOS.definition, "en"): "definition"}
    found: dict[str, dict[str, str]] = {}
    for triple in knowledge_triples("kg.ttl"):
        term, value = triple.subject, triple.object
        if isinstance(term, NamedNode) and isinstance(value, Literal):
            key = wanted.get((triple.predicate.value, value.language or ""))
            if key:
                found.setdefault(term.value.removeprefix(KG.iri), {})[key] = value.value
    return found
