"""From what people call a thing to its node: by label, alias or unique part, among things of the wanted types.

Nothing is guessed: a name that fits several nodes, or none, is an error that lists what it may have meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pyoxigraph import Literal, NamedNode

from .errors import UnknownName
from .model import EntityType
from .namespaces import KG, RDF, RDFS, SCHEMES, SKOS, VOCABULARY
from .store import Store
from .tables import Iri
from .text import tidy_name
from .wording import Lang

_TYPES = {KG[name]: name for name in (*EntityType, "Article", "Indicator")}
_SCHEMES = {f"{VOCABULARY}{folder}": folder.capitalize() for folder in SCHEMES.values()}
_KINDS = {RDF.type: _TYPES, SKOS.inScheme: _SCHEMES}
KINDS_OF_NAME = frozenset((*_TYPES.values(), *_SCHEMES.values()))
"""What `types` may hold: the types of things and the schemes of concepts."""

_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a node, with the types of the node; a concept of a scheme has the scheme's name: `Instrument`.

    `alias` tells that the node has a name of its own and goes by this one besides.
    """

    label: str
    types: frozenset[str]
    iri: Iri
    alias: bool = False


def names(store: Store, *, types: Collection[str] = ()) -> Iterator[Named]:
    """Every label and alias of the graph, sorted; only of things of one of `types` where these are given."""
    nodes: dict[str, set[str]] = {}
    for predicate, known in _KINDS.items():
        for value, name in known.items():
            for node, _, _ in store.triples(predicate=predicate, object=Iri(value)):
                nodes.setdefault(node, set()).add(name)
    return _named(store, nodes, types)


def names_of(store: Store, nodes: Iterable[str]) -> Iterator[Named]:
    """Every label and alias of the nodes of some IRIs, sorted; no other node is looked at."""
    return _named(store, _kinds_of(store, nodes), ())


def lookup(store: Store, name: str, *, types: Collection[str] = ()) -> Named:
    """The one node that goes by `name`, which may also be an IRI or a prefixed one (`mech:定远县_结对帮扶`).

    Raises UnknownName with the nearest names, or with the prefixed IRIs of all that fit where several do.
    """
    iri = _expanded(store, name)
    exact: tuple[Callable[[Named], bool], ...] = (
        lambda one: one.iri == iri,
        lambda one: one.label == name and not one.alias,
        lambda one: one.label == name,
    )
    wanted = _folded(name)
    like: tuple[Callable[[Named], bool], ...] = (
        lambda one: _folded(one.label) == wanted,
        lambda one: wanted in _folded(one.label),
    )
    called = tuple(_named(store, _kinds_of(store, {*_called(store, name), *([iri] if iri else ())}), types))
    if found := _single(store, called, exact, name, types):
        return found
    known = tuple(names(store, types=types))
    if found := _single(store, known, like if wanted else (), name, types):
        return found
    from difflib import get_close_matches

    near = get_close_matches(name, sorted({one.label for one in known}), n=_NEAREST, cutoff=0.4)
    raise UnknownName(_kind(types), name, tuple(near))


def _single(
    store: Store, known: Sequence[Named], fits: Iterable[Callable[[Named], bool]], name: str, types: Collection[str]
) -> Named | None:
    """The one that fits best, None where none fits; raises UnknownName where several fit as well."""
    for fit in fits:
        found = {one.iri: one for one in reversed(known) if fit(one)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            shown = tuple(sorted(short(store, iri) for iri in found))
            hint = "All of these fit; name one of them." if len(shown) <= _NEAREST else f"{len(shown)} fit; say more."
            raise UnknownName(f"single {_kind(types)}", name, shown[:_NEAREST], hint)
    return None


def short(store: Store, iri: str) -> str:
    """The IRI with the usual prefix in place of its namespace, as queries and `lookup` take it.

    Where no prefix fits, the IRI itself.
    """
    fits = [(space, prefix) for prefix, space in store.prefixes.items() if iri.startswith(space)]
    if not fits:
        return iri
    space, prefix = max(fits, key=lambda fit: len(fit[0]))
    return f"{prefix}:{iri[len(space) :]}"


def _named(store: Store, nodes: Mapping[str, Collection[str]], types: Collection[str]) -> Iterator[Named]:
    """The names of nodes with these types, sorted."""
    wanted = {node: kinds for node, kinds in sorted(nodes.items()) if not types or not set(types).isdisjoint(kinds)}
    for node, labels in _labels(store, wanted).items():
        for label, alias in sorted(labels.items()):
            yield Named(label, frozenset(wanted[node]), Iri(node), alias)


def _called(store: Store, name: str) -> Iterator[str]:
    """The nodes whose label or alias is just this text; nothing else has to be looked at."""
    spelt = " ".join(
        str(literal) for literal in (Literal(name), *(Literal(name, language=lang) for lang in get_args(Lang)))
    )
    looks = (f"{{ VALUES ?name {{ {spelt} }} ?node {path} ?name }}" for path in ("rdfs:label", "skos:altLabel"))
    return (str(node) for node in store.select(f"SELECT DISTINCT ?node {{ {' UNION '.join(looks)} }}").column("node"))


def _kinds_of(store: Store, nodes: Iterable[str]) -> dict[str, set[str]]:
    """Nodes with their types, those that have one."""
    kinds: dict[str, set[str]] = {}
    for node, predicate, value in store.triples_of(nodes, *_KINDS):
        if isinstance(value, NamedNode) and value.value in _KINDS[predicate]:
            kinds.setdefault(node, set()).add(_KINDS[predicate][value.value])
    return kinds


def _labels(store: Store, nodes: Collection[str]) -> dict[str, dict[str, bool]]:
    """The names of nodes, each with whether it is only an alias."""
    found: dict[str, dict[str, bool]] = {node: {} for node in nodes}
    for node, predicate, term in store.triples_of(nodes, RDFS.label, SKOS.altLabel):
        if isinstance(term, Literal):
            alias = predicate != RDFS.label
            found[node][term.value] = alias and found[node].get(term.value, True)
    return found


def _expanded(store: Store, name: str) -> str:
    """The IRI that a name spells, in full or with a usual prefix; nothing where it spells none."""
    prefix, _, rest = name.partition(":")
    try:
        return NamedNode(store.prefixes[prefix] + rest if prefix in store.prefixes else name).value
    except ValueError:
        return ""


def _folded(name: str) -> str:
    return tidy_name(name).casefold()


def _kind(types: Collection[str]) -> str:
    return " or ".join(sorted(types)) or "thing"
