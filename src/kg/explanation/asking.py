"""From the names that people give to the reasons for what the graph says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from ..errors import UnknownName
from ..evidence import Observed, figures
from ..model import OBJECTS, SUBJECTS, EntityType, Predicate
from ..names import lookup
from ..namespaces import KG
from ..store import Store
from ..store.terms import to_plain
from ..tables import Iri
from .reasons import Reason, Reasoner

_PREDICATES = (*map(str, Predicate), "affects", "within")
_REACHING = frozenset({EntityType.DOCUMENT, EntityType.MECHANISM})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked and why it stands. No predicate: everything known of the subject; no object: every one.

    Without reasons the graph does not hold what was asked; `held` are then the objects that it does hold.
    `labels` names every node of the trees, by language.
    """

    subject: Iri
    predicate: Iri | None
    object: Iri | None
    reasons: tuple[Reason, ...]
    figures: tuple[Observed, ...] = ()
    held: tuple[Iri, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def explain(store: Store, subject: str, predicate: str | None = None, object: str | None = None) -> Explanation:
    """The reasons for a fact, for all facts of a subject with one predicate, or for everything known of it.

    Things go by their names (see `kg.names`), predicates by local name or label. Raises UnknownName.
    """
    if predicate is None:
        node = lookup(store, subject).iri
        reasons = tuple(Reasoner(store).around(node))
        return _labelled(store, Explanation(node, None, None, reasons, _figures(store, node)))
    verb = _predicate(store, predicate)
    node = lookup(store, subject, types=_types(verb, "subject")).iri
    held = tuple(sorted(Iri(str(to_plain(term))) for _, _, term in store.triples(node, KG[verb])))
    wanted = None if object is None else lookup(store, object, types=_types(verb, "object")).iri
    why = Reasoner(store)
    reasons = tuple(why.reason((node, Iri(KG[verb]), one)) for one in held if wanted in (None, one))
    return _labelled(store, Explanation(node, Iri(KG[verb]), wanted, reasons, held=held))


def _predicate(store: Store, name: str) -> str:
    labels = {name: name for name in _PREDICATES} | {f"kg:{name}": name for name in _PREDICATES}
    for lang in ("zh", "en"):
        found = store.labels([KG[name] for name in _PREDICATES], lang=lang)
        labels |= {found.get(KG[name], name): name for name in _PREDICATES}
    if name not in labels:
        raise UnknownName(
            "predicate", name, tuple(get_close_matches(name, labels)), f"Known: {', '.join(_PREDICATES)}."
        )
    return labels[name]


def _types(verb: str, side: str) -> frozenset[EntityType]:
    """The types that may stand at one side of a predicate; none means any."""
    if verb == "affects":
        return _REACHING if side == "subject" else frozenset({EntityType.GROUP})
    if verb == "within":
        return SUBJECTS[Predicate.PART_OF]
    return (SUBJECTS if side == "subject" else OBJECTS)[Predicate(verb)]


def _figures(store: Store, node: Iri) -> tuple[Observed, ...]:
    """The figures that belong to a node, hold in it, or measure it."""
    found = [seen for key in ("of", "place", "indicator") for seen in figures(store, {key: node})]
    return tuple({seen.iri: seen for seen in found}.values())


def _labelled(store: Store, bare: Explanation) -> Explanation:
    nodes = {bare.subject, *bare.held, *filter(None, (bare.predicate, bare.object))}
    nodes |= {Iri(iri) for reason in bare.reasons for iri in reason.iris()}
    labels = {lang: store.labels(sorted(nodes), lang=lang) for lang in ("zh", "en")}
    return replace(bare, labels=labels)
