"""Results in every form, with Chinese columns that line up and nothing a spreadsheet would run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.errors import InputError, UnknownFormat
from kg.tables import Iri, Rows, plain, render, width

NODE = Iri("https://w3id.org/policykg/place/定远县")
ROWS = Rows(("地方", "n", "note"), ((NODE, Decimal("802000.0"), "a|b"), ("Anhui", 5.5, None)))


def test_columns_line_up_where_characters_are_wide() -> None:
    lines = render(Rows(("名", "n"), (("定远县", 1), ("ab", 22)))).splitlines()
    assert len({width(line) for line in lines}) == 1
    assert lines[2].endswith(" 1")


def test_an_iri_is_shown_by_its_label_where_it_has_one() -> None:
    shown = ROWS.labelled({NODE: "定远县"})
    assert shown.column("地方") == ("定远县", "Anhui")
    assert ROWS.labelled({}).column("地方")[0] == NODE
    assert ROWS.headed({"n": "数值"}).columns == ("地方", "数值", "note")


def test_json_keeps_numbers_and_gaps() -> None:
    assert json.loads(render(ROWS, "json")) == [
        {"地方": NODE, "n": 802000, "note": "a|b"},
        {"地方": "Anhui", "n": 5.5, "note": None},
    ]


def test_markdown_escapes_its_own_mark() -> None:
    assert render(ROWS, "md").splitlines()[2] == f"| {NODE} | 802000 | a\\|b |"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_csv_quotes_what_a_spreadsheet_would_run(text: str) -> None:
    written = render(Rows(("a",), ((text,), (-1,))), "csv")
    assert written == f"a\n'{text}\n-1\n"


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    assert render(Rows(("a",), (("x\ny",),))).splitlines()[2] == "x y"


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_no_rows(form: str) -> None:
    text = render(Rows(("a",), ()), form, empty="nothing found")
    assert text == {"csv": "a\n", "json": "[]\n"}.get(form, "nothing found\n")


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(UnknownFormat, match="table, csv, json, md"):
        render(ROWS, "xlsx")


def test_plain_values() -> None:
    assert [plain(v) for v in (None, True, 3, Decimal("5.85"), "x")] == ["", "true", "3", "5.85", "x"]


def test_rows_are_ordered_by_kind_then_value_and_stay_where_they_are_equal() -> None:
    cells = ("乙", Decimal("2.5"), Iri("urn:b"), None, 2, True, Iri("urn:a"), 2.0, Decimal("NaN"))
    rows = Rows(("x", "n"), tuple((cell, i) for i, cell in enumerate(cells)))
    assert rows.ordered([("x", False)]).column("n") == (3, 6, 2, 8, 5, 4, 7, 1, 0)
    assert rows.ordered([("x", True)]).column("n") == (0, 1, 4, 7, 5, 8, 2, 6, 3)
    assert rows.ordered([("n", True)]).column("n") == tuple(range(8, -1, -1))
    assert rows.ordered([]) == rows


KINDS = Rows(
    ("name", "whole", "exact", "mixed", "any"),
    (
        (Iri("http://x.org/莒县"), 1, Decimal("3.4"), Decimal("2"), "text"),
        (None, None, 2, 1.5, 7),
    ),
)


def test_rows_become_a_table_of_arrow() -> None:
    table = KINDS.to_arrow()
    assert [str(kind) for kind in table.schema.types] == ["string", "int64", "decimal128(2, 1)", "double", "string"]
    assert table.to_pylist()[0] == {
        "name": "http://x.org/莒县",
        "whole": 1,
        "exact": Decimal("3.4"),
        "mixed": 2.0,
        "any": "text",
    }
    assert Rows(("a",), ()).to_arrow().num_rows == 0


def test_rows_become_a_data_frame() -> None:
    frame = KINDS.to_pandas()
    assert list(frame.columns) == list(KINDS.columns)
    assert frame["exact"].sum() == pytest.approx(5.4)
    assert frame["name"].tolist() == ["http://x.org/莒县", None]
    assert Rows(("a",), ()).to_pandas().shape == (0, 1)


@pytest.mark.parametrize(("library", "convert"), [("pyarrow", Rows.to_arrow), ("pandas", Rows.to_pandas)])
def test_a_missing_library_is_told(
    library: str, convert: Callable[[Rows], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match=f"pip install {library}"):
        convert(KINDS)
