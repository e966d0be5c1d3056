"""What many tests share: the store of what people found in the two articles, and that of an official notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from kg.pipeline import fill, read, read_facts
from kg.store import Store, open_store

GOLD = Path(__file__).parents[1] / "data" / "gold"


@pytest.fixture(scope="session")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store that `kg build --facts data/gold/*.facts.jsonl` makes; read-only, one for all tests."""
    folder = tmp_path_factory.mktemp("gold") / "store"
    fill(folder, map(read_facts, sorted(GOLD.glob("*.facts.jsonl"))))
    with open_store(folder) as store:
        yield store


@pytest.fixture(scope="session")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notice `tests/notice.txt`, which names a former county, as a Word file, so that its paragraphs are known."""
    made = docx.Document()
    for line in (Path(__file__).parent / "notice.txt").read_text(encoding="utf-8").splitlines():
        made.add_paragraph(line)
    path = tmp_path_factory.mktemp("notice") / "notice.docx"
    made.save(str(path))
    return path


@pytest.fixture(scope="session")
def notice_store(notice: Path) -> Iterator[Store]:
    """The store that `kg build` makes of the notice; read-only, one for all tests."""
    folder = notice.parent / "store"
    fill(folder, [read(notice)])
    with open_store(folder) as store:
        yield store
