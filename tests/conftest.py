"""What many tests share: the store of the facts that people found in the two articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.pipeline import fill, read_facts
from kg.store import Store, open_store

GOLD = Path(__file__).parents[1] / "data" / "gold"


@pytest.fixture(scope="session")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store that `kg build --facts data/gold/*.facts.jsonl` makes; read-only, one for all tests."""
    folder = tmp_path_factory.mktemp("gold") / "store"
    fill(folder, map(read_facts, sorted(GOLD.glob("*.facts.jsonl"))))
    with open_store(folder) as store:
        yield store
