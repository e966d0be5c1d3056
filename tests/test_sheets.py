"""Tables: an article a row, mapped by headings or by the sidecar; what is wrong names row and column."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article
from kg.reading import read_articles
from kg.reading.office import OLE
from kg.reading.raw import Raw
from kg.reading.sheets import load_csv, load_xlsx

CSV = (
    "政策名称,正文,发布日期,来源\n高龄津贴,对老年人每月发50元。,2023-05-04,县民政局\n,,,\n"
    "临时救助,对困难群众给予救助。,,\n"
)
ROWS: Sequence[Sequence[Any]] = (
    ["清河县惠民政策清单"],
    ["序号", "政策名称", "补贴对象", "补贴标准", "日期"],
    [1, "高龄津贴", "八十岁以上老人", "每人每月50元。", datetime(2023, 5, 4)],
    [],
    [2.0, "临时救助", "困难群众", 3000.0, "2023/6"],
)
FIELDS = {"title": ("政策名称",), "text": ("补贴对象", "补贴标准")}


def articles(tmp_path: Path, name: str, data: bytes, sidecar: str = "") -> list[Article]:
    (tmp_path / name).write_bytes(data)
    if sidecar:
        (tmp_path / name).with_suffix(".yaml").write_text(sidecar, encoding="utf-8")
    return list(read_articles(tmp_path / name))


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


WHOLE = workbook(ROWS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", ",;\t")
def test_columns_are_known_by_their_headings(tmp_path: Path, encoding: str, mark: str) -> None:
    first, second = articles(tmp_path, "a.csv", CSV.replace(",", mark).encode(encoding))
    assert (first.title, first.text) == ("高龄津贴", "高龄津贴\n对老年人每月发50元。")
    assert (first.date, first.publisher, first.source) == ("2023-05-04", "县民政局", "a.csv#row=2")
    assert (second.title, second.date, second.publisher, second.source) == ("临时救助", None, None, "a.csv#row=4")
    mark_of_second = second.landmark(0)
    assert mark_of_second
    assert (mark_of_second.kind, mark_of_second.number) == ("row", 4)


def test_a_sidecar_maps_the_columns(tmp_path: Path) -> None:
    said = "fields:\n  title: 政策名称\n  text: [补贴对象, 补贴标准]\nplace: 清河县\n"
    first, second = articles(tmp_path, "a.xlsx", WHOLE, said)
    assert first.text == "高龄津贴\n补贴对象：八十岁以上老人\n补贴标准：每人每月50元。"
    assert (first.date, first.place, first.source) == ("2023-05-04", "清河县", "a.xlsx#Sheet!3")
    assert second.text.endswith("补贴标准：3000")
    assert second.date == "2023-06"


def test_an_article_keeps_its_identity_when_others_come_and_columns_too(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "a.csv", CSV.encode())
    more = CSV.replace("政策名称", "序号,政策名称").replace("\n高", "\n1,高").replace("\n临", "\n0,新,新办法。,,\n2,临")
    assert {first.id, second.id} < {article.id for article in articles(tmp_path, "b.csv", more.encode())}
    (changed, _) = articles(tmp_path, "c.csv", CSV.replace("50元", "60元").encode())
    assert changed.id != first.id


def test_every_sheet_with_the_columns_is_read() -> None:
    found = load_xlsx(workbook(ROWS, [["说明"], ["无"]], ROWS), "a.xlsx", FIELDS)
    assert [raw.part for raw in found if not isinstance(raw, InputError)] == [
        "Sheet!3", "Sheet!5", "Sheet2!3", "Sheet2!5"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "fields", "problem", "hint"),
    [
        (
            "序号,说明\n1,二\n",
            {},
            "row 1: no column is known to hold text; there are: 序号, 说明.",
            "fields: {title: 序号",
        ),
        (CSV, {"text": ("内容",)}, "row 1: there is no column '内容'; there are: 政策名称, 正文", "as it stands"),
        (CSV.replace("2023-05-04", "长期"), {}, "row 2: '长期' under '发布日期' is no date.", "2016-01-05"),
        ("正文,标题\n,一\n", {}, "row 2: there is nothing under 正文", "Fill it in"),
        ("正文,标题\n", {}, "there is no article in this file.", "a row for each"),
        ('正文,标题\n"一,二\n', {}, "this is no table", "Close every quotation mark"),
    ],
)
def test_what_is_wrong_names_row_and_column(data: str, fields: Any, problem: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        raise_first(load_csv(data.encode(), "a.csv", fields))
    assert caught.value.path == "a.csv"
    assert problem in str(caught.value)
    assert hint in caught.value.hint


def raise_first(found: Iterable[Raw | InputError]) -> None:
    """Raise the error that comes first, whether it stops the file or stands for one row."""
    for raw in found:
        if isinstance(raw, InputError):
            raise raw


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("fields: x", "takes lines"),
        ("fields: {titel: 政策名称}", "no field 'titel'"),
        ("fields: {title: []}", "name of a column"),
        ("fields: {title: {a: b}}", "name of a column"),
        ("repairs: [{find: 高龄, replace: 老龄}]", "file that is one article"),
    ],
)
def test_a_wrong_mapping_is_told(tmp_path: Path, said: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        articles(tmp_path, "a.csv", CSV.encode(), said)
    assert caught.value.path == str(tmp_path / "a.yaml")


def test_a_text_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is one article"):
        articles(tmp_path, "a.txt", "县里开会。".encode(), "fields: {text: 正文}")


@pytest.mark.parametrize(
    ("data", "word"),
    [(OLE + b"\x00" * 600, "password"), (b"PK\x03\x04", "damaged"), (b"no book", "damaged"), (workbook([]), "empty")],
)
def test_what_cannot_be_read_is_told(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        list(load_xlsx(data, "a.xlsx", {}))
    assert (caught.value.path, bool(caught.value.hint)) == ("a.xlsx", True)


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError, match="python -m pip install openpyxl"):
        list(load_xlsx(WHOLE, "a.xlsx", {}))


@settings(deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), new=st.binary(max_size=8), cut=st.integers(0, 40))
def test_a_file_with_other_bytes_in_it_is_read_or_refused(at: int, new: bytes, cut: int) -> None:
    try:
        found = list(load_xlsx(WHOLE[:at] + new + WHOLE[at + cut :], "a.xlsx", FIELDS))
    except InputError:
        return
    assert found
