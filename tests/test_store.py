"""A store is written whole or not at all, read by many, and says clearly what is wrong with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.model import Alignment, Article, Damage, Section, Sentence, Span
from kg.namespaces import KG, RDF
from kg.store import change_store, create_store, open_store
from kg.tables import Iri

NODE = "https://w3id.org/policykg/place/定远县"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TRIPLES = [
    f'<{NODE}> <{LABEL}> "定远县"@zh .',
    f'<{NODE}> <{LABEL}> "Dingyuan"@en .',
    f'<{NODE}> <https://w3id.org/policykg/ns#value> "5.8"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    f'<{NODE}> <https://w3id.org/policykg/ns#start> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    f'<{NODE}> <https://w3id.org/policykg/ns#generic> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
]
ARTICLE = Article(
    id="0123456789abcdef",
    source="a.txt",
    text="题\n全文。",
    title="题",
    authors=("某人",),
    sections=(Section(Span(0, 5), Span(0, 1)),),
    sentences=(Sentence(Span(2, 5), 1, 0),),
    damage=(Damage("lost", 1, 2, "全?文", "全文"),),
    alignment=Alignment((0, 2), (0, 3)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "store")
    return tmp_path / "store"


HELD = f"<https://w3id.org/policykg/article/{ARTICLE.id}> <{RDF.type}> <{KG.Article}> ."


def fill(folder: Path, triples: list[str] = TRIPLES) -> None:
    with create_store(folder) as draft:
        draft.add(ARTICLE)
        draft.load([HELD, *triples])


def size(folder: Path) -> int:
    """How many triples the store holds beside the one of its article."""
    with open_store(folder) as store:
        return store.counts["triples"] - 1


def test_what_was_written_is_read_back(folder: Path) -> None:
    with open_store(folder) as store:
        assert store.article(ARTICLE.id) == ARTICLE
        assert store.article(f"https://w3id.org/policykg/article/{ARTICLE.id}") == ARTICLE
        assert store.article_ids == (ARTICLE.id,)
        assert store.counts == {"articles": 1, "triples": 6}
        assert len(list(store.triples(NODE, LABEL))) == 2
        assert len(list(store.triples(object=7))) == 1
        assert store.labels([NODE, "x:none"], lang="en") == {NODE: "Dingyuan"}


def test_cells_are_plain_values_and_prefixes_need_no_declaration(folder: Path) -> None:
    with open_store(folder) as store:
        rows = store.select(
            "SELECT ?x ?v ?s ?g ?t { ?x kg:value ?v ; kg:start ?s ; kg:generic ?g OPTIONAL { ?x kg:to ?t } }"
        )
    assert rows.rows == ((Iri(NODE), Decimal("5.8"), 7, True, None),)
    assert isinstance(rows.rows[0][0], Iri)


def test_values_are_bound_and_never_pasted(folder: Path) -> None:
    text = "SELECT ?place { ?place rdfs:label ?label }"
    with open_store(folder) as store:
        assert len(store.select("SELECT ?l { ?place rdfs:label ?l }", {"place": Iri(NODE)})) == 2
        assert len(store.select(text, {"label": None})) == 2
        assert len(store.select(text, {"label": '"} #'})) == 0
        with pytest.raises(ValueError, match="IRI"):
            store.select(text, {"place": Iri("x:> } #")})


def test_rdflib_sees_the_same_triples(folder: Path) -> None:
    from rdflib import Graph

    with open_store(folder) as store:
        graph = store.to_rdflib()
    assert set(graph) == set(Graph().parse(data="\n".join([HELD, *TRIPLES]), format="nt"))
    assert str(dict(graph.namespaces())["place"]) == "https://w3id.org/policykg/place/"
    assert '"5.8"^^' in graph.serialize(format="nt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?a {\n  ?a nope:b ?c }", "line 2, column 6: prefix 'nope' is not declared"),
        ("SELECT ?a {\n  ?a ?b ", "line 2, column 8: the query ends too early"),
        ("SELECT ?a\nWHRE { ?a ?b ?c }", "line 2, column 1: syntax error at 'WHRE'"),
        ("SELECT ?a { ?a ?b '中' ]\n}", "line 1, column 23: syntax error at ']'"),
        ("SELECT ?a {\n FILTR(?a > 3) }", "line 2, column 2: syntax error at 'FILTR"),
        ("SELECT ?a {\n ?a ?b ?c\n} ORDR BY ?a", "line 3, column 3: syntax error at 'ORDR'"),
        ("SELECT ?a {\n ?a ?b ?c FILTER(?c > ) }", "line 2, column 23: syntax error at '\\)'"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", "line 1, column 41: a variable is selected"),
        ("", "line 1, column 1: the query ends too early"),
    ],
)
def test_a_syntax_error_tells_its_place(folder: Path, text: str, message: str) -> None:
    with open_store(folder) as store, pytest.raises(QueryError, match=message):
        store.query(text)


def test_a_failed_build_leaves_the_old_store(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), create_store(folder) as draft:
        draft.load([TRIPLES[1 // 0]])
    assert size(folder) == 5
    assert sorted(p.name for p in folder.parent.iterdir()) == ["store", "store.lock"]


def test_triples_that_are_no_triples_leave_the_old_store(folder: Path) -> None:
    with pytest.raises(StoreError, match="cannot be loaded"):
        fill(folder, ["<a b"])
    assert size(folder) == 5


def test_a_new_build_replaces_the_old_one_while_it_is_read(folder: Path) -> None:
    with open_store(folder) as reader:
        fill(folder, TRIPLES[:2])
        assert len(list(reader.triples(NODE))) == 5
    assert size(folder) == 2


def test_a_change_begins_with_what_is_there_and_counts_when_it_is_complete(folder: Path) -> None:
    with open_store(folder) as reader:
        with change_store(folder) as draft:
            draft.load(["<a:b> <c:d> <e:f> ."])
            assert size(folder) == 5
        assert len(list(reader.triples("a:b"))) == 0
    assert size(folder) == 6
    with pytest.raises(ZeroDivisionError), change_store(folder) as draft:
        draft.load([TRIPLES[1 // 0]])
    assert size(folder) == 6


def test_old_generations_and_texts_that_nobody_holds_are_swept_away(folder: Path) -> None:
    for _ in range(4):
        with change_store(folder) as draft:
            draft.load(["<a:b> <c:d> <e:f> ."])
    assert sorted(p.name for p in folder.glob("oxigraph-*")) == ["oxigraph-000004", "oxigraph-000005"]
    with change_store(folder) as draft:
        draft.drop(ARTICLE.id)
    assert not list((folder / "articles").rglob("*.json"))


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.store import create_store
with create_store(Path(sys.argv[1])) as draft:
    draft.load(["<a:b> <c:d> <e:f> ."])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_build_leaves_the_old_store_and_no_lock(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert size(folder) == 5
    fill(folder, TRIPLES[:3])
    assert size(folder) == 3


def test_a_second_writer_is_told_who_writes(folder: Path) -> None:
    with create_store(folder), pytest.raises(StoreError, match=rf"written by process {os.getpid()} on \S+ since 2"):
        fill(folder)


def test_a_missing_store_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `kg build` first"):
        open_store(tmp_path / "none")


def test_another_format_is_refused(folder: Path) -> None:
    (folder / "store.json").write_text('{"format": 99, "base": "x", "counts": {}}')
    with pytest.raises(StoreError, match="has format 99"):
        open_store(folder)


def test_a_build_renews_a_store_of_an_older_version(folder: Path) -> None:
    (folder / "oxigraph-000001").rename(folder / "oxigraph")
    (folder / "store.json").write_text('{"format": 1, "base": "x", "counts": {}}')
    with pytest.raises(StoreError, match="has format 1"), change_store(folder):
        pass
    assert (folder / "oxigraph").exists()
    fill(folder, TRIPLES[:2])
    assert size(folder) == 2
    assert not (folder / "oxigraph").exists()


@pytest.mark.parametrize("name", ["store.json", "oxigraph-000001/CURRENT", f"articles/01/{ARTICLE.id}.json"])
def test_damage_is_told(folder: Path, name: str) -> None:
    (folder / name).write_text("{")
    with pytest.raises(StoreError, match="is damaged"), open_store(folder) as store:
        store.article(ARTICLE.id)


def test_an_unknown_article_and_a_closed_store_are_told(folder: Path) -> None:
    with open_store(folder) as store, pytest.raises(StoreError, match="has no article 'ffff'"):
        store.article("ffff")
    with pytest.raises(StoreError, match="has been closed"):
        store.select("SELECT * {}")


def test_a_folder_of_other_files_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(StoreError, match="holds other files"):
        fill(tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        fill(tmp_path / "thesis.txt")
    with pytest.raises(StoreError, match="cannot be written"):
        fill(tmp_path / "thesis.txt" / "store")


def test_reading_a_store_loads_nothing_heavy() -> None:
    script = "import sys, kg.store; print({'rdflib', 'networkx', 'numpy', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_store_is_a_context_that_closes(folder: Path) -> None:
    store = open_store(folder)
    store.close()
    with pytest.raises(StoreError):
        _ = store.engine
