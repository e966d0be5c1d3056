"""Archives that unpack to absurd sizes are refused before any library opens them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from kg.errors import InputError
from kg.reading.office import MOST_ADDED, check_office
from kg.reading.sheets import load_xlsx
from kg.reading.word import load_docx


def packed(part: str, blocks: int, method: int) -> bytes:
    """An archive with one part of that many blocks of a megabyte of blanks."""
    out = BytesIO()
    with ZipFile(out, "w", method, compresslevel=1) as archive, archive.open(part, "w") as into:
        for _ in range(blocks):
            into.write(b" " * 2**20)
    return out.getvalue()


def test_an_archive_that_grows_beyond_measure_is_refused() -> None:
    data = packed("word/document.xml", MOST_ADDED // 2**20 + 4, ZIP_DEFLATED)
    assert len(data) < 2 * 2**20
    with pytest.raises(InputError, match=r"a\.docx: 1\.\d MB that unpack to 260\.0 MB") as caught:
        load_docx(data, "a.docx")
    assert caught.value.hint
    with pytest.raises(InputError, match=r"a\.xlsx: .* unpack to"):
        list(load_xlsx(data, "a.xlsx", {}))


def test_parts_that_are_packed_as_they_are_do_not_count() -> None:
    check_office(packed("word/media/image1.jpeg", 8, ZIP_STORED), "a.docx", suffix=".docx")
    check_office(b"no archive", "a.docx", suffix=".docx")
