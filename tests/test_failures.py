"""The report of what could not be read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.failures import Report, failures_of

ERRORS = [
    InputError("there is nothing under 内容.", path="/a.csv", place="row 7", hint="Fill it in."),
    InputError("wrong value.", path="/b.jsonl", line=3),
]


def written(path: Path, errors: list[InputError], *, wanted: bool = False) -> Path:
    with Report(path, wanted=wanted) as report:
        for error in errors:
            report(error)
    return path


def test_a_table_says_file_place_problem_and_hint(tmp_path: Path) -> None:
    text = written(tmp_path / "new" / "report.csv", ERRORS).read_text("utf-8-sig")
    assert list(csv.DictReader(text.splitlines())) == [
        {"path": "/a.csv", "place": "row 7", "problem": "there is nothing under 内容.", "hint": "Fill it in."},
        {"path": "/b.jsonl", "place": "line 3", "problem": "wrong value.", "hint": ""},
    ]


def test_lines_say_the_same(tmp_path: Path) -> None:
    lines = written(tmp_path / "report.jsonl", ERRORS).read_text("utf-8").splitlines()
    assert [json.loads(line)["place"] for line in lines] == ["row 7", "line 3"]


def test_a_line_is_there_as_soon_as_it_comes(tmp_path: Path) -> None:
    with Report(tmp_path / "report.jsonl") as report:
        report(ERRORS[0])
        assert len((tmp_path / "report.jsonl").read_text("utf-8").splitlines()) == 1


def test_without_errors_there_is_no_report_and_an_old_one_goes(tmp_path: Path) -> None:
    path = written(tmp_path / "report.csv", ERRORS)
    assert not written(path, []).exists()
    assert written(path, [], wanted=True).read_text("utf-8-sig") == "path,place,problem,hint\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="choose another place with --report"):
        written(tmp_path, [], wanted=True)


def test_people_see_the_first_errors_and_where_the_others_are() -> None:
    shown = failures_of(ERRORS * 4, Path("r.csv"), lang="en").splitlines()
    assert shown[0] == "kg: /a.csv: row 7: there is nothing under 内容. Fill it in."
    assert shown[-2:] == ["… and 3 more", "Each with its file, place and remedy: r.csv"]
    assert failures_of([], Path("r.csv"), lang="en") == ""
