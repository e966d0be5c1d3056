"""The list of what changed from generation to generation, and what is told where it does not know."""

from __future__ import annotations

from pathlib import Path

from kg.store.journal import begin, mark, note, touched
from kg.store.layout import CHANGES


def test_what_changed_since_a_generation(tmp_path: Path) -> None:
    begin(tmp_path)
    note(tmp_path, 2, {"b", "a"})
    note(tmp_path, 3, set())
    note(tmp_path, 4, ["c"])
    assert touched(tmp_path, after=1, upto=4) == {"a", "b", "c"}
    assert touched(tmp_path, after=2, upto=3) == set()
    assert touched(tmp_path, after=4, upto=4) == set()
    assert touched(tmp_path, after=0, upto=4) is None
    assert touched(tmp_path, after=4, upto=5) is None


def test_what_a_killed_writer_left_does_no_harm(tmp_path: Path) -> None:
    begin(tmp_path)
    with (tmp_path / CHANGES).open("a") as file:
        file.write("\n2 a b")
    note(tmp_path, 2, ["c"])
    assert touched(tmp_path, after=1, upto=2) == {"a", "b", "c"}


def test_a_store_that_is_made_anew_has_another_mark(tmp_path: Path) -> None:
    assert mark(tmp_path) == ""
    assert touched(tmp_path, after=0, upto=1) is None
    begin(tmp_path)
    first = mark(tmp_path)
    note(tmp_path, 2, ["a"])
    assert mark(tmp_path) == first
    begin(tmp_path)
    assert mark(tmp_path) not in ("", first)
    assert touched(tmp_path, after=1, upto=2) is None
