"""Terms of Oxigraph on one side, plain values and rdflib nodes on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..namespaces import XSD
from ..tables import Duration, Iri, Rows, Value

if TYPE_CHECKING:
    from rdflib.term import Identifier

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_LITERALS: Final[Mapping[str, Callable[[str], Value]]] = {
    XSD.boolean: lambda text: text in ("true", "1"),
    XSD.duration: Duration,
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.iri + "double": float,
    XSD.iri + "float": float,
}
"""How a literal of a datatype is read; one of any other is its text."""


def to_rows(solutions: ox.QuerySolutions) -> Rows:
    """The solutions of a SELECT as rows of plain values, in the order of the engine."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, tuple(tuple(map(to_plain, solution)) for solution in solutions))


def to_plain(term: Term | None) -> Value:
    """A term as a plain value: numbers and truth values as such, IRIs as `Iri`, durations as `Duration`, else as text.

    So is a literal that is not what its datatype says.
    """
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term)
    return None if term is None else str(term)


def _literal(term: ox.Literal) -> Value:
    text, read = term.value, _LITERALS.get(term.datatype.value)
    try:
        return read(text) if read else text
    except (ValueError, ArithmeticError):
        return text


def to_term(value: str | float | Decimal) -> Term:
    """A plain value as a term: an `Iri` as a node, anything else as a literal."""
    if isinstance(value, Iri):
        return ox.NamedNode(value)
    if isinstance(value, Decimal):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD.decimal))
    return ox.Literal(value)


def to_rdflib(term: Term) -> Identifier:
    """A term as an rdflib node, its spelling kept."""
    from rdflib import BNode, Literal, URIRef

    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == XSD.string:
            return Literal(term.value)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
        case _:
            return BNode(str(term).removeprefix("_:"))
