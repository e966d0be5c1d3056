"""What goes into a store, read: hashes, pieces of large files, errors that stop no other file."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from kg import intake
from kg.intake import Job, Wanted, digest_of, jobs, read, take
from kg.namespaces import DEFAULT_BASE
from kg.reading import read_articles

TEXT = "莒县见闻\n莒县人社局启动“春风送岗”行动，惠及返乡农民工3.4万人。"
FACT = {"kind": "entity", "type": "Place", "name": "莒县", "quote": "莒县见闻"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    records = ({"title": f"莒县见闻{number}", "text": f"莒县人社局培训农民工{number}人。"} for number in range(1, 31))
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def pieces(path: Path, held: Mapping[str, str] = MappingProxyType({})) -> list[Job]:
    wanted = Wanted(path, digest_of(path))
    return list(jobs([wanted], base=DEFAULT_BASE, held=lambda path: held))


def test_the_hash_counts_what_lies_beside(file: Path) -> None:
    alone = digest_of(file)
    file.with_suffix(".yaml").write_text("place: 莒县\n", encoding="utf-8")
    assert digest_of(file).startswith(alone + "+")
    facts = file.with_name("a.facts.jsonl")
    facts.write_text(json.dumps(FACT, ensure_ascii=False) + "\n", encoding="utf-8")
    before = digest_of(facts, facts=True)
    file.write_text(TEXT + "\n", encoding="utf-8")
    assert digest_of(facts, facts=True) != before


def test_a_large_file_is_read_in_pieces_that_give_the_same(lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = take(lines, base=DEFAULT_BASE)
    monkeypatch.setattr(intake, "PIECE", 200)
    parts = pieces(lines)
    assert len(parts) == 3
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    taken = [read(pickle.loads(pickle.dumps(part)), base=DEFAULT_BASE) for part in parts]
    assert [entry for one in taken for entry in one.entries] == list(whole.entries)
    assert {one.digest for one in taken} == {whole.digest}


def test_what_the_store_holds_of_a_large_file_is_not_read_again(lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {entry.run: entry.manner for entry in take(lines, base=DEFAULT_BASE).entries}
    monkeypatch.setattr(intake, "PIECE", 200)
    first, moved, *others = every
    (left,) = pieces(lines, every | {moved: "line=7"})
    assert left.held == (first, *others)
    assert [entry.run for entry in read(left, base=DEFAULT_BASE).entries] == [moved]


def test_a_bad_line_stops_no_other(lines: Path) -> None:
    lines.write_text(lines.read_text("utf-8").replace('{"title": "莒县见闻3"', "[", 1), encoding="utf-8")
    taken = take(lines, base=DEFAULT_BASE)
    assert [(error.place, error.path) for error in taken.errors] == [("line 3", str(lines))]
    assert len(taken.entries) == 29
    assert taken.digest


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"", b"  \n"])
def test_a_file_that_gives_nothing_is_not_held(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    taken = take(path, base=DEFAULT_BASE)
    assert (taken.digest, taken.entries, len(taken.errors)) == ("", (), 1)


def test_a_file_that_is_gone_or_of_no_format_is_an_error_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("?", encoding="utf-8")
    for name, problem in (("none.txt", "No such file"), ("a.xyz", "no format for '.xyz'")):
        (error,) = take(tmp_path / name, base=DEFAULT_BASE).errors
        assert (problem in error.problem, error.path) == (True, str(tmp_path / name))


def test_a_fault_of_ours_is_told_with_its_place_and_stops_no_other(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    understood = intake.reading_of

    def stumble(article: object) -> object:
        if "见闻7" in str(article):
            raise ZeroDivisionError("seven")
        return understood(article)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "reading_of", stumble)
    taken = take(lines, base=DEFAULT_BASE)
    assert [(error.place, "ZeroDivisionError: seven" in error.problem) for error in taken.errors] == [("line 7", True)]
    assert len(taken.entries) == 29


def test_pieces_hold_what_the_file_holds(lines: Path) -> None:
    (job,) = pieces(lines)
    assert job.source is None
    assert [entry.article.id for entry in read(job, base=DEFAULT_BASE).entries] == [a.id for a in read_articles(lines)]
