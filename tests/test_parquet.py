"""The facts as Parquet: whole, the same bytes on every run, and the same answers as SPARQL gives."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from conftest import GOLD
from kg import ask
from kg.errors import InputError, OutputError
from kg.exports import export, parquet
from kg.model import Reading
from kg.pipeline import fill, read_facts
from kg.resources import knowledge_text
from kg.store import Store, open_store

MANUAL = GOLD.parents[1] / "docs" / "commands.md"
QUESTION = knowledge_text("questions/policies-for-group.sql")
CORE = f"SELECT DISTINCT policy, reached FROM ({QUESTION})"


@pytest.fixture(scope="module")
def folder(gold_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(gold_store, tmp_path_factory.mktemp("parquet") / "facts.parquet")


def asked(folder: Path, query: str) -> list[Any]:
    with duckdb.connect() as engine:
        parts = f"read_parquet('{folder}/*/*/*.parquet', hive_partitioning = true)"
        engine.execute(f"CREATE VIEW facts AS SELECT * FROM {parts}")
        return engine.execute(query).fetchall()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def reading(name: str, *, date: str | None, place: str | None) -> Reading:
    """What people found in an article, as if it were of another day or place."""
    found = read_facts(GOLD / f"{name}.facts.jsonl")
    return replace(found, article=replace(found.article, date=date, place=place))


def stored(folder: Path, *readings: Reading) -> Store:
    fill(folder, readings)
    return open_store(folder)


def test_which_policies_affect_which_groups_as_sparql_has_it(gold_store: Store, folder: Path) -> None:
    rows = gold_store.select("""SELECT DISTINCT ?policy ?group {
        ?policy kg:affects ?group ; a ?type FILTER(?type IN (kg:PolicyDocument, kg:Mechanism)) }""")
    found = asked(folder, CORE)
    assert len(found) > 200
    assert sorted(found) == sorted(map(tuple, rows.rows))


def test_the_query_of_the_manual_runs(gold_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (query,) = re.findall(r"^```sql\n(.*?)^```", MANUAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(folder.parent)
    found = asked(folder, query)
    labels = gold_store.labels({node for row in asked(folder, CORE) for node in row})
    assert set(found) == {(labels[policy], labels[group]) for policy, group in asked(folder, CORE)}


def test_the_path_to_a_group_as_the_ready_made_question_tells_it(gold_store: Store, folder: Path) -> None:
    told = ask(gold_store, "policies-for-group", group="驻村干部", lang="zh")
    columns = "policy_label, coalesce(through_label, '')"
    found = asked(folder, f"SELECT DISTINCT {columns} FROM ({QUESTION}) WHERE reached_label = '驻村干部'")
    assert {(row["政策"], row["经由"] or "") for row in told.dicts()} == set(found)


def test_every_fact_stands_there_with_its_receipt(gold_store: Store, folder: Path) -> None:
    counts = dict(asked(folder, "SELECT kind, count(DISTINCT fact) FROM facts GROUP BY kind"))
    for kind, type in (("observation", "Observation"), ("inference", "Inference")):
        assert counts[kind] == len(gold_store.select(f"SELECT ?f {{ ?f a kg:{type} }}"))
    claims = len(gold_store.select("SELECT ?f { ?f a kg:Claim }"))
    assert counts["entity"] + counts["relation"] + counts.get("detail", 0) == claims
    said = asked(folder, 'SELECT article, start, "end", quote, reader, rule, confidence FROM facts WHERE start >= 0')
    for article, start, end, quote, *others in said:
        assert gold_store.article(article).text[start:end] == quote
        assert others == ["reader", "reader", 1.0]
    known = {row[0] for row in asked(folder, "SELECT fact FROM facts")}
    (premises,) = zip(*asked(folder, "SELECT unnest(premises) FROM facts WHERE kind = 'inference'"), strict=True)
    assert set(premises) <= known


def test_a_figure_has_its_fields(folder: Path) -> None:
    (row,) = asked(
        folder,
        """SELECT subject_label, value, unit, role, level, place_label, province FROM facts
        WHERE indicator_label = '副职干部月报酬' AND role = 'after'""",
    )
    assert row == ("村干部报酬待遇", 1772.0, "元", "after", "input", "定远县", "安徽省")


def test_details_of_documents_have_plain_values(notice_store: Store, tmp_path: Path) -> None:
    facts = export(notice_store, tmp_path / "facts.parquet")
    found = dict(asked(facts, "SELECT predicate, object FROM facts WHERE kind = 'detail'"))
    assert found["inForceFrom"] == "2022-06-01"


def test_parts_are_named_by_year_and_province(tmp_path: Path) -> None:
    first = reading("dingyuan", date="2019-05", place="定远县")
    second = reading("neimenggu", date=None, place="某地")
    facts = export(stored(tmp_path / "store", first, second), tmp_path / "facts.parquet")
    assert set(contents(facts)) == {
        "year=2019/province=安徽省/part-0.parquet",
        "year=0/province=_/part-0.parquet",
    }
    assert set(asked(facts, "SELECT DISTINCT year, province FROM facts")) == {(2019, "安徽省"), (0, "_")}
    assert set(pq.read_table(facts)["year"].to_pylist()) == {2019, 0}


def test_a_town_lies_in_the_province_of_what_it_is_part_of(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", reading("dingyuan", date="2019", place="大桥镇"))
    assert list(contents(export(store, tmp_path / "facts.parquet"))) == ["year=2019/province=安徽省/part-0.parquet"]


def test_the_same_facts_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    readings = map(read_facts, sorted(GOLD.glob("*.facts.jsonl"), reverse=True))
    again = export(stored(tmp_path / "store", *readings), tmp_path / "facts.parquet")
    assert contents(again) == contents(folder)


def test_rows_are_written_in_groups(gold_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_AT_ONCE", 1)
    same_part = [reading(name, date="2019", place="定远县") for name in ("dingyuan", "neimenggu")]
    store = stored(tmp_path / "store", *same_part)
    (part,) = export(store, tmp_path / "facts.parquet").rglob("*.parquet")
    with pq.ParquetFile(part) as file:
        assert file.num_row_groups == 2
        assert Counter(file.read(["kind"])["kind"].to_pylist())["entity"] == 268


def test_an_older_folder_is_replaced_unless_it_holds_other_files(gold_store: Store, tmp_path: Path) -> None:
    target = tmp_path / "facts.parquet"
    stale = target / "year=1999" / "province=_" / "part-0.parquet"
    stale.parent.mkdir(parents=True)
    stale.touch()
    export(gold_store, target)
    assert not stale.exists()
    (target / "notes.txt").touch()
    before = contents(target)
    with pytest.raises(OutputError, match=r"other files, such as notes\.txt"):
        export(gold_store, target)
    assert contents(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["facts.parquet"]


def test_a_missing_library_is_named(gold_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="python -m pip install pyarrow"):
        export(gold_store, tmp_path / "facts.parquet")
    assert not list(tmp_path.iterdir())
