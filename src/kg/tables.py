"""Rows of plain values, and their forms for people and programs: table, csv, json, md.

Column widths count what a terminal shows: a Chinese character takes two columns. A cell that a spreadsheet would
run as a formula is quoted in CSV, because texts come from anywhere.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from .errors import InputError, UnknownFormat

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Iri(str):
    """The name of a node, told apart from a text so that it can be shown by its label."""

    __slots__ = ()


class Duration(str):
    """A length of time in ISO 8601 (`P5Y`), told apart from a text so that it can be shown in words."""

    __slots__ = ()


Value = str | int | float | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Rows:
    """A result: headings and rows of plain values, IRIs as `Iri`; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> tuple[Value, ...]:
        """All values of one column."""
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def dicts(self) -> list[dict[str, Value]]:
        """The rows as objects by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def labelled(self, labels: Mapping[str, str]) -> Rows:
        """The same rows with every IRI that has a label shown by it."""
        shown = (tuple(labels.get(v, v) if isinstance(v, Iri) else v for v in row) for row in self.rows)
        return Rows(self.columns, tuple(shown))

    def ordered(self, by: Sequence[tuple[str, bool]]) -> Rows:
        """The rows in SPARQL's order of columns, each with whether it descends; rows equal in these stay as they were.

        What is missing comes first, then nodes, numbers and texts.

        >>> Rows(("a", "n"), (("x", 1), ("y", 2), (None, 2))).ordered([("n", True), ("a", False)]).rows
        ((None, 2), ('y', 2), ('x', 1))
        """
        places = list(range(len(self.rows)))
        for column, descending in reversed(by):
            places.sort(key=_comparable(self.column(column)).__getitem__, reverse=descending)
        return Rows(self.columns, tuple(self.rows[place] for place in places))

    def headed(self, headings: Mapping[str, str]) -> Rows:
        """The same rows under other headings; a column that `headings` leaves out keeps its own."""
        return Rows(tuple(headings.get(c, c) for c in self.columns), self.rows)

    def to_arrow(self) -> pa.Table:
        """The rows as a table of Apache Arrow; raises InputError where pyarrow is missing.

        Numbers stay exact; a column of values of several kinds is one of texts.
        """
        arrow = _library("pyarrow")
        columns = (self.column(name) for name in self.columns)
        made: pa.Table = arrow.table([_of_one_kind(values) for values in columns], names=list(self.columns))
        return made

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame of pandas; raises InputError where pandas is missing.

        Numbers that are not whole are floats, so that pandas reckons with them.
        """
        found = [[_number(value) for value in row] for row in self.rows]
        frame: pd.DataFrame = _library("pandas").DataFrame(found, columns=list(self.columns))
        return frame


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        hint = f"Install it: python -m pip install {name}"
        raise InputError(f"this needs {name}, which is missing.", hint=hint) from None


def _of_one_kind(values: Sequence[Value]) -> list[Value]:
    """Values that one column can hold: texts, truth values, whole numbers, exact numbers, or else floats."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds - {str, Iri, Duration}:
        return [None if value is None else str(value) for value in values]
    if kinds == {int, Decimal}:
        return [Decimal(value) if isinstance(value, int) else value for value in values]
    if kinds <= {int, float, Decimal} and float in kinds:
        return [None if value is None else float(value) for value in values]
    return list(values) if len(kinds) == 1 else [None if value is None else plain(value) for value in values]


def _number(value: Value) -> Value:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def render(rows: Rows, form: str = "table", *, empty: str = "") -> str:
    """The rows as text that ends in a line end; `empty` is what a table or md says where there are none.

    Raises UnknownFormat for a form other than table, csv, json, md.

    >>> print(render(Rows(("地方", "n"), (("定远县", 2), ("内蒙古自治区", 11)))), end="")
    地方           n
    ────────────  ──
    定远县         2
    内蒙古自治区  11
    """
    if form not in FORMS:
        raise UnknownFormat(form, tuple(FORMS))
    if not rows.rows and empty and form in ("table", "md"):
        return empty + "\n"
    return FORMS[form](rows)


def plain(value: Value) -> str:
    """A value as people read it: numbers without a needless fraction, nothing for None.

    >>> plain(Decimal("802000.0")), plain(5.85), plain(None), plain(True)
    ('802000', '5.85', '', 'true')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal() if value == value.to_integral_value():
            return str(int(value))
        case _:
            return str(value)


def _comparable(values: Sequence[Value]) -> Sequence[Any]:
    """What the values are compared by: themselves, where all are nodes or all are texts."""
    return values if set(map(type, values)) in ({Iri}, {str}) else [*map(_rank, values)]


def _rank(value: Value) -> tuple[int, Any]:
    if value is None:
        return 0, 0
    if isinstance(value, str):
        return (1 if isinstance(value, Iri) else 3), value
    is_number = value == value  # NaN compares with nothing
    return 2, value if is_number else float("-inf")


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def to_csv(rows: Rows) -> str:
    """The rows as comma-separated values with a line of headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([_unarmed(value) for value in row] for row in rows.rows)
    return out.getvalue()


def _unarmed(value: Value) -> str:
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _table(rows: Rows) -> str:
    cells = [[_one_line(plain(v)) for v in row] for row in rows.rows]
    widths = [max(map(width, column)) for column in zip(rows.columns, *cells, strict=True)]
    numeric = [_is_numeric([row[i] for row in rows.rows]) for i in range(len(widths))]
    rule = ["─" * size for size in widths]
    lines = [_padded(line, widths, numeric) for line in (rows.columns, rule, *cells)]
    return "".join(line + "\n" for line in lines)


def _padded(line: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    parts = []
    for text, size, right in zip(line, widths, numeric, strict=True):
        blank = " " * (size - width(text))
        parts.append(blank + text if right else text + blank)
    return "  ".join(parts).rstrip()


def _is_numeric(values: Sequence[Value]) -> bool:
    known = [v for v in values if v is not None]
    return bool(known) and all(isinstance(v, int | float | Decimal) for v in known)


def _md(rows: Rows) -> str:
    lines = [rows.columns, ("---",) * len(rows.columns), *([_one_line(plain(v)) for v in r] for r in rows.rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def to_json(records: Any) -> str:
    """Records as JSON text that ends in a line end; exact numbers as JSON has them."""
    return json.dumps(records, ensure_ascii=False, indent=1, default=_json_number) + "\n"


def _json(rows: Rows) -> str:
    return to_json(rows.dicts())


def _json_number(value: Any) -> Value:
    if isinstance(value, Decimal):
        return _number(value)
    raise TypeError(f"{type(value).__name__} is no plain value")


FORMS: Final[dict[str, Callable[[Rows], str]]] = {"table": _table, "csv": to_csv, "json": _json, "md": _md}
"""The forms of a result by name."""
