"""What many tests share: the store of the facts that people found in the two articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.facts import load_facts
from kg.pipeline import fill
from kg.reading import article_from_text
from kg.store import Store, open_store

GOLD = Path(__file__).parents[1] / "data" / "gold"


@pytest.fixture(scope="session")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store that `kg build --facts data/gold/*.facts.jsonl` makes; read-only, one for all tests."""
    folder = tmp_path_factory.mktemp("gold") / "store"
    readings = []
    for path in sorted(GOLD.glob("*.facts.jsonl")):
        t = path.with_name(path.name.replace(".facts.jsonl", ".txt"))
        readings.append(load_facts(path, article_from_text(t.read_text(), source=t.name)))
    fill(folder, readings)
    with open_store(folder) as store:
        yield store
