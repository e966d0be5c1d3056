"""The ontology folder is found in a clone, and a missing file of it is named."""

from __future__ import annotations

import pytest

from kg.errors import KnowledgeError
from kg.resources import knowledge_file, knowledge_files, ontology


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
