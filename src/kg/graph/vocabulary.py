"""The ontology as lines of N-Triples: what every store holds beside its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ..namespaces import DEFAULT_BASE, KINDS, RDFS, SKOS
from ..resources import knowledge_files, knowledge_triples
from .terms import Triple, to_lines

_GROUPS = KINDS["group"] + "/"


def vocabulary_ntriples(base: str = DEFAULT_BASE) -> Iterator[str]:
    """The concept schemes and the ontology, sorted, without what needs blank nodes (chains, unions, inverses).

    Groups of the scheme move below `base`, so that a group found in a text and the scheme's are one node. Every
    preferred label stands as rdfs:label too, so that one property gives the name of anything.
    """
    files: tuple[str | Path, ...] = ("kg.ttl", *knowledge_files("vocab/*.ttl"))
    return iter(sorted(to_lines(triple for file in files for triple in _triples(file, base))))


def _triples(file: str | Path, base: str) -> Iterator[Triple]:
    for triple in knowledge_triples(file):
        subject, predicate, object = triple.subject, triple.predicate, triple.object
        if isinstance(subject, ox.NamedNode) and not isinstance(object, ox.BlankNode):
            said = (_rebased(subject.value, base), predicate.value, _rebased(str(object), base))
            yield said
            if predicate.value == SKOS.prefLabel:
                yield said[0], RDFS.label, said[2]


def _rebased(term: str, base: str) -> str:
    return term.replace(DEFAULT_BASE + _GROUPS, f"{base}{_GROUPS}", 1)
