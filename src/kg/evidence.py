"""The receipts of the graph: claims and figures with the quotes they stand on, in the order of the texts.

Networks, explanations and answers all show evidence in the two forms defined here, which are plain enough for JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypedDict, TypeVar

from .store import Store
from .tables import Iri, Value
from .wording import Lang, say_landmark

Triple = tuple[str, str, str]
"""Subject, predicate and object as IRIs."""


class Quote(TypedDict):
    """A run of an article's clean text, with the rule that read it and how sure it is.

    `landmark` is the page, paragraph or row of the file where it begins (`page 3`), None where the format has none.
    """

    quote: str
    article: str
    title: str
    start: int
    end: int
    landmark: str | None
    rule: str
    confidence: float


class Figure(Quote):
    """A figure as people read it, names instead of nodes, role and level by their short names; and its receipt."""

    indicator: str
    value: int | float
    unit: str
    time: str | None
    role: str
    level: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One article saying one triple once."""

    iri: Iri
    subject: Iri
    predicate: Iri
    object: Iri
    quote: Quote


@dataclass(frozen=True, slots=True)
class Inference:
    """One application of a rule: the triple it gave, and the claims and inferences it rests on."""

    iri: Iri
    subject: Iri
    predicate: Iri
    object: Iri
    rule: Iri
    premises: tuple[Iri, ...] = ()


_Fact = TypeVar("_Fact", Claim, Inference)


@dataclass(frozen=True, slots=True)
class Observed:
    """A figure with its node, and the nodes of what it belongs to and where it holds."""

    iri: Iri
    of: Iri | None
    place: Iri | None
    figure: Figure
    quote: Quote


class Grounds:
    """What each triple rests on: the claims that state it, the inferences that gave it, and so on down."""

    def __init__(self, stated: Iterable[Claim], derived: Iterable[Inference]):
        self._claims: dict[str, Claim] = {claim.iri: claim for claim in stated}
        self._inferences: dict[str, Inference] = {inference.iri: inference for inference in derived}
        self._stated = _by_triple(self._claims.values())
        self._derived = _by_triple(self._inferences.values())

    def states(self, triple: Triple) -> bool:
        """Whether an article states the triple."""
        return triple in self._stated

    def claims(self, triple: Triple) -> tuple[Claim, ...]:
        """The claims that state the triple or, where none does, those that its inferences rest on in the end."""
        if triple in self._stated:
            return tuple(self._stated[triple])
        left = [premise for inference in self._derived.get(triple, ()) for premise in inference.premises]
        seen: dict[str, None] = {}
        while left:
            fact = left.pop(0)
            if fact not in seen:
                seen[fact] = None
                left += self._inferences[fact].premises if fact in self._inferences else ()
        return tuple(self._claims[fact] for fact in seen if fact in self._claims)


def _by_triple(facts: Iterable[_Fact]) -> dict[Triple, list[_Fact]]:
    found: dict[Triple, list[_Fact]] = {}
    for fact in facts:
        found.setdefault((fact.subject, fact.predicate, fact.object), []).append(fact)
    return found


_EVIDENCE: Final = """kg:quote ?quote ; kg:article ?article ;
    kg:start ?start ; kg:end ?end ; kg:confidence ?confidence .
  OPTIONAL { ?fact kg:landmark ?landmark } OPTIONAL { ?fact kg:foundBy ?rule }
  OPTIONAL { ?article dcterms:title ?title }"""

_CLAIMS: Final = f"""SELECT * WHERE {{
  ?fact rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?predicate ; a kg:Claim ; {_EVIDENCE}
}} ORDER BY ?article ?start ?end ?fact"""

_INFERENCES: Final = """SELECT * WHERE {
  ?fact rdf:subject ?subject ; rdf:object ?object ; rdf:predicate ?predicate ; kg:rule ?rule ; a kg:Inference .
  OPTIONAL { ?fact prov:wasDerivedFrom ?premise }
} ORDER BY ?rule ?fact ?premise"""

_FIGURES: Final = f"""SELECT * WHERE {{
  %s ?fact kg:indicator ?indicator ; kg:value ?value ; kg:unit ?unit ; kg:role ?role ; kg:level ?level ; {_EVIDENCE} %s
}} ORDER BY ?article ?start ?end ?value ?fact"""
_OPEN: Final = ("of", "place", "time")


def claims(store: Store, bound: Mapping[str, Value] | None = None) -> tuple[Claim, ...]:
    """The claims of the graph; `bound` gives the fact, subject, predicate, object or article they must have."""
    found = store.select(_CLAIMS, bound).dicts()
    return tuple(Claim(r["fact"], *_triple(r), _quote(r)) for r in _any(found))


def inferences(store: Store, bound: Mapping[str, Value] | None = None) -> tuple[Inference, ...]:
    """The inferences of the graph; `bound` gives the fact, subject, predicate, object or rule they must have."""
    found: dict[Iri, Inference] = {}
    for row in _any(store.select(_INFERENCES, bound).dicts()):
        known = found.setdefault(row["fact"], Inference(row["fact"], *_triple(row), row["rule"]))
        if row["premise"]:
            found[known.iri] = replace(known, premises=(*known.premises, row["premise"]))
    return tuple(found.values())


def figures(store: Store, bound: Mapping[str, Value] | None = None, *, lang: str = "zh") -> tuple[Observed, ...]:
    """The figures of the graph; `bound` gives the fact, indicator, article, place, of, role … they must have."""
    needed = " ".join(f"?fact kg:{field} ?{field} ." for field in _OPEN if field in (bound or {}))
    others = " ".join(f"OPTIONAL {{ ?fact kg:{field} ?{field} }}" for field in _OPEN if field not in (bound or {}))
    found = _any(store.select(_FIGURES % (needed, others), bound).dicts())
    labels = store.labels({r[key] for r in found for key in ("indicator", "place") if r[key]}, lang=lang)
    return tuple(Observed(r["fact"], r["of"], r["place"], _figure(r, labels), _quote(r)) for r in found)


def source(said: Quote, lang: Lang) -> str:
    """Where a quote stands: the title of its article and, where the file has it, the page, paragraph or row."""
    return ", ".join(filter(None, (said["title"], say_landmark(said["landmark"], lang))))


def number(value: Decimal) -> int | float:
    """An exact number as JSON has it: whole ones without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


def _any(rows: list[dict[str, Value]]) -> list[dict[str, Any]]:
    """The same rows; which column holds which type is said by the queries above."""
    return rows


def _triple(row: Mapping[str, Any]) -> tuple[Iri, Iri, Iri]:
    return row["subject"], row["predicate"], row["object"]


def _quote(row: Mapping[str, Any]) -> Quote:
    return Quote(
        quote=row["quote"],
        article=row["article"],
        title=row["title"] or "",
        start=row["start"],
        end=row["end"],
        landmark=row["landmark"],
        rule=row["rule"] or "",
        confidence=float(row["confidence"]),
    )


def _figure(row: Mapping[str, Any], labels: Mapping[str, str]) -> Figure:
    return Figure(
        indicator=labels.get(row["indicator"], row["indicator"]),
        value=number(row["value"]),
        unit=row["unit"],
        time=row["time"],
        role=row["role"].rsplit("/", 1)[-1],
        level=row["level"].rsplit("/", 1)[-1],
        place=labels.get(row["place"], row["place"]),
        **_quote(row),
    )
