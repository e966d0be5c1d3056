"""A store that grows: adding is idempotent, a changed file replaces what it gave, removing leaves no trace."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.collection import add, listing, remove, update
from kg.commands import main
from kg.errors import InputError, StoreError, UnknownName
from kg.exports import export
from kg.pipeline import fill, read
from kg.store import change_store, is_store, open_store

TEXTS = {
    "a.txt": "莒县见闻\n莒县人社局启动“春风送岗”行动，惠及返乡农民工3.4万人。",
    "b.txt": "定远县见闻\n定远县委出台《驻村干部管理办法》，为驻村干部购买人身意外保险。",
    "c.txt": "莒县人社局培训返乡农民工。\n莒县位于山东。",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def exported(store: Path) -> bytes:
    with open_store(store) as held:
        export(held, store.with_suffix(".nt"))
    return store.with_suffix(".nt").read_bytes()


def titles(store: Path) -> list[str]:
    with open_store(store) as held:
        return [str(row["title"]) for row in listing(held).dicts()]


def test_adding_again_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    first = add(tmp_path / "s", [corpus])
    before = exported(tmp_path / "s")
    again = add(tmp_path / "s", [corpus])
    assert [len(part) for part in (first.added, first.kept, again.added, again.kept)] == [3, 0, 0, 3]
    assert exported(tmp_path / "s") == before


def test_a_file_named_twice_is_added_once(corpus: Path, tmp_path: Path) -> None:
    change = add(tmp_path / "s", [corpus / "a.txt", corpus / "a.txt", corpus])
    assert [len(change.added), len(change.replaced), len(change.kept)] == [3, 0, 0]


def test_the_order_and_the_number_of_workers_make_no_difference(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "one", [corpus])
    for name in ("c.txt", "a.txt", "b.txt"):
        add(tmp_path / "two", [corpus / name])
    add(tmp_path / "three", [corpus], workers=2)
    assert exported(tmp_path / "one") == exported(tmp_path / "two") == exported(tmp_path / "three")


def test_what_is_added_is_what_a_build_gives(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "added", [corpus])
    fill(tmp_path / "built", (read(path) for path in corpus.iterdir()))
    with open_store(tmp_path / "added") as added, open_store(tmp_path / "built") as built:
        assert sorted(map(str, added.graph())) == sorted(map(str, built.graph()))


def test_the_first_of_two_files_with_one_text_gives_the_article(corpus: Path, tmp_path: Path) -> None:
    for name in ("0.txt", "d.txt"):
        (corpus / name).write_bytes((corpus / "a.txt").read_bytes())
    add(tmp_path / "s", [corpus])
    with open_store(tmp_path / "s") as held:
        assert sorted(str(row["source"]) for row in listing(held).dicts()) == ["0.txt", "b.txt", "c.txt"]


def test_a_changed_file_replaces_what_it_gave(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus])
    (corpus / "b.txt").write_text("金寨县见闻\n金寨县委开展结对帮扶。", encoding="utf-8")
    change = update(tmp_path / "s")
    assert [path.name for path in change.replaced] == ["b.txt"]
    add(tmp_path / "fresh", [corpus])
    assert exported(tmp_path / "s") == exported(tmp_path / "fresh")


def test_removing_an_article_leaves_no_trace(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus / "a.txt", corpus / "c.txt"])
    before = exported(tmp_path / "s")
    add(tmp_path / "s", [corpus / "b.txt"])
    assert len(remove(tmp_path / "s", ["定远县见闻"]).removed) == 1
    assert exported(tmp_path / "s") == before
    assert add(tmp_path / "s", [corpus]).added == [(corpus / "b.txt").resolve()]


def test_an_article_that_two_files_give_goes_with_the_last(corpus: Path, tmp_path: Path) -> None:
    (corpus / "d.txt").write_bytes((corpus / "a.txt").read_bytes())
    add(tmp_path / "s", [corpus])
    assert len(titles(tmp_path / "s")) == 3
    (corpus / "a.txt").unlink()
    assert update(tmp_path / "s", prune=True).removed == []
    (corpus / "d.txt").unlink()
    assert len(update(tmp_path / "s", prune=True).removed) == 1
    assert len(titles(tmp_path / "s")) == 2


def test_a_file_that_is_gone_is_told_and_kept(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus])
    (corpus / "a.txt").unlink()
    change = update(tmp_path / "s")
    assert ["the file is gone" in str(error) for error in change.failed] == [True]
    assert len(titles(tmp_path / "s")) == 3


def test_a_broken_file_stops_no_other(corpus: Path, tmp_path: Path) -> None:
    (corpus / "bad.txt").write_bytes(b"\x00\x01\x02\x03")
    change = add(tmp_path / "s", [corpus])
    assert len(change.failed) == 1
    assert len(change.added) == 3


def test_an_unknown_name_removes_nothing(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus])
    with pytest.raises(UnknownName, match="`kg list` names all"):
        remove(tmp_path / "s", ["定远县见闻", "无此文"])
    assert len(titles(tmp_path / "s")) == 3


GROWING = """
import sys
from pathlib import Path
from kg import collection
collection.BATCH = 1
collection.add(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.1, 1.4, 1.7, 2.2])
def test_killed_at_any_moment_the_same_command_finishes_the_work(corpus: Path, tmp_path: Path, seconds: float) -> None:
    command = [sys.executable, "-c", GROWING, str(tmp_path / "s"), str(corpus)]
    with subprocess.Popen(command) as growing:
        with suppress(subprocess.TimeoutExpired):
            growing.wait(seconds)
        growing.kill()
    if is_store(tmp_path / "s"):
        assert len(titles(tmp_path / "s")) <= len(TEXTS)
        assert exported(tmp_path / "s")
    subprocess.run(command, check=True)
    add(tmp_path / "whole", [corpus])
    assert exported(tmp_path / "s") == exported(tmp_path / "whole")


def test_readers_go_on_while_a_writer_works_and_a_second_writer_is_told(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus / "a.txt"])
    with change_store(tmp_path / "s"):
        assert titles(tmp_path / "s") == ["莒县见闻"]
        with pytest.raises(StoreError, match="is being written by process"):
            add(tmp_path / "s", [corpus])


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_the_commands_tell_what_they_did(corpus: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "s", "--lang", "en")
    assert kg("add", corpus, *store).output == "3 files added\n"
    assert kg("add", corpus, *store).output == "3 files were held already\n"
    listed = json.loads(kg("list", *store, "--format", "json").output)
    assert sorted(row["File"] for row in listed) == ["a.txt", "b.txt", "c.txt"]
    assert kg("remove", "b.txt", *store).output == "1 articles removed\n"
    (corpus / "a.txt").write_text("莒县新闻\n莒县教育局开展控辍保学。", encoding="utf-8")
    (corpus / "c.txt").unlink()
    changed = kg("update", *store)
    assert changed.exit_code == InputError.exit_status
    assert "1 files had changed" in changed.output
    assert "the file is gone" in changed.output
    assert kg("update", "--prune", *store).exit_code == 0
    unknown = kg("remove", "b.txt", *store)
    assert (unknown.exit_code, "`kg list` names all" in unknown.output) == (UnknownName.exit_status, True)
