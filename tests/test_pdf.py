"""PDF files: paragraphs out of lines, pages as landmarks, and a clear word for scans and locked files."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.errors import InputError
from kg.reading import read_article
from kg.reading.damage import TEXTLESS
from kg.reading.pdf import load_pdf
from kg.reports import damage_of

FONT = "STSong-Light"  # not embedded and without a table of characters, as in many official files
LINES = (
    "　　第一条　为了促进就业，对脱贫人口给予一次性创业补贴，标准为每人",
    "5000元，由县人力资源和社会保障局负责发放，所需资金由县财政承担。",
    "　　第二条　本办法自2023年6月1日起施行。",
)


def made(pages: Iterable[Sequence[str]], *, password: str = "", head: str = "", drawn: Collection[int] = ()) -> bytes:
    """A PDF file with the lines of each page, a title on the first, the number of each page below, drawings on some."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password) if password else None)
    for number, lines in enumerate(pages, 1):
        canvas.setFont(FONT, 12)
        canvas.drawString(200, 800, head if head or number > 1 else "清河县就业帮扶办法")
        if number in drawn:
            canvas.rect(50, 50, 400, 600, fill=1)
        for row, line in enumerate(lines):
            canvas.drawString(80, 760 - 20 * row, line)
        canvas.drawCentredString(300, 40, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for number in (1, 2):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.drawString(300, 40, str(number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


WHOLE = made([LINES])


def test_lines_become_paragraphs_and_page_numbers_go(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made([LINES[:1], LINES[1:]]))
    found = read_article(path)
    first = "".join(LINES[:2]).strip()
    assert found.text.splitlines() == ["清河县就业帮扶办法", first, LINES[2].strip()]
    assert found.title == "清河县就业帮扶办法"
    marks = [found.landmark(found.text.index(run)) for run in ("第一条", "5000元", "第二条")]
    assert [mark and (mark.kind, mark.number) for mark in marks] == [("page", 1), ("page", 2), ("page", 2)]


def test_a_page_that_shows_a_picture_and_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made([LINES[:2], [], LINES[2:], []], drawn={2}))
    found = read_article(path)
    (lost,) = found.damage
    assert (lost.kind, str(lost.landmark), lost.repair) == (TEXTLESS, "page 2", None)
    assert lost.context == "所需资金由县财政承担。 …第二条　本办法自2023"
    assert not load_pdf(made([LINES, []]), "a.pdf").textless
    assert "第2页没有文字" in (told := damage_of([found], lang="zh"))
    assert "有 1 页只有图像" in told
    assert "repairs" not in told
    assert "no text on page 2" in damage_of([found], lang="en")


def test_every_character_leads_back_to_the_lines() -> None:
    raw = load_pdf(WHOLE, "a.pdf")
    assert all(raw.source[at] == sign for sign, at in zip(raw.text.text, raw.text.origin, strict=True))


def test_a_line_at_the_head_of_every_page_is_read_once() -> None:
    raw = load_pdf(made([LINES] * 4, head="清河县人民政府公报"), "a.pdf")
    assert raw.source.count("公报") == 1
    assert raw.source.count("第一条") == 4


def test_short_lines_and_ended_ones_stay_lines() -> None:
    lines = ["县民政局", "县财政局", "对八十岁以上老人每月发放津贴五十元，由县民政局办理。", "对困难群众给予救助。"]
    assert load_pdf(made([lines]), "a.pdf").text.text.splitlines()[1:] == lines


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (scan(), "scan"),
        (made([[]], head="　"), "scan"),
        (made([LINES], password="geheim"), "password"),
        (WHOLE[:200], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (b"no pdf", "damaged"),
        (made([["\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009"] * 3]), "fonts"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        load_pdf(data, "a.pdf")
    assert caught.value.path == "a.pdf"
    assert caught.value.hint


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError, match="python -m pip install pypdfium2"):
        load_pdf(WHOLE, "a.pdf")


@settings(deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), new=st.binary(max_size=8), cut=st.integers(0, 40))
def test_a_file_with_other_bytes_in_it_is_read_or_refused(at: int, new: bytes, cut: int) -> None:
    try:
        raw = load_pdf(WHOLE[:at] + new + WHOLE[at + cut :], "a.pdf")
    except InputError:
        return
    assert raw.text.text.strip()
