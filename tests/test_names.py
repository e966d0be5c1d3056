"""A name leads to one node or to a clear word about which it may have meant."""

from __future__ import annotations

import pytest

from kg.errors import UnknownName
from kg.names import lookup, names, names_of, short
from kg.store import Store, create_store, open_store

BASE = "https://w3id.org/policykg/"
LABEL, ALIAS = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel"
TYPE, SCHEME = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#inScheme"
TRIPLES = [
    f"<{BASE}group/村干部> <{TYPE}> <{BASE}ns#Group> .",
    f'<{BASE}group/村干部> <{LABEL}> "村干部"@zh .',
    f'<{BASE}group/村干部> <{LABEL}> "Village cadres"@en .',
    f'<{BASE}group/村干部> <{ALIAS}> "嘎查村干部"@zh .',
    f"<{BASE}mech/甲县_培训> <{TYPE}> <{BASE}ns#Mechanism> .",
    f'<{BASE}mech/甲县_培训> <{LABEL}> "培训"@zh .',
    f"<{BASE}mech/乙县_培训> <{TYPE}> <{BASE}ns#Mechanism> .",
    f'<{BASE}mech/乙县_培训> <{LABEL}> "培训"@zh .',
    f"<{BASE}doc/甲县_办法试行> <{TYPE}> <{BASE}ns#PolicyDocument> .",
    f'<{BASE}doc/甲县_办法试行> <{LABEL}> "村干部培训办法（试行）"@zh .',
    f'<{BASE}mech/甲县_保险> <{LABEL}> "保险"@zh .',
    f"<{BASE}mech/甲县_保险> <{TYPE}> <{BASE}ns#Mechanism> .",
    f'<{BASE}mech/甲县_养老保险> <{LABEL}> "养老保险"@zh .',
    f'<{BASE}mech/甲县_养老保险> <{ALIAS}> "保险"@zh .',
    f"<{BASE}mech/甲县_养老保险> <{TYPE}> <{BASE}ns#Mechanism> .",
    f"<{BASE}vocab/instrument/training> <{SCHEME}> <{BASE}vocab/instrument> .",
    f'<{BASE}vocab/instrument/training> <{LABEL}> "教育培训"@zh .',
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("names") / "store"
    with create_store(folder) as draft:
        draft.load(TRIPLES)
    return open_store(folder)


@pytest.mark.parametrize(
    ("name", "types", "found"),
    [
        ("村干部", (), "group/村干部"),
        ("village CADRES", ("Group",), "group/村干部"),
        ("嘎查村干部", (), "group/村干部"),
        ("group:村干部", (), "group/村干部"),
        (BASE + "mech/甲县_培训", ("Mechanism",), "mech/甲县_培训"),
        ("《村干部培训办法(试行)》", (), "doc/甲县_办法试行"),
        ("办法", (), "doc/甲县_办法试行"),
        ("保险", (), "mech/甲县_保险"),
        ("培训", ("Instrument",), "vocab/instrument/training"),
    ],
)
def test_a_name_leads_to_its_node(store: Store, name: str, types: tuple[str, ...], found: str) -> None:
    assert lookup(store, name, types=types).iri == BASE + found


def test_a_name_of_several_nodes_lists_them(store: Store) -> None:
    with pytest.raises(UnknownName, match="no single Mechanism named '培训'") as caught:
        lookup(store, "培训", types=["Mechanism"])
    assert caught.value.nearest == ("mech:乙县_培训", "mech:甲县_培训")
    assert lookup(store, caught.value.nearest[1]).iri == BASE + "mech/甲县_培训"


def test_a_part_of_several_names_lists_them(store: Store) -> None:
    with pytest.raises(UnknownName, match="no single thing named '村'"):
        lookup(store, "村")


def test_a_miss_suggests_the_nearest(store: Store) -> None:
    with pytest.raises(UnknownName, match=r"no Group named '村干警'\. Nearest: 村干部"):
        lookup(store, "村干警", types=["Group"])


def test_the_types_keep_other_things_out(store: Store) -> None:
    with pytest.raises(UnknownName, match="no Group or Place named 'group:无'"):
        lookup(store, "group:无", types=["Place", "Group"])
    with pytest.raises(UnknownName):
        lookup(store, "mech:甲县_培训", types=["Group"])
    with pytest.raises(UnknownName):
        lookup(store, " ")


def test_all_names(store: Store) -> None:
    assert {one.label for one in names(store, types=["Group"])} == {"村干部", "嘎查村干部", "Village cadres"}
    assert len(list(names(store))) == 10
    assert {one.label for one in names(store) if one.alias} == {"嘎查村干部", "保险"}
    assert [one.types for one in names(store, types=["Instrument"])] == [frozenset({"Instrument"})]


def test_names_of_some_nodes(store: Store) -> None:
    known = list(names(store))
    some = {one.iri for one in known[:3]}
    assert list(names_of(store, some)) == [one for one in known if one.iri in some]
    assert list(names_of(store, ["http://example.org/nothing"])) == []


def test_short_names(store: Store) -> None:
    assert short(store, BASE + "ns#issues") == "kg:issues"
    assert short(store, "urn:x") == "urn:x"
