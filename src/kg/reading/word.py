"""Word files: one line for each paragraph and each table row, in the order of the text.

Headers, footers, notes and deleted text are left out; inserted text and text boxes are kept. Numbers that Word only
shows, and does not write into the text, are not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate
from typing import Any, Final

from ..errors import InputError
from ..model import Landmark
from .office import check_office
from .raw import Raw, library, refusing
from .rows import row_line
from .tracing import Traced

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = (_W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BLANKS: Final = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_SECOND_FORM: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def load_docx(data: bytes, path: str) -> Raw:
    """The text of a Word file; its landmarks are the paragraphs, a table row counting as one.

    Raises InputError for a file that a password protects, that is damaged or absurdly large, or that holds no text.
    """
    check_office(data, path, suffix=".docx")
    docx = library("docx", "python-docx", path=path)
    with refusing("the Word file is damaged", path=path, hint="Open it in a text program and save it anew as .docx."):
        lines = [line.strip("\n") for line in _lines(docx.Document(BytesIO(data)).element.body)]
    text = "\n".join(lines)
    if not text.strip():
        hint = "If it shows pictures of pages, run text recognition (OCR) on them first."
        raise InputError("the Word file holds no text.", path=path, hint=hint)
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    marks = tuple(Landmark("paragraph", number, start) for number, start in enumerate(starts, 1))
    return Raw(Traced.of(text), text, landmarks=marks)


def _lines(body: Any) -> Iterator[str]:
    for element in body.iter(_PARAGRAPH, _ROW):
        if _is_within(element, _SECOND_FORM):
            continue
        if element.tag == _ROW and not _is_within(element, _ROW):
            cells = ("".join(map(_text, cell.iter(_PARAGRAPH))) for cell in element.iterchildren(_CELL))
            yield row_line(map(Traced.of, cells)).text
        elif element.tag == _PARAGRAPH and not _is_within(element, _ROW):
            yield _text(element)


def _text(paragraph: Any) -> str:
    """What a paragraph says, without that of text boxes in it, which have paragraphs of their own."""
    marks = paragraph.iter(_TEXT, *_BLANKS)
    return "".join(
        _BLANKS.get(mark.tag) or mark.text or ""
        for mark in marks
        if next(mark.iterancestors(_PARAGRAPH)) is paragraph and not _is_within(mark, _W + "pPr")
    )


def _is_within(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None
