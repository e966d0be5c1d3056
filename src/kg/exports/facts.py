"""The facts of an article as flat rows, one for each claim, figure and inference: what data engines read.

Things stand by their IRI with a label beside it; terms of the vocabulary (predicate, class, role, level, rule) by
their short name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from .. import kinds
from ..model import Property
from ..namespaces import DCTERMS, KG, PROV, RDF
from ..store import Store
from ..store.terms import to_plain
from ..tables import Iri, Value

Row = dict[str, Any]
"""Value by column; a column that says nothing of a fact is left out."""

_DETAILS: Final = frozenset(KG[name] for name in Property)
_KINDS: Final = ("entity", "relation", "detail", "observation", "inference")
_ARTICLE: Final = {
    "article_title": DCTERMS.title,
    "article_source": DCTERMS.identifier,
    "article_date": DCTERMS.issued,
    "article_place": DCTERMS.spatial,
}
_LABELLED: Final = ("subject", "object", "indicator", "place", "article_place", "via")


def year_and_province(store: Store, article: str) -> tuple[str | None, str | None]:
    """The year in which an article came out and the province that its main area lies in; None for what is not known."""
    issued, place = (_one(store, article, term) for term in (DCTERMS.issued, DCTERMS.spatial))
    return str(issued)[:4] if issued else None, _province(store, place) if isinstance(place, Iri) else None


def rows(store: Store, article: str) -> list[Row]:
    """The facts of an article in the order of kinds and of the text, then the inferences that rest on any of them.

    An inference that rests on several articles stands with each.
    """
    facts = [_fact(store, Iri(fact)) for fact, _, _ in store.triples(None, KG.article, Iri(article))]
    derived = [_inference(store, one) for one in _resting_on(store, (row["fact"] for row in facts))]
    source = {"article": article} | {column: _one(store, article, term) for column, term in _ARTICLE.items()}
    found = [source | row for row in (*facts, *derived)]
    labels = store.labels({row[name] for row in found for name in _LABELLED if isinstance(row.get(name), Iri)})
    for row in found:
        row |= {f"{name}_label": labels[row[name]] for name in _LABELLED if row.get(name) in labels}
    return sorted(found, key=_order)


class _Node:
    """What a store says of a node."""

    def __init__(self, store: Store, iri: str):
        self._values: dict[str, list[Value]] = defaultdict(list)
        for _, predicate, term in store.triples(iri):
            self._values[predicate].append(to_plain(term))

    def one(self, predicate: str) -> Any:
        """The value of a property, the first by its spelling where there are several."""
        return _first(self._values.get(predicate, ()))

    def all(self, predicate: str) -> list[str]:
        """All values of a property, sorted."""
        return sorted(map(str, self._values.get(predicate, ())))

    def fields(self, **predicates: str) -> Row:
        """The values of properties under the names of columns."""
        return {column: self.one(predicate) for column, predicate in predicates.items()}


def _fact(store: Store, fact: Iri) -> Row:
    said = _Node(store, fact)
    row = _figure(said) if said.one(RDF.type) == KG.Observation else _claim(said)
    receipt = said.fields(
        quote=KG.quote, start=KG.start, end=KG.end, landmark=KG.landmark, rule=KG.foundBy, confidence=KG.confidence
    )
    reader = store.labels([said.one(PROV.wasAttributedTo)]).get(said.one(PROV.wasAttributedTo))
    return {"fact": fact, **row, **receipt, "confidence": float(receipt["confidence"]), "reader": reader}


def _claim(said: _Node) -> Row:
    row = _triple(said)
    if said.one(RDF.predicate) == RDF.type:
        return {"kind": "entity", **row, "object": _short(row["object"])}
    return {"kind": "detail" if said.one(RDF.predicate) in _DETAILS else "relation", **row}


def _figure(said: _Node) -> Row:
    row = said.fields(
        subject=KG.of, indicator=KG.indicator, unit=KG.unit, time=KG.time, place=KG.place, subtotal_of=KG.subtotalOf
    )
    days = {name: said.one(KG[term]) for name, term in (("time_from", "from"), ("time_to", "to"))}
    return {
        "kind": "observation",
        **row,
        "value": float(said.one(KG.value)),
        "role": _short(said.one(KG.role)),
        "level": _short(said.one(KG.level)),
        **{name: date.fromisoformat(day) for name, day in days.items() if day},
    }


def _inference(store: Store, fact: Iri) -> Row:
    said = _Node(store, fact)
    how = {"rule": _short(said.one(KG.rule)), "via": said.one(KG.via), "premises": said.all(PROV.wasDerivedFrom)}
    return {"fact": fact, "kind": "inference", **_triple(said), **how}


def _triple(said: _Node) -> Row:
    subject, predicate, object = (said.one(term) for term in (RDF.subject, RDF.predicate, RDF.object))
    value = object if isinstance(object, Iri) else str(object)
    return {"subject": subject, "predicate": _short(predicate), "object": value}


def _resting_on(store: Store, facts: Iterable[Iri]) -> Iterator[Iri]:
    """The inferences that rest on any of the facts, however indirectly, each once."""
    left, seen = list(facts), set[str]()
    while left:
        for inference, _, _ in store.triples(None, PROV.wasDerivedFrom, left.pop()):
            if inference not in seen:
                seen.add(inference)
                left.append(Iri(inference))
                yield Iri(inference)


def _province(store: Store, place: Iri) -> str | None:
    """The province of a place by its own name or by that of a place over it."""
    wider = {Iri(str(to_plain(term))) for over in (KG.partOf, KG.within) for _, _, term in store.triples(place, over)}
    for names in ([place], wider):
        found = [province for name in store.labels(names).values() if (province := kinds.province(name))]
        if found:
            return min(found)
    return None


def _one(store: Store, node: str, predicate: str) -> Value:
    return _first(to_plain(term) for _, _, term in store.triples(node, predicate))


def _first(values: Iterable[Value]) -> Value:
    return min(values, key=str, default=None)


def _order(row: Mapping[str, Any]) -> tuple[int, int, int, str]:
    return _KINDS.index(row["kind"]), row.get("start", 0), row.get("end", 0), row["fact"]


def _short(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
