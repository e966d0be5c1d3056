"""What each kind of SHACL constraint forbids, as a SPARQL expression over `?value` that is true for a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..namespaces import XSD
from .shacl import Node, Object, Shapes, local

COUNTS: Final = {
    "minCount": "{{ {target} MINUS {{ {having} >= {limit}) }} }}",
    "maxCount": "{{ {having} > {limit}) }} {target}",
}
"""The constraints on the number of values, as a pattern for those at fault: the property is counted on its own, which
is many times cheaper than counting it node by node, and then compared with the target."""

_CASTS: Final = {f"<{XSD.iri}{name}>" for name in ("integer", "decimal", "boolean", "date", "dateTime", "double")}
_NODE_KINDS: Final = {
    "IRI": "!ISIRI(?value)",
    "Literal": "!ISLITERAL(?value)",
    "BlankNode": "!ISBLANK(?value)",
    "BlankNodeOrIRI": "ISLITERAL(?value)",
    "BlankNodeOrLiteral": "ISIRI(?value)",
    "IRIOrLiteral": "ISBLANK(?value)",
}


def violation(shapes: Shapes, shape: Node, about: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Name and expression of each value constraint of a shape; names in `about` are no constraints.

    Raises KnowledgeError for a constraint that is not understood.
    """
    for name, terms in shapes.terms(shape).items():
        if name in about or name in COUNTS:
            continue
        if name not in _TESTS:
            raise shapes.error(f"sh:{name} is not understood", shape)
        for term in terms:
            yield name, _TESTS[name](shapes, shape, term)


def _class(shapes: Shapes, shape: Node, term: Object) -> str:
    """A fault where the value is neither of the class, which is quickly told, nor of a narrower one."""
    return f"(NOT EXISTS {{ ?value a {term} }} && NOT EXISTS {{ ?value a/rdfs:subClassOf* {term} }})"


def _datatype(shapes: Shapes, shape: Node, term: Object) -> str:
    ill_formed = f" || !COALESCE(ISLITERAL({term}(STR(?value))), false)" if str(term) in _CASTS else ""
    return f"(!ISLITERAL(?value) || DATATYPE(?value) != {term}{ill_formed})"


def _node_kind(shapes: Shapes, shape: Node, term: Object) -> str:
    return _NODE_KINDS[local(str(term).strip("<>"))]


def _pattern(shapes: Shapes, shape: Node, term: Object) -> str:
    flags = "".join(f", {flag}" for flag in shapes.terms(shape).get("flags", ()))
    return f"(ISBLANK(?value) || !REGEX(STR(?value), {term}{flags}))"


def _in(shapes: Shapes, shape: Node, term: Object) -> str:
    return "!(" + " || ".join(f"SAMETERM(?value, {member})" for member in shapes.members(term)) + ")"


def _or(shapes: Shapes, shape: Node, term: Object) -> str:
    """A fault where every alternative is one."""
    return "(" + " && ".join(_any_of(shapes, member) for member in shapes.members(term)) + ")"


def _any_of(shapes: Shapes, shape: Object) -> str:
    assert isinstance(shape, Node)
    return "(" + " || ".join(expression for _, expression in violation(shapes, shape, frozenset())) + ")"


def _compared(operator: str) -> Callable[[Shapes, Node, Object], str]:
    return lambda shapes, shape, term: f"!COALESCE(?value {operator} {term}, false)"


def _length(operator: str) -> Callable[[Shapes, Node, Object], str]:
    return lambda shapes, shape, term: f"(ISBLANK(?value) || !(STRLEN(STR(?value)) {operator} {term}))"


_TESTS: Final[dict[str, Callable[[Shapes, Node, Object], str]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "in": _in,
    "or": _or,
    "minInclusive": _compared(">="),
    "maxInclusive": _compared("<="),
    "minExclusive": _compared(">"),
    "maxExclusive": _compared("<"),
    "minLength": _length(">="),
    "maxLength": _length("<="),
}
