"""Reading on a Spark cluster, a real master and worker on loopback: the same store, nothing twice, the same answers."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

import clusters
from kg import spark
from kg.collection import Change, add
from kg.commands import main
from kg.errors import ClusterError, InputError, KgError
from kg.exports import export
from kg.resources import knowledge_text
from kg.spark.session import cluster
from kg.spark.work import check_version
from kg.store import Store, open_store

CORE = knowledge_text("questions/policies-for-group.sql")
TEXTS = {
    "a.txt": "莒县见闻\n2023年5月6日\n莒县人社局启动“春风送岗”行动，惠及返乡农民工3.4万人。",
    "b.txt": "定远县见闻\n定远县委出台《驻村干部管理办法》，为驻村干部购买人身意外保险。",
    "c.txt": "莒县人社局培训返乡农民工。\n莒县位于山东。",
    "same.txt": "定远县见闻\n定远县委出台《驻村干部管理办法》，为驻村干部购买人身意外保险。",
}
needs_spark = pytest.mark.skipif(bool(clusters.MISSING), reason=clusters.MISSING or "Spark is there")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in clusters.settings(folder).items():
            patch.setenv(name, value)
        yield folder


@pytest.fixture(scope="module")
def master(environment: Path) -> Iterator[str]:
    with clusters.running(environment) as address:
        yield address


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "语 料"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\x03")
    records = ({"title": f"新闻{n}", "text": f"金寨县为{n}00名脱贫户发放补贴。\u2028完。"} for n in (1, 2))
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Added:
    """A store and parts that a cluster made of the corpus, though one of its tasks was killed."""

    store: Path
    parts: Path
    change: Change
    told: spark.Parts


@pytest.fixture(scope="module")
def added(master: str, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Added:
    folder = tmp_path_factory.mktemp("added") / "新 库"
    store, parts = folder / "s", folder / "parts"
    change, told = spark.add(master, [corpus], parts=parts, store=store, take=clusters.killed_once)
    assert told
    assert (corpus / "c.killed").exists()
    return Added(store, parts, change, told)


def exported(store: Path) -> bytes:
    with open_store(store) as held:
        return export(held, store.with_suffix(".nt")).read_bytes()


def graph_of(store: Path) -> list[str]:
    """Every triple of a store, the vocabulary and all inferences among them, as lines."""
    with open_store(store) as held:
        return sorted(f"{triple} ." for triple in held.graph())


def lines_of(parts: Path, name: str = "*") -> list[str]:
    packed = sorted(parts.glob(f"triples/{name}.nt.gz"))
    return [line for path in packed for line in gzip.decompress(path.read_bytes()).decode().split("\n") if line]


def names(facts: Path) -> set[str]:
    return {str(path.relative_to(facts)) for path in facts.rglob("*.parquet") if path.is_file()}


def asked(facts: Path, query: str) -> list[Any]:
    with duckdb.connect() as engine:
        parts = f"read_parquet('{facts}/*/*/*.parquet', hive_partitioning = true)"
        engine.execute(f"CREATE VIEW facts AS SELECT * FROM {parts}")
        return engine.execute(query).fetchall()


@needs_spark
def test_a_store_is_what_it_is_without_a_cluster(added: Added, corpus: Path, tmp_path: Path) -> None:
    change = add(tmp_path / "s", [corpus])
    assert exported(added.store) == exported(tmp_path / "s")
    assert graph_of(added.store) == graph_of(tmp_path / "s")
    with open_store(added.store) as ours, open_store(tmp_path / "s") as theirs:
        assert [ours.article(id) for id in ours.article_ids] == [theirs.article(id) for id in theirs.article_ids]
    assert added.change.added == change.added
    assert list(map(str, added.change.failed)) == list(map(str, change.failed))
    assert len(add(added.store, [corpus]).kept) == 5


@needs_spark
def test_the_triples_are_those_of_the_store_and_none_comes_twice(added: Added) -> None:
    lines = lines_of(added.parts)
    assert sorted(set(lines)) == graph_of(added.store)
    claims = [line for line in lines if "#quote>" in line]
    assert len(claims) == len(set(claims)) > 20
    assert added.told.triples == len(lines_of(added.parts, "part-*"))


@needs_spark
def test_the_facts_are_those_of_an_export(added: Added, tmp_path: Path) -> None:
    with open_store(added.store) as store:
        theirs = export(store, tmp_path / "facts.parquet")
    ours = added.parts / "facts.parquet"
    every = "SELECT * FROM facts ORDER BY article, fact"
    assert asked(ours, every) == asked(theirs, every)
    assert len(asked(ours, every)) == added.told.facts > 30
    assert names(ours) == names(theirs)


@needs_spark
def test_what_could_not_be_read_is_reported(added: Added) -> None:
    assert (added.told.files, added.told.articles, len(added.told.failed)) == (6, 5, 1)
    (failed,) = map(json.loads, (added.parts / "failed.jsonl").read_text(encoding="utf-8").splitlines())
    assert failed["path"].endswith("bad.txt")
    assert str(InputError(**failed)) == str(added.change.failed[0])


@needs_spark
def test_nothing_else_is_left(added: Added) -> None:
    assert {path.name for path in added.parts.iterdir()} == {"triples", "facts.parquet", "failed.jsonl"}
    assert {path.name for path in added.parts.parent.iterdir()} == {"s", "s.lock", "s.nt", "parts"}


@needs_spark
def test_the_core_question_has_one_answer(gold_store: Store, added: Added, master: str, tmp_path: Path) -> None:
    facts = export(gold_store, tmp_path / "facts.parquet")
    with cluster(master) as session, open_store(added.store) as store:
        for graph, place in ((gold_store, facts), (store, added.parts / "facts.parquet")):
            session.read.parquet(str(place)).createOrReplaceTempView("facts")
            found = session.sql(CORE).select("reached", "policy", "type", "rule", "through").collect()
            assert set(map(tuple, found)) == answers(graph)
    assert len(answers(gold_store)) > 200


def answers(store: Store) -> set[tuple[Any, ...]]:
    """What policies-for-group answers for every group."""
    question = knowledge_text("questions/policies-for-group.rq").replace("SELECT DISTINCT", "SELECT DISTINCT ?group", 1)
    rows = store.select(question).dicts()
    return {(r["group"], r["policy"], short(r["type"]), short(r["rule"]), r["through"]) for r in rows}


def short(iri: object) -> str:
    return str(iri).replace("#", "/").rsplit("/", 1)[-1]


@needs_spark
def test_the_command_tells_what_was_done_and_what_comes_next(environment: Path, corpus: Path, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    words = ["add", corpus / "a.txt", corpus / "bad.txt", "--spark", "local[1]", "--parts", parts, "--lang", "en"]
    done = CliRunner().invoke(main, [*map(str, words), "--no-store"], catch_exceptions=False)
    assert done.exit_code == InputError.exit_status
    assert "The cluster read 2 files, 1 articles" in done.output
    assert f"tdb2.tdbloader --loc DB {parts}/triples/*.nt.gz" in done.output
    assert "bad.txt: the file is not text" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]


@needs_spark
def test_work_that_fails_each_time_is_told_in_one_line(environment: Path, corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"gave up the work .*no lexicon for a\.txt.* extra 'spark'") as caught:
        spark.add("local[1]", [corpus / "a.txt"], parts=tmp_path / "parts", take=clusters.broken)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_missing_library_is_named(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(ClusterError, match=r"needs pyspark.*pip install 'policykg\[spark\]'"):
        spark.add("spark://127.0.0.1:7077", [corpus], parts=tmp_path / "parts")


@needs_spark
def test_missing_java_is_named(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ClusterError, match="needs Java, which is missing"):
        spark.add("spark://127.0.0.1:7077", [corpus], parts=tmp_path / "parts")


@needs_spark
def test_a_master_that_does_not_answer_is_named(corpus: Path, tmp_path: Path) -> None:
    words = ["add", corpus, "--spark", "spark://127.0.0.1:1", "--store", tmp_path / "s", "--parts", tmp_path / "p"]
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == ClusterError.exit_status
    assert "no master answers there (127.0.0.1:1: " in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "p").exists()


@needs_spark
def test_an_address_that_is_none_is_told(environment: Path, corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="Could not parse Master URL: 'nonsense'"):
        spark.add("nonsense", [corpus], parts=tmp_path / "parts")


def test_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no article to read"):
        spark.add("spark://127.0.0.1:1", [tmp_path], parts=tmp_path / "parts")


def test_another_version_on_a_worker_is_refused() -> None:
    with pytest.raises(KgError, match=r"the driver has 9\.9"):
        check_version("9.9")


def test_options_of_a_cluster_need_a_cluster(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["add", str(tmp_path), "--no-store"])
    assert done.exit_code == 2
    assert "go with --spark" in done.output
