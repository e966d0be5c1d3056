"""Word files: their lines with paragraphs as landmarks, and a clear word for those that cannot be read."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Landmark
from kg.reading import read_article
from kg.reading.office import OLE
from kg.reading.word import load_docx

RUNS = (
    "<w:p {ns}><w:r><w:t>对老年人</w:t></w:r><w:del w:id='1'><w:r><w:delText>不</w:delText></w:r></w:del>"
    "<w:ins w:id='2'><w:r><w:t>每月</w:t></w:r></w:ins><w:r><w:br/><w:t>发放50元。</w:t></w:r></w:p>"
)
BOX = (
    "<w:p {ns} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:r><w:t>正文。</w:t></w:r><w:r>"
    "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def document() -> Any:
    made = docx.Document()
    made.add_heading("清河县就业帮扶办法", 0)
    made.add_paragraph("清河县人民政府印发《清河县就业帮扶办法》，对脱贫人口给予补贴。")
    table = made.add_table(2, 3)
    for row, cells in zip(table.rows, (["项目", "对象", "标准"], ["高龄津贴", "老年人；", "50元"]), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("本办法自2023年6月1日起施行。")
    made.sections[0].header.paragraphs[0].text = "页眉"
    return made


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


WHOLE = saved(document())


def test_paragraphs_and_table_rows_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(WHOLE)
    found = read_article(path)
    assert found.text.splitlines() == [
        "清河县就业帮扶办法",
        "清河县人民政府印发《清河县就业帮扶办法》，对脱贫人口给予补贴。",
        "项目，对象，标准",
        "高龄津贴，老年人；50元",
        "本办法自2023年6月1日起施行。",
    ]
    assert found.title == "清河县就业帮扶办法"
    places = [found.landmark(found.text.index(run)) for run in ("清河", "脱贫", "高龄", "本办法")]
    assert [mark and (mark.kind, mark.number) for mark in places] == [("paragraph", n) for n in (1, 2, 4, 5)]


def test_inserted_text_is_kept_and_deleted_text_is_not() -> None:
    made = docx.Document()
    made.element.body.insert(0, parse_xml(RUNS.format(ns=nsdecls("w"))))
    assert load_docx(saved(made), "a.docx").source == "对老年人每月\n发放50元。"


def test_a_text_box_is_read_once() -> None:
    made = docx.Document()
    made.element.body.insert(0, parse_xml(BOX.format(ns=nsdecls("w"))))
    raw = load_docx(saved(made), "a.docx")
    assert raw.source == "正文。\n框内"
    assert raw.landmarks == (Landmark("paragraph", 1, 0), Landmark("paragraph", 2, 4))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE + b"\x00" * 600, "password"),
        (b"PK\x03\x04" + b"\x00" * 30, "damaged"),
        (b"plain text", "damaged"),
        (WHOLE[: len(WHOLE) // 2], "damaged"),
        (saved(docx.Document()), "no text"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        load_docx(data, "a.docx")
    assert caught.value.path == "a.docx"
    assert caught.value.hint


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match="python -m pip install python-docx"):
        load_docx(WHOLE, "a.docx")


@settings(deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), new=st.binary(max_size=8), cut=st.integers(0, 40))
def test_a_file_with_other_bytes_in_it_is_read_or_refused(at: int, new: bytes, cut: int) -> None:
    try:
        raw = load_docx(WHOLE[:at] + new + WHOLE[at + cut :], "a.docx")
    except InputError:
        return
    assert raw.text.text.strip()
