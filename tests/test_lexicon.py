"""Tables read as rows of cells; matching takes the longest word and lets blocked words hide the short ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.errors import KnowledgeError
from kg.lexicon import Matcher, alternation, table
from kg.resources import knowledge_files, ontology

ROWS = [
    {"word": "中小企业", "class": "group"},
    {"word": "企业", "class": "group"},
    {"word": "科技型中小企业园", "class": "-"},
]


@pytest.mark.parametrize("path", knowledge_files("lexicon/*.tsv"), ids=lambda path: path.stem)
def test_every_table_of_the_ontology_reads(path: Path) -> None:
    rows = table(path.stem)
    assert rows
    assert all(row["word"] == row["word"].strip() for row in rows)


def test_matching_is_leftmost_longest_and_blocked_words_hide() -> None:
    text = "中小企业和企业进科技型中小企业园"
    assert [(hit.start, hit.word) for hit in Matcher(ROWS).find(text)] == [(0, "中小企业"), (5, "企业")]


def test_a_word_of_several_rows_gives_them_all() -> None:
    both = Matcher([{"word": "通报", "class": "genre"}, {"word": "通报", "class": "verb"}])
    assert [row["class"] for row in both.rows_of("通报")] == ["genre", "verb"]
    assert [hit.row["class"] for hit in both.find("通报")] == ["genre"]


def test_alternation_tries_the_longest_first() -> None:
    assert alternation(["县", "县委", "a+b"]) == r"(?:a\+b|县委|县)"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("name\tclass\n甲\tx\n", "first column"),
        ("word\tclass\n甲\tx\ty\n", "3 cells for 2 columns"),
        ("word\tclass\n\tx\n", "no word"),
        ("word\tclass\tfull?\n甲\n", "'甲'.*no class"),
        ("word\tclass\n甲\tx\n甲\tx\n", "stands twice"),
    ],
)
def test_a_broken_table_is_named(text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "broken.tsv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(resources, "ontology", lambda: tmp_path)
    with pytest.raises(KnowledgeError, match=rf"broken\.tsv.*{problem}"):
        table("broken")


def test_only_optional_cells_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "short.tsv").write_text("word\tclass\tfull?\n县委\tparty\n", encoding="utf-8")
    monkeypatch.setattr(resources, "ontology", lambda: tmp_path)
    assert table("short") == ({"word": "县委", "class": "party", "full": ""},)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        table("no-such-table")
    assert ontology().is_dir()
