"""The ontology folder is found in a clone, and a missing file of it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.errors import KnowledgeError
from kg.resources import knowledge_file, knowledge_files, knowledge_text, knowledge_triples, ontology


def test_the_folder_holds_what_the_package_needs() -> None:
    for name in ("kg.ttl", "shapes.ttl", "vocab", "inference", "questions", "rules", "lexicon"):
        assert (ontology() / name).exists()


def test_files_come_sorted() -> None:
    found = knowledge_files("vocab/*.ttl")
    assert list(found) == sorted(found)
    assert found


def test_a_missing_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"no-such\.ttl"):
        knowledge_file("no-such.ttl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ontology folder."""
    monkeypatch.setattr(resources, "ontology", lambda: tmp_path)
    (tmp_path / "vocab").mkdir()
    return tmp_path


def test_a_file_that_is_not_utf8_is_named_by_its_path_below_the_folder(folder: Path) -> None:
    (folder / "vocab" / "broken.ttl").write_bytes("# 乡村".encode("gb18030"))
    with pytest.raises(KnowledgeError, match=r"^vocab/broken\.ttl: .*not UTF-8"):
        knowledge_text("vocab/broken.ttl")
    with pytest.raises(KnowledgeError, match=r"^vocab/broken\.ttl: .*not UTF-8"):
        list(knowledge_triples(knowledge_files("vocab/*.ttl")[0]))


def test_a_file_that_is_no_turtle_is_named_with_the_line(folder: Path) -> None:
    (folder / "kg.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^kg\.ttl: no valid Turtle .*line 2"):
        list(knowledge_triples("kg.ttl"))
