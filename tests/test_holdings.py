"""What a store holds: readings come in any order, and take with them what was theirs alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.exports import export
from kg.holdings import add, enter, remove
from kg.identifiers import mint_article, mint_run
from kg.model import Reading
from kg.pipeline import fill, read_facts
from kg.store import change_store, open_store

GOLD = Path(__file__).parents[1] / "data" / "gold"
FILES = [*sorted(GOLD.glob("*.facts.jsonl")), *sorted((GOLD / "mixed").glob("a-0[1-6].facts.jsonl"))]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_facts(path) for path in FILES]


def run_of(reading: Reading) -> str:
    return mint_run(reading.reader, mint_article(reading.article.id))


def exported(folder: Path) -> bytes:
    with open_store(folder) as store:
        export(store, folder.with_suffix(".nt"))
    return folder.with_suffix(".nt").read_bytes()


def test_adding_one_by_one_is_building_at_once(readings: list[Reading], tmp_path: Path) -> None:
    fill(tmp_path / "whole", readings)
    for reading in reversed(readings):
        with change_store(tmp_path / "grown") as draft:
            add(draft, [enter(reading, base=draft.base)])
    assert exported(tmp_path / "grown") == exported(tmp_path / "whole")


@pytest.mark.parametrize("seed", range(4))
def test_what_is_removed_leaves_no_trace(readings: list[Reading], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    some = chance.sample(readings, 4)
    rest = [reading for reading in readings if reading not in some]
    fill(tmp_path / "before", some)
    fill(tmp_path / "after", some)
    with change_store(tmp_path / "after") as draft:
        add(draft, [enter(reading, base=draft.base) for reading in rest])
    assert exported(tmp_path / "after") != exported(tmp_path / "before")
    with change_store(tmp_path / "after") as draft:
        remove(draft, [run_of(reading) for reading in chance.sample(rest, len(rest))])
    assert exported(tmp_path / "after") == exported(tmp_path / "before")
