"""How RDF terms are spelt in N-Triples. A subject or predicate is a bare IRI, an object is spelt by one of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from ..identifiers import format_decimal
from ..namespaces import XSD

Triple = tuple[str, str, str]
"""Subject and predicate as IRIs, object as a spelt term."""

_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def node(iri: str) -> str:
    """The IRI of a node."""
    return f"<{iri}>"


def text(value: str, *, language: str | None = None) -> str:
    """A plain text, or one in a language.

    >>> text('他说"好"', language="zh")
    '"他说\\\\"好\\\\""@zh'
    """
    spelt = f'"{value.translate(_ESCAPES)}"'
    return f"{spelt}@{language}" if language else spelt


def typed(value: str, datatype: str) -> str:
    """A value of a datatype."""
    return f"{text(value)}^^<{datatype}>"


def decimal(value: Decimal) -> str:
    """A number in its one spelling.

    >>> decimal(Decimal("5.850"))
    '"5.85"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return typed(format_decimal(value), XSD.decimal)


def integer(value: int) -> str:
    """A whole number."""
    return typed(str(value), XSD.integer)


def to_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """The triples as lines of N-Triples with their line ends, each once, in the order of their first standing."""
    return iter(dict.fromkeys(f"<{subject}> <{predicate}> {object} .\n" for subject, predicate, object in triples))
