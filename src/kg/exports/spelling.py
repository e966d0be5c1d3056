"""How terms are spelt in Turtle and TriG: with prefixes where the grammar allows, numbers and truth values bare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..namespaces import RDF, XSD

_TYPE: Final = f"<{RDF.type}>"
_LETTERS: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL: Final = re.compile(rf"[{_LETTERS}_0-9][{_LETTERS}_0-9\u00b7\u0300-\u036f\u203f\u2040-]*")
_TYPED: Final = re.compile(r'("(?:[^"\\]|\\.)*")\^\^<([^>]*)>')
_BARE: Final = {
    XSD.integer: re.compile(r'"([+-]?[0-9]+)"'),
    XSD.decimal: re.compile(r'"([+-]?[0-9]*\.[0-9]+)"'),
    XSD.boolean: re.compile(r'"(true|false)"'),
}


class Speller:
    """Spells terms given in N-Triples; `used` collects the prefixes that occur."""

    def __init__(self, prefixes: Mapping[str, str]):
        self._prefix_of = {space: prefix for prefix, space in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def spell(self, term: str) -> str:
        """The term in Turtle."""
        if term not in self._known:
            self._known[term] = self._iri(term[1:-1]) if term.startswith("<") else self._literal(term)
        return self._known[term]

    def verb(self, term: str) -> str:
        """The predicate in Turtle: `a` for rdf:type."""
        return "a" if term == _TYPE else self.spell(term)

    def prefix(self, term: str) -> str:
        """The prefix that would fit an IRI, or nothing."""
        return self._prefix_of.get(_space(term[1:-1]), "")

    def _iri(self, iri: str) -> str:
        space = _space(iri)
        prefix, local = self._prefix_of.get(space), iri[len(space) :]
        if prefix is None or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        self.used.add(prefix)
        return f"{prefix}:{local}"

    def _literal(self, term: str) -> str:
        typed = _TYPED.fullmatch(term)
        if typed is None:
            return term
        text, datatype = typed.groups()
        bare = _BARE[datatype].fullmatch(text) if datatype in _BARE else None
        return bare.group(1) if bare else f"{text}^^{self._iri(datatype)}"


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
