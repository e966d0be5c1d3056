"""Tables: one article, or one policy, a row. The first row that holds the columns asked for is the heading.

Rows above it, such as a title over the whole table, are left out, and so are rows whose fields are all blank. In a
workbook every sheet with such a heading is read.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from ..errors import InputError
from ..model import Landmark
from .decoding import decode
from .office import check_office
from .raw import Fields, Raw, library, refusing
from .records import articles, find_columns, record_article

_MARKS: Final = ",;\t"
_LAST_HEADING: Final = 20
"""The heading stands in one of so many rows."""

Row = tuple[int, list[str]]
"""The number of a row in its sheet, from 1, and its cells as text."""


def load_csv(data: bytes, path: str, fields: Fields) -> Iterator[Raw | InputError]:
    """The articles of a table whose cells are divided by commas, semicolons or tabs; landmarks are its rows."""
    text = decode(data, path=path)
    mark = max(_MARKS, key=text[: text.find("\n") if "\n" in text else len(text)].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(reader, 1)]
    except csv.Error as error:
        hint = "Close every quotation mark that opens a cell, and double those inside it."
        raise InputError(f"this is no table ({error}).", path=path, line=reader.line_num, hint=hint) from error
    yield from _sheet(rows, path, fields)


def load_xlsx(data: bytes, path: str, fields: Fields) -> Iterator[Raw | InputError]:
    """The articles of an Excel workbook; formulas count by the values that Excel last saved for them."""
    check_office(data, path, suffix=".xlsx")
    openpyxl = library("openpyxl", "openpyxl", path=path)
    hint = "Open it in a table program and save it anew as .xlsx."
    with refusing("the workbook is damaged", path=path, hint=hint), warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, _rows(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    fitting = [(name, rows) for name, rows in sheets if _heading(rows, fields)]
    for name, rows in fitting or sheets[:1]:
        yield from _sheet(rows, path, fields, sheet=name)


def _rows(rows: Iterable[Sequence[Any]]) -> list[Row]:
    """The rows of a sheet that are not blank."""
    told = ((number, [_told(value) for value in row]) for number, row in enumerate(rows, 1))
    return [(number, row) for number, row in told if any(row)]


def _told(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _heading(rows: Sequence[Row], fields: Fields) -> Row | None:
    """The first row that holds the columns asked for."""
    for row in islice(rows, _LAST_HEADING):
        try:
            find_columns(row[1], fields)
        except InputError:
            continue
        return row
    return None


def _sheet(rows: Sequence[Row], path: str, fields: Fields, *, sheet: str = "") -> Iterator[Raw | InputError]:
    if not rows:
        raise InputError("this table is empty.", path=path, hint="It needs a heading and a row for each article.")
    number, names = _heading(rows, fields) or max(rows[:_LAST_HEADING], key=lambda row: sum(map(bool, row[1])))
    try:
        columns = find_columns(names, fields)
    except InputError as error:
        raise InputError(error.problem, path=path, place=f"row {number}", hint=error.hint) from error

    def article(mark: Landmark, cells: list[str]) -> Raw | None:
        record = dict(zip(reversed(names), reversed(cells + [""] * (len(names) - len(cells))), strict=False))
        return record_article(record, columns, mark=mark, part=f"{sheet}!{mark.number}" if sheet else None)

    yield from articles((row for row in rows if row[0] > number), article, kind="row", path=path)
