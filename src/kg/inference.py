"""What follows from the facts: the rules of `ontology/inference/`, applied until nothing new comes out.

Each file is one CONSTRUCT query whose blank node stands for one application of the rule: what it derives, the node
it passes through, and its premises. A premise that is a claim is called `?stated`, one that is itself derived
`?derived`; an article that a rule looks into is called `?article`. One of the premises tells of the subject of what is
derived. Here the application gets its IRI, made of what it says, and the derived triple is asserted. Rules only ever
add, so the result is the same in any order, and a second run adds nothing.

What comes newly into a store is followed from there (`follow`): each rule is asked once for each of its names, kept to
what is new. What goes takes along what rests on it (`doubt`), and what still follows without it is derived again
(`settle`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, cast

import pyoxigraph as ox

from .errors import KnowledgeError
from .identifiers import mint_inference
from .namespaces import DEFAULT_BASE, KG, PROV, RDF, prefixes
from .resources import knowledge_files, knowledge_name, knowledge_text
from .store.engine import Engine, LocalEngine, Nodes, placed

_TYPE: Final = ox.NamedNode(RDF.type)
_INFERENCE: Final = ox.NamedNode(KG.Inference)
_STATED, _DERIVED, _ARTICLE = "?stated", "?derived", "?article"
_SAID: Final = (KG.rule, RDF.subject, RDF.predicate, RDF.object)
_PREMISE: Final = re.compile(r"\?stated\s[^.]*?rdf:predicate kg:(\w+)")
_PART: Final = 50_000
_Application = dict[str, list[ox.NamedNode]]

_ALL: Final = "SELECT ?fact WHERE { ?fact a kg:Inference }"
_RESTING: Final = "SELECT ?fact WHERE { ?fact prov:wasDerivedFrom ?premise }"
_JOINING: Final = "SELECT ?fact ?end WHERE { ?fact rdf:subject ?node ; a kg:Inference ; rdf:object ?end }"
_TELLING: Final = tuple(f"SELECT ?fact WHERE {{ ?fact rdf:{end} ?node }}" for end in ("subject", "object"))
_SAID_BY: Final = """SELECT DISTINCT ?subject ?predicate ?object WHERE {
  ?fact rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
}"""
_COUNT: Final = """SELECT (COUNT(*) AS ?derived) {
  SELECT DISTINCT ?subject ?predicate ?object {
    ?inference a kg:Inference ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
  }
}"""


def premises() -> frozenset[str]:
    """The predicates of the claims that a rule may rest on: nothing follows from any other claim.

    Raises KnowledgeError where a rule does not say which claims it is about.
    """
    return frozenset(KG[name] for path, query in _rules().items() for name in _stated(path, query))


def _stated(path: str, query: str) -> list[str]:
    found = _PREMISE.findall(query)
    if _STATED in query and not found:
        raise KnowledgeError("it must name the predicate of ?stated, as in rdf:predicate kg:targets", path=path)
    return found


def infer(store: ox.Store, *, base: str = DEFAULT_BASE) -> int:
    """Add to the store all that the rules derive, each with its receipt; the number of derived triples in the store.

    The first round looks at all that is stated, each later one only at what follows from the applications found last.
    Raises KnowledgeError for a rule that is no CONSTRUCT query or leaves out what an application must say.
    """
    engine = LocalEngine(store, base)
    stated = {path: query for path, query in _rules().items() if _DERIVED not in query}
    _add(engine, _derive(engine, stated, "", None, base))
    _follow_on(engine, [fact for (fact,) in engine.select(_ALL)], base)
    return derived_count(store, base=base)


def follow(
    engine: Engine,
    claims: Nodes,
    articles: Nodes,
    *,
    derived: Nodes = (),
    base: str = DEFAULT_BASE,
) -> None:
    """Add what follows from new claims, new articles and inferences together with all that the graph holds."""
    known = _rules()
    found: list[ox.NamedNode] = []
    for name, nodes in ((_STATED, claims), (_ARTICLE, articles), (_DERIVED, derived)):
        rules = {path: query for path, query in known.items() if name in query}
        found += _add(engine, _derive(engine, rules, name, set(nodes), base))
    _follow_on(engine, found, base)


def doubt(engine: Engine, facts: Nodes, touched: Iterable[Collection[ox.NamedNode]], doubtful: ox.NamedNode) -> None:
    """Move what was derived from claims that go to the graph of what is doubtful; what lies there rests on them, too.

    `touched` are the things that each article mentioned which goes: a rule may have looked for two things in one text,
    so whatever joins two of them is doubted.
    """
    before = {fact for (fact,) in engine.select(_ALL, graph=doubtful)}
    roots = before | {fact for nodes in touched for fact in _between(engine, nodes)}
    doubted = roots | _resting_on(engine, roots | set(facts))
    quads = list(engine.about(doubted))
    engine.insert(placed((quad.triple for quad in quads), doubtful))
    engine.delete(quads)


def settle(engine: Engine, doubtful: ox.NamedNode, *, base: str = DEFAULT_BASE) -> None:
    """Take out what only doubtful inferences said, derive again what still follows from others, doubt no more.

    The claims in question must be gone. Doubting and settling can be begun anew wherever they were broken off.
    """
    said = {ox.Triple(*row) for row in engine.select(_SAID_BY, graph=doubtful)}
    subjects = {cast(ox.NamedNode, triple.subject) for triple in said}
    supported = {ox.Triple(*row) for row in engine.select(_SAID_BY, "?subject", subjects)}
    engine.delete(ox.Quad(*triple) for triple in said - supported)
    near = {fact for query in _TELLING for (fact,) in engine.select(query, "?node", subjects)}
    follow(engine, near, (), derived=near, base=base)
    engine.drop(doubtful)


def _resting_on(engine: Engine, facts: Nodes) -> set[ox.NamedNode]:
    """The inferences that rest on any of the facts, however indirectly."""
    found: set[ox.NamedNode] = set()
    left = set(facts)
    while left:
        left = {fact for (fact,) in engine.select(_RESTING, "?premise", left)} - found
        found |= left
    return found


def _between(engine: Engine, nodes: Collection[ox.NamedNode]) -> set[ox.NamedNode]:
    """The inferences that join two of the nodes."""
    return {fact for fact, end in engine.select(_JOINING, "?node", nodes) if end in nodes}


def derived_count(store: ox.Store, *, base: str = DEFAULT_BASE) -> int:
    """How many different triples the store holds as derived."""
    rows = cast("ox.QuerySolutions", store.query(_COUNT, prefixes=prefixes(base)))
    return int(cast("ox.Literal", next(rows)["derived"]).value)


def _derive(engine: Engine, rules: Mapping[str, str], name: str, nodes: Nodes | None, base: str) -> Iterator[ox.Quad]:
    """What the rules conclude, each kept to some nodes under one of its names."""
    for path, query in rules.items():
        yield from _conclusions(_applied(engine, path, query, name, nodes), path, base)


def _add(engine: Engine, quads: Iterator[ox.Quad]) -> list[ox.NamedNode]:
    """Add what is new, part by part, so that memory does not grow with the store; the new applications of rules."""
    found: list[ox.NamedNode] = []
    while part := set(islice(quads, _PART)):
        fresh = engine.lacking(part)
        engine.insert(fresh)
        found += (cast(ox.NamedNode, quad.subject) for quad in fresh if quad.object == _INFERENCE)
    return found


def _follow_on(engine: Engine, found: list[ox.NamedNode], base: str) -> None:
    """Apply the rules to what was found last until nothing new comes out."""
    rules = {path: query for path, query in _rules().items() if _DERIVED in query}
    while found:
        found = _add(engine, _derive(engine, rules, _DERIVED, found, base))


def _rules() -> dict[str, str]:
    return {knowledge_name(path): knowledge_text(path) for path in knowledge_files("inference/*.rq")}


def _conclusions(applications: Iterable[_Application], path: str, base: str) -> Iterator[ox.Quad]:
    for said in applications:
        one = {property: values[0] for property, values in said.items()}
        if not one.keys() >= {*_SAID, PROV.wasDerivedFrom}:
            raise KnowledgeError("an application must say rule, subject, predicate, object and premises", path=path)
        rule, subject, predicate, object = (one[property].value for property in _SAID)
        via = one[KG.via].value if KG.via in one else ""
        me = ox.NamedNode(mint_inference(rule, subject, predicate, object, via, base=base))
        yield ox.Quad(one[RDF.subject], one[RDF.predicate], one[RDF.object])
        yield ox.Quad(me, _TYPE, _INFERENCE)
        for property, values in said.items():
            yield from (ox.Quad(me, ox.NamedNode(property), value) for value in values)


def _applied(engine: Engine, path: str, query: str, name: str, nodes: Nodes | None) -> Iterator[_Application]:
    """What each blank node that the query constructs says."""
    try:
        for triples in engine.construct(query, name, nodes):
            applications: dict[ox.BlankNode, _Application] = {}
            for triple in triples:
                said = applications.setdefault(cast(ox.BlankNode, triple.subject), {})
                said.setdefault(triple.predicate.value, []).append(cast(ox.NamedNode, triple.object))
            yield from applications.values()
    except SyntaxError as error:
        raise KnowledgeError(f"no valid query ({error})", path=path) from error
