"""What follows from the facts: the rules of `ontology/inference/`, applied until nothing new comes out.

Each file is one CONSTRUCT query whose blank node stands for one application of the rule: what it derives, the node
it passes through, and its premises. A premise that is a claim is called `?stated`, one that is itself derived
`?derived`; an article that a rule looks into is called `?article`. Here the application gets its IRI, made of what it
says, and the derived triple is asserted. Rules only ever add, so the result is the same in any order, and a second run
adds nothing.

What comes newly into a store is followed from there (`follow`): each rule is asked once for each of its names, kept to
what is new. What goes takes along what rests on it (`retract`), and what still follows without it is derived again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, cast

import pyoxigraph as ox

from .errors import KnowledgeError
from .identifiers import mint_inference
from .namespaces import DEFAULT_BASE, KG, PROV, RDF, prefixes
from .resources import knowledge_files, knowledge_name, knowledge_text
from .store.nodes import forget, objects, subjects

_TYPE: Final = ox.NamedNode(RDF.type)
_INFERENCE: Final = ox.NamedNode(KG.Inference)
_STATED, _DERIVED, _ARTICLE = "?stated", "?derived", "?article"
_AT_ONCE: Final = 100
_WHERE: Final = "WHERE {"
_PART: Final = 50_000
_MANY: Final = 10_000
"""From so many triples on the bulk loader is faster than a transaction; a draft that is killed counts for nothing."""
_SAID: Final = (KG.rule, RDF.subject, RDF.predicate, RDF.object)
_SUBJECT, _PREDICATE, _OBJECT, _FROM = (
    ox.NamedNode(iri) for iri in (RDF.subject, RDF.predicate, RDF.object, PROV.wasDerivedFrom)
)

_COUNT: Final = """SELECT (COUNT(*) AS ?derived) {
  SELECT DISTINCT ?subject ?predicate ?object {
    ?inference a kg:Inference ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
  }
}"""


def infer(store: ox.Store, *, base: str = DEFAULT_BASE) -> int:
    """Add to the store all that the rules derive, each with its receipt; the number of derived triples in the store.

    The first round looks at all that is stated, each later one only at what follows from the applications found last.
    Raises KnowledgeError for a rule that is no CONSTRUCT query or leaves out what an application must say.
    """
    stated = {name: query for name, query in _rules().items() if _DERIVED not in query}
    _add(store, _derive(store, stated, [""], base))
    _follow_on(store, sorted(str(one) for one in subjects(store, _TYPE, _INFERENCE)), base)
    return derived_count(store, base=base)


def follow(
    store: ox.Store,
    claims: Iterable[str],
    articles: Iterable[str],
    *,
    derived: Iterable[str] = (),
    base: str = DEFAULT_BASE,
) -> None:
    """Add what follows from new claims, new articles and inferences (IRIs) together with all that the store holds."""
    known = _rules()
    found: list[str] = []
    for name, nodes in ((_STATED, claims), (_ARTICLE, articles), (_DERIVED, derived)):
        rules = {path: query for path, query in known.items() if name in query}
        found += _add(store, _derive(store, rules, _restrictions(name, sorted(f"<{node}>" for node in nodes)), base))
    _follow_on(store, found, base)


def retract(store: ox.Store, facts: Iterable[str], touched: Collection[str], *, base: str = DEFAULT_BASE) -> None:
    """Take out what was derived from claims that are gone, and derive again what still follows from others.

    `facts` are the IRIs of the claims, `touched` those of all that the articles mentioned which are gone: a rule may
    have looked for two things in one text, so whatever joins two of them is doubted.
    """
    doubted = _resting_on(store, _between(store, touched) | {ox.NamedNode(fact) for fact in facts})
    said = {_triple(store, one) for one in doubted}
    for one in doubted:
        forget(store, one)
    for triple in said:
        if not _supported(store, *triple):
            store.remove(ox.Quad(*triple))
    ends = ((node, end) for node, _, _ in said for end in (_SUBJECT, _OBJECT))
    near = {fact.value for node, end in ends for fact in subjects(store, end, node)}
    follow(store, near, (), derived=near, base=base)


def _triple(store: ox.Store, inference: ox.NamedNode) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]:
    subject, predicate, object = (objects(store, inference, end)[0] for end in (_SUBJECT, _PREDICATE, _OBJECT))
    return subject, predicate, object


def _resting_on(store: ox.Store, facts: set[ox.NamedNode]) -> set[ox.NamedNode]:
    """The inferences that rest on any of the facts, however indirectly, and those among the facts themselves."""
    found = {fact for fact in facts if ox.Quad(fact, _TYPE, _INFERENCE) in store}
    left = list(facts)
    while left:
        resting = set(subjects(store, _FROM, left.pop())) - found
        left += resting
        found |= resting
    return found


def _between(store: ox.Store, nodes: Collection[str]) -> set[ox.NamedNode]:
    """The inferences that join two of the nodes."""
    from_one = (fact for node in nodes for fact in subjects(store, _SUBJECT, ox.NamedNode(node)))
    inferences = (fact for fact in from_one if ox.Quad(fact, _TYPE, _INFERENCE) in store)
    return {fact for fact in inferences if objects(store, fact, _OBJECT)[0].value in nodes}


def _supported(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode, object: ox.NamedNode) -> bool:
    """Whether a claim or an inference says the triple."""
    return any(
        ox.Quad(fact, _PREDICATE, predicate) in store and ox.Quad(fact, _OBJECT, object) in store
        for fact in subjects(store, _SUBJECT, subject)
    )


def derived_count(store: ox.Store, *, base: str = DEFAULT_BASE) -> int:
    """How many different triples the store holds as derived."""
    rows = cast("ox.QuerySolutions", store.query(_COUNT, prefixes=prefixes(base)))
    return int(cast("ox.Literal", next(rows)["derived"]).value)


def _derive(store: ox.Store, rules: Mapping[str, str], restrictions: Iterable[str], base: str) -> Iterator[ox.Quad]:
    """What the rules conclude, each asked once under each restriction."""
    for restriction in restrictions:
        for name, query in rules.items():
            yield from _conclusions(store, name, query.replace(_WHERE, _WHERE + restriction, 1), base)


def _add(store: ox.Store, quads: Iterator[ox.Quad]) -> list[str]:
    """Add what is new, part by part, so that memory does not grow with the store; the new applications, in order."""
    found: list[str] = []
    while part := set(islice(quads, _PART)):
        fresh = {quad for quad in part if quad not in store}
        (store.bulk_extend if len(fresh) >= _MANY else store.extend)(fresh)
        found += (str(quad.subject) for quad in fresh if quad.object == _INFERENCE)
    return sorted(found)


def _restrictions(name: str, nodes: Sequence[str]) -> Iterator[str]:
    """Clauses that keep a rule to some nodes under one of its names: few and first, so that the engine starts there."""
    for start in range(0, len(nodes), _AT_ONCE):
        yield f" VALUES {name} {{ {' '.join(nodes[start : start + _AT_ONCE])} }}"


def _follow_on(store: ox.Store, found: list[str], base: str) -> None:
    """Apply the rules to what was found last until nothing new comes out."""
    rules = {name: query for name, query in _rules().items() if _DERIVED in query}
    while found:
        found = _add(store, _derive(store, rules, _restrictions(_DERIVED, found), base))


def _rules() -> dict[str, str]:
    return {knowledge_name(path): knowledge_text(path) for path in knowledge_files("inference/*.rq")}


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
