"""What follows from the facts: the rules of `ontology/inference/`, applied until nothing new comes out.

Each file is one CONSTRUCT query whose blank node stands for one application of the rule: what it derives, the node
it passes through, and its premises; a premise that is itself derived is called `?derived`. Here the application gets
its IRI, made of what it says, and the derived triple is asserted. Rules only ever add, so the result is the same in
any order, and a second run adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

import pyoxigraph as ox

from .errors import KnowledgeError
from .identifiers import mint_inference
from .namespaces import DEFAULT_BASE, KG, PROV, RDF, prefixes
from .resources import knowledge_files, knowledge_name, knowledge_text

_TYPE: Final = ox.NamedNode(RDF.type)
_INFERENCE: Final = ox.NamedNode(KG.Inference)
_PREMISE: Final = "?derived"
_AT_ONCE: Final = 100
_SAID: Final = (KG.rule, RDF.subject, RDF.predicate, RDF.object)

_COUNT: Final = """SELECT (COUNT(*) AS ?derived) {
  SELECT DISTINCT ?subject ?predicate ?object {
    ?inference a kg:Inference ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
  }
}"""


def infer(store: ox.Store, *, base: str = DEFAULT_BASE) -> int:
    """Add to the store all that the rules derive, each with its receipt; the number of derived triples in the store.

    The first round looks at everything, each later one only at what follows from the applications found last.
    Raises KnowledgeError for a rule that is no CONSTRUCT query or leaves out what an application must say.
    """
    rules = {knowledge_name(path): knowledge_text(path) for path in knowledge_files("inference/*.rq")}
    found = _add(store, _derive(store, rules, [""], base))
    rules = {name: query for name, query in rules.items() if _PREMISE in query}
    while found:
        found = _add(store, _derive(store, rules, _restrictions(found), base))
    return _count(store, base)


def _derive(store: ox.Store, rules: Mapping[str, str], restrictions: Iterable[str], base: str) -> set[ox.Quad]:
    """What the rules conclude, each asked once under each restriction."""
    return {
        quad
        for restriction in restrictions
        for name, query in rules.items()
        for quad in _conclusions(store, name, query + restriction, base)
    }


def _add(store: ox.Store, quads: set[ox.Quad]) -> list[str]:
    """Add what is new; the new applications of rules, in order."""
    fresh = {quad for quad in quads if quad not in store}
    store.extend(fresh)
    return sorted(str(quad.subject) for quad in fresh if quad.object == _INFERENCE)


def _restrictions(found: Sequence[str]) -> Iterator[str]:
    """Clauses that keep a rule to some of the applications found: few, so that the engine starts from them."""
    for start in range(0, len(found), _AT_ONCE):
        yield f"\nVALUES {_PREMISE} {{ {' '.join(found[start : start + _AT_ONCE])} }}"


def _count(store: ox.Store, base: str) -> int:
    rows = cast("ox.QuerySolutions", store.query(_COUNT, prefixes=prefixes(base)))
    return int(cast("ox.Literal", next(rows)["derived"]).value)


def _conclusions(store: ox.Store, name: str, query: str, base: str) -> Iterator[ox.Quad]:
    for said in _applications(store, name, query, base):
        one = {property: values[0] for property, values in said.items()}
        if not one.keys() >= {*_SAID, PROV.wasDerivedFrom}:
            raise KnowledgeError("an application must say rule, subject, predicate, object and premises", path=name)
        rule, subject, predicate, object = (one[property].value for property in _SAID)
        via = one[KG.via].value if KG.via in one else ""
        me = ox.NamedNode(mint_inference(rule, subject, predicate, object, via, base=base))
        yield ox.Quad(one[RDF.subject], one[RDF.predicate], one[RDF.object])
        yield ox.Quad(me, _TYPE, _INFERENCE)
        for property, values in said.items():
            yield from (ox.Quad(me, ox.NamedNode(property), value) for value in values)


def _applications(store: ox.Store, name: str, query: str, base: str) -> Iterator[dict[str, list[ox.NamedNode]]]:
    """What each blank node that the query constructs says."""
    try:
        triples = store.query(query, prefixes=prefixes(base))
    except SyntaxError as error:
        raise KnowledgeError(f"no valid query ({error})", path=name) from error
    if not isinstance(triples, ox.QueryTriples):
        raise KnowledgeError("a rule must be a CONSTRUCT query", path=name)
    applications: dict[ox.BlankNode, dict[str, list[ox.NamedNode]]] = {}
    for triple in triples:
        applications.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    yield from applications.values()
