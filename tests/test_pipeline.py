"""The whole story on small articles: folders, repeated files, errors, facts whose article is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.pipeline import article_files, build, read, read_all, read_facts
from kg.store import open_store

TEXT = "安丰县出台救助办法\n安丰县人民政府印发《安丰县临时救助办法》，向困难群众发放临时救助金120万元。\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_folder_gives_its_articles_sorted_and_leaves_other_files(article: Path) -> None:
    (article.parent / "b.txt").write_text(TEXT, encoding="utf-8")
    (article.parent / "notes.yaml").write_text("title: x", encoding="utf-8")
    assert [path.name for path in article_files([article.parent])] == ["a.txt", "b.txt"]


def test_a_folder_leaves_facts_and_what_programs_hide(article: Path) -> None:
    for name in ("a.facts.jsonl", "~$a.docx", ".a.html"):
        (article.parent / name).write_text("{}", encoding="utf-8")
    (article.parent / "c.HTML").write_text(TEXT, encoding="utf-8")
    assert [path.name for path in article_files([article.parent])] == ["a.txt", "c.HTML"]


TABLE = "标题,正文\n救助,安丰县人民政府印发《安丰县救助办法》。\n,\n坏的,\n就业,安丰县人民政府印发《就业办法》。\n"


def test_a_file_may_give_several_articles_and_one_bad_row_leaves_the_others(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(TABLE, encoding="utf-8")
    with pytest.raises(InputError, match="row 4: there is nothing under 正文"):
        build([table], output=tmp_path / "out")
    built = build([table], output=tmp_path / "out", on_error=lambda error: None)
    assert [reading.article.source for reading in built.readings] == ["a.csv#row=2", "a.csv#row=5"]
    assert [error.hint for error in built.failed] == ["Fill it in, or take the entry out."]
    with open_store(built.store) as store:
        assert store.counts["articles"] == 2
        assert [store.article(reading.article.id) for reading in built.readings] == [r.article for r in built.readings]


def test_one_article_of_a_file_of_several_is_none_to_read_alone(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(TABLE.replace("坏的,\n", ""), encoding="utf-8")
    assert [len(reading.facts) > 0 for reading in read_all(table)] == [True, True]
    with pytest.raises(InputError, match="2 articles, not one"):
        read(table)


def test_facts_may_lie_beside_an_article_of_any_format(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><p>{TEXT}</p>", encoding="utf-8")
    fact = '{"kind": "entity", "type": "Place", "name": "安丰县", "quote": "安丰县"}'
    (tmp_path / "a.facts.jsonl").write_text(fact, encoding="utf-8")
    assert len(read_facts(tmp_path / "a.facts.jsonl").facts) == 1


def test_the_same_article_twice_counts_once(article: Path, tmp_path: Path) -> None:
    built = build([article, article.parent], output=tmp_path / "out")
    assert len(built.readings) == 1
    with open_store(built.store) as store:
        assert store.counts["articles"] == 1


def test_every_fact_of_a_reading_is_a_slice_of_its_article(article: Path) -> None:
    reading = read(article)
    assert reading.facts
    for fact in reading.facts:
        said = fact.evidence
        assert reading.article.text[said.start : said.end] == said.quote


def test_progress_is_told_before_each_file(article: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build([article], output=tmp_path / "out", on_progress=lambda i, n, path: told.append((i, n, path.name)))
    assert told == [(0, 1, "a.txt")]


def test_an_error_goes_to_whoever_takes_it(article: Path, tmp_path: Path) -> None:
    (article.parent / "empty.txt").touch()
    taken: list[InputError] = []
    built = build([article.parent], output=tmp_path / "out", on_error=taken.append)
    assert [error.path for error in built.failed] == [str(article.parent / "empty.txt")]
    assert taken == list(built.failed)
    with pytest.raises(InputError, match=r"empty\.txt"):
        build([article.parent], output=tmp_path / "out")


def test_nothing_to_read_names_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"data/articles"):
        build(output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_facts_need_their_article(tmp_path: Path) -> None:
    facts = tmp_path / "x.facts.jsonl"
    facts.write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.txt"):
        read_facts(facts)
    with pytest.raises(InputError, match=r"none\.facts\.jsonl"):
        read_facts(tmp_path / "none.facts.jsonl")
