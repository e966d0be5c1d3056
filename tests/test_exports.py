"""Every format holds the whole store, reads back in the tools it is meant for, and is the same on every run."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from kg.errors import UnknownFormat
from kg.exports import TEXT_FORMATS, export, from_triples, write
from kg.exports.standard import STREAMED
from kg.networks import to_networkx
from kg.store import Store, create_store, open_store

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # it warns of its own parts
BASE = "https://w3id.org/policykg/"
AWKWARD = [
    f'<{BASE}doc/办法~0a1b> <{BASE}ns#quote> "他说\\"好\\"\\n换行\\t\\\\"@zh .',
    f'<{BASE}doc/> <{BASE}ns#quote> "" .',
    f'<{BASE}doc/a.b.> <{BASE}ns#start> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    f'<{BASE}doc/-x> <{BASE}ns#generic> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
    f'<{BASE}doc/𠀀> <{BASE}ns#time> "2019/.."^^<http://id.loc.gov/datatypes/edtf/EDTF> .',
    f'<{BASE}doc/1> <{BASE}ns#value> "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    f"<urn:isbn:1> <{BASE}ns#of> <http://example.org/a?b=c&d#e/f> .",
    f'<{BASE}article/1> <{BASE}ns#quote> "]]> <script> &amp; 😀"@en-GB .',
]


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("awkward") / "store"
    with create_store(folder) as draft:
        draft.load(AWKWARD)
    return open_store(folder)


@pytest.fixture(scope="module")
def again(gold_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same triples, loaded into another store in another order."""
    folder = tmp_path_factory.mktemp("again") / "store"
    with create_store(folder) as draft:
        draft.load(reversed(written(gold_store, ".nt").decode().splitlines()))
    return open_store(folder)


def written(store: Store, suffix: str) -> bytes:
    out = io.BytesIO()
    write(store, suffix, out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "name"), [(".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"), (".rdf", "xml")]
)
def test_graphs_read_back(gold_store: Store, awkward: Store, suffix: str, name: str) -> None:
    for store in (gold_store, awkward):
        assert set(Graph().parse(data=written(store, suffix), format=name)) == set(store.to_rdflib())


@pytest.mark.parametrize(("suffix", "name"), [(".trig", "trig"), (".nq", "nquads")])
def test_datasets_read_back_with_a_graph_for_each_article(gold_store: Store, suffix: str, name: str) -> None:
    dataset = Dataset(default_union=True)
    dataset.parse(data=written(gold_store, suffix), format=name)
    assert set(dataset.triples((None, None, None))) == set(gold_store.to_rdflib())
    graphs = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    assert sum(BASE + "graph/" in name for name in graphs) == 2
    claims = list(gold_store.select("SELECT ?c { ?c a kg:Claim }").column("c"))
    default = next(size for name, size in graphs.items() if "default" in name)
    assert default + len(claims) < len(set(gold_store.to_rdflib()))


@pytest.mark.parametrize("suffix", TEXT_FORMATS)
def test_the_same_data_gives_the_same_bytes(gold_store: Store, again: Store, suffix: str) -> None:
    assert written(again, suffix) == written(gold_store, suffix)


@pytest.mark.parametrize("suffix", STREAMED)
def test_in_any_order_the_triples_are_the_same(gold_store: Store, awkward: Store, suffix: str) -> None:
    for store in (gold_store, awkward):
        loose, strict = io.BytesIO(), io.BytesIO()
        write(store, suffix, loose, ordered=False)
        write(store, suffix, strict)
        read = [set(ox.parse(out.getvalue(), format=STREAMED[suffix])) for out in (loose, strict)]
        assert read[0] == read[1] != set()


@pytest.mark.parametrize("suffix", [".graphml", ".csv", ".nq"])
def test_what_needs_an_order_says_so(gold_store: Store, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(UnknownFormat, match=r"in any order.*\.ttl, \.nt"):
        export(gold_store, tmp_path / f"graph{suffix}", ordered=False)
    assert not list(tmp_path.iterdir())


def test_turtle_is_readable(gold_store: Store) -> None:
    text = written(gold_store, ".ttl").decode()
    assert "\n############################## doc: 政策文件 · Policy document\n" in text
    assert " a kg:PolicyDocument ;\n    rdfs:label " in text
    assert text.index("# article: ") < text.index("# doc: ") < text.index("# claim: ")
    assert "    kg:start " in text
    assert "@prefix foaf:" in text
    assert "@prefix sh:" not in text


def test_any_triples_as_turtle(gold_store: Store) -> None:
    triples = [("<urn:a>", f"<{BASE}ns#issues>", f"<{BASE}doc/x>")]
    assert from_triples(triples, gold_store.prefixes) == (
        f"@prefix doc: <{BASE}doc/> .\n@prefix kg: <{BASE}ns#> .\n\n<urn:a> kg:issues doc:x .\n"
    )


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_networks_read_back(gold_store: Store, suffix: str) -> None:
    import networkx

    read = networkx.read_graphml if suffix == ".graphml" else networkx.read_gexf
    found, network = read(io.BytesIO(written(gold_store, suffix))), to_networkx(gold_store)
    assert set(found.nodes) == set(network.nodes)
    assert found.number_of_edges() == network.number_of_edges()
    some = next(iter(network.nodes))
    assert found.nodes[some]["label"] == network.nodes[some]["label"]
    assert b"lastmodifieddate" not in written(gold_store, suffix)


def test_tables(gold_store: Store, tmp_path: Path) -> None:
    folder = export(gold_store, tmp_path / "tables.csv")
    assert sorted(p.stem for p in folder.iterdir()) == [
        "articles",
        "claims",
        "entities",
        "inferences",
        "observations",
        "relations",
    ]
    with (folder / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        figures = list(csv.DictReader(file))
    assert len(figures) == len(gold_store.select("SELECT ?o { ?o a kg:Observation }"))
    assert all(row["quote"] and row["value"] for row in figures)
    export(gold_store, tmp_path / "tables.csv.zip")
    with zipfile.ZipFile(tmp_path / "tables.csv.zip") as archive:
        assert {i.filename: archive.read(i) for i in archive.infolist()} == {
            p.name: p.read_bytes() for p in folder.iterdir()
        }
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_file_is_replaced_only_when_done(gold_store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("old")
    gold_store_closed = open_store(gold_store.folder)
    gold_store_closed.close()
    with pytest.raises(Exception, match="has been closed"):
        export(gold_store_closed, tmp_path / "a.ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["a.ttl"]
    assert (tmp_path / "a.ttl").read_text() == "old"
    assert export(gold_store, tmp_path / "new" / "A.TTL").stat().st_size > 10_000


def test_an_unknown_suffix_names_the_known_ones(gold_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"known: \.ttl"):
        export(gold_store, tmp_path / "a.xlsx")
    with pytest.raises(UnknownFormat, match=r"\.csv\.zip"):
        write(gold_store, ".csv.zip", io.BytesIO())
