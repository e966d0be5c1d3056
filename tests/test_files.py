"""A file or a folder is written whole or not at all, and a place that cannot be written is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.files import replacing, replacing_folder


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "b.txt") as out:
        out.write("中".encode())
    assert (tmp_path / "a" / "b.txt").read_text(encoding="utf-8") == "中"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "b.txt") as out:
        out.write(b"new" * (1 // 0))
    assert [p.name for p in tmp_path.iterdir()] == ["b.txt"]
    assert (tmp_path / "b.txt").read_text() == "old"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "file" / "x.ttl", tmp_path / "folder"):
        with pytest.raises(OutputError, match="cannot be written"), replacing(target):
            pass


def test_a_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    for name in ("1.txt", "2.txt"):
        with replacing_folder(target, "*.txt") as folder:
            (folder / name).touch()
    assert [path.name for path in target.iterdir()] == ["2.txt"]
    with pytest.raises(ZeroDivisionError), replacing_folder(target, "*.txt") as folder:
        (folder / "3.txt").write_text("new" * (1 // 0))
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["a", "a/b", "a/b/2.txt"]


def test_a_folder_with_the_files_of_others_stays(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.md").touch()
    with pytest.raises(OutputError, match=r"other files, such as mine\.md"), replacing_folder(tmp_path / "b", "*.txt"):
        pass
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"), replacing_folder(tmp_path / "file" / "b", "*"):
        pass
