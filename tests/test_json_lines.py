"""JSON: one article an object; what is wrong names the line or the item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.reading import read_articles

ONE = {
    "title": "高龄津贴",
    "content": "对老年人每月发50元。",
    "pubdate": "2023-05-06T10:00:00",
    "author": ["张三", "李四"],
}
TWO = {"标题": "临时救助", "正文": "<p>对困难群众&nbsp;给予救助。</p><p>县民政局负责。</p>", "n": 3}


def articles(tmp_path: Path, name: str, text: str, sidecar: str = "") -> list[Article]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    if sidecar:
        (tmp_path / name).with_suffix(".yaml").write_text(sidecar, encoding="utf-8")
    return list(read_articles(tmp_path / name))


def lines(*records: Any) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_each_line_is_an_article(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "a.jsonl", lines(ONE) + "\n" + lines(TWO))
    assert (first.title, first.text) == ("高龄津贴", "高龄津贴\n对老年人每月发50元。")
    assert (first.date, first.authors, first.source) == ("2023-05-06", ("张三", "李四"), "a.jsonl#line=1")
    assert (second.title, second.source) == ("临时救助", "a.jsonl#line=3")


def test_a_value_with_tags_is_read_as_a_piece_of_a_page(tmp_path: Path) -> None:
    (found,) = articles(tmp_path, "a.jsonl", lines(TWO))
    assert found.text == "临时救助\n对困难群众 给予救助。\n县民政局负责。"
    value = f"临时救助\n{TWO['正文']}"
    offsets = [found.alignment.to_raw(offset) for offset in range(len(found.text))]
    assert all(value[at] in (sign, "&") for sign, at in zip(found.text, offsets, strict=True) if sign != "\n")


def test_a_file_holds_an_object_or_a_list(tmp_path: Path) -> None:
    (alone,) = articles(tmp_path, "a.json", json.dumps(ONE))
    several = articles(tmp_path, "b.json", json.dumps([ONE, TWO], indent=1))
    assert alone.source == "a.json"
    assert [article.source for article in several] == ["b.json#item=1", "b.json#item=2"]
    assert alone.id == several[0].id


def test_a_sidecar_maps_the_keys(tmp_path: Path) -> None:
    (found,) = articles(tmp_path, "a.json", '{"a": "津贴", "b": "每月50元。"}', "fields: {title: a, text: b}")
    assert (found.title, found.text) == ("津贴", "津贴\n每月50元。")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.jsonl", lines(ONE) + "{", "line 2: this is no JSON"),
        ("a.jsonl", "[1]\n", "line 1: this is no object"),
        ("a.jsonl", '{"x": "一"}\n', "line 1: no column is known to hold text; there are: x"),
        ("a.jsonl", '{"text": null}\n', "no article in this file"),
        ("a.jsonl", '{"title": "一", "text": ""}\n', "line 1: there is nothing under text"),
        ("a.json", "[", "this is no JSON"),
        ("a.json", "[" * 100_000, "this is no JSON"),
        ("a.json", "[]", "no article in this file"),
        ("a.json", "3", "item 1: this is no object"),
        ("a.json", '[{"text": "一。", "date": "近日"}]', "item 1: '近日' under 'date' is no date"),
    ],
)
def test_what_is_wrong_names_the_place(tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        articles(tmp_path, name, text)
    assert caught.value.path == str(tmp_path / name)
    assert problem in str(caught.value)
    assert caught.value.hint
