"""A store that grows: adding is idempotent, a changed file replaces what it gave, removing leaves no trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import collection, intake
from kg.collection import Step, Taken, add, listing, remove, take, update
from kg.commands import main
from kg.errors import InputError, StoreError, UnknownName
from kg.exports import export
from kg.pipeline import fill, read, read_all
from kg.store import change_store, open_store

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


def test_a_store_that_grew_is_what_is_built_at_once(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus])
    fill(tmp_path / "built", [reading for path in sorted(corpus.iterdir()) for reading in read_all(path)])
    assert exported(tmp_path / "s") == exported(tmp_path / "built")


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


@pytest.mark.parametrize(("how", "least"), [("steps", 25), ("moments", 3)])
def test_killed_at_any_moment_the_same_command_finishes_the_work(
    corpus: Path, tmp_path: Path, how: str, least: int
) -> None:
    (corpus / "c.txt").unlink()
    script = Path(__file__).with_name("killing.py")
    done = subprocess.run([sys.executable, script, how, tmp_path / "f", corpus], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= least


def test_readers_go_on_while_a_writer_works_and_a_second_writer_is_told(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus / "a.txt"])
    with change_store(tmp_path / "s"):
        assert titles(tmp_path / "s") == ["莒县见闻"]
        with pytest.raises(StoreError, match=f"is being written by process {os.getpid()} on .* since 20"):
            add(tmp_path / "s", [corpus], on_progress=lambda step: pytest.fail("it read before it asked"))


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of ten articles that is read in several pieces, each of which is a batch."""
    monkeypatch.setattr(intake, "PIECE", 60)
    monkeypatch.setattr(collection, "BATCH", 1)
    path = tmp_path / "many.jsonl"
    write_lines(path, 10)
    return path


def write_lines(path: Path, count: int) -> None:
    records = ({"title": f"莒县见闻{n}", "text": f"莒县人社局培训返乡农民工{n}人。"} for n in range(count))
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def test_a_large_file_goes_in_piece_by_piece(lines: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    change = add(tmp_path / "s", [lines], on_progress=steps.append)
    assert (change.added, len(titles(tmp_path / "s"))) == ([lines.resolve()], 10)
    assert [(step.done, step.total) for step in steps] == [(0, 1)] * (len(steps) - 1) + [(1, 1)]
    assert len(steps) > 3
    assert [step.articles for step in steps] == sorted({step.articles for step in steps}) or steps[-1].articles == 10
    assert add(tmp_path / "s", [lines]).kept == [lines.resolve()]
    collection.BATCH = 100
    add(tmp_path / "whole", [lines])
    assert exported(tmp_path / "s") == exported(tmp_path / "whole")


def test_a_large_file_that_was_interrupted_goes_on_where_it_stopped(lines: Path, tmp_path: Path) -> None:
    def stop(step: Step) -> None:
        if step.articles > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "s", [lines], on_progress=stop)
    there = len(titles(tmp_path / "s"))
    assert 0 < there < 10
    steps: list[Step] = []
    assert update(tmp_path / "s", on_progress=steps.append).added == [lines.resolve()]
    assert steps[-1].articles == 10 - there
    add(tmp_path / "whole", [lines])
    assert exported(tmp_path / "s") == exported(tmp_path / "whole")


def test_a_large_file_with_other_lines_gives_what_it_holds_now(lines: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [lines])
    kept = lines.read_text("utf-8").splitlines(keepends=True)[2:]
    lines.write_text("".join(kept) + '{"title": "新", "text": "莒县教育局开展控辍保学。"}\n', encoding="utf-8")
    steps: list[Step] = []
    assert update(tmp_path / "s", on_progress=steps.append).replaced == [lines.resolve()]
    assert steps[-1].articles == 9  # lines that moved are read again, for the place of their quotes
    add(tmp_path / "fresh", [lines])
    assert exported(tmp_path / "s") == exported(tmp_path / "fresh")


def test_a_sidecar_that_changes_changes_its_article(corpus: Path, tmp_path: Path) -> None:
    add(tmp_path / "s", [corpus])
    (corpus / "a.yaml").write_text("title: 莒县春风送岗\n", encoding="utf-8")
    assert [path.name for path in update(tmp_path / "s").replaced] == ["a.txt"]
    assert "莒县春风送岗" in titles(tmp_path / "s")
    add(tmp_path / "fresh", [corpus])
    assert exported(tmp_path / "s") == exported(tmp_path / "fresh")
    (corpus / "a.yaml").unlink()
    update(tmp_path / "s")
    assert "莒县春风送岗" not in titles(tmp_path / "s")


def test_facts_that_people_made_are_added_and_follow_their_file(corpus: Path, tmp_path: Path) -> None:
    facts = corpus / "a.facts.jsonl"
    place = {"kind": "entity", "type": "Place", "name": "莒县", "quote": "莒县见闻"}
    facts.write_text(json.dumps(place, ensure_ascii=False) + "\n", encoding="utf-8")
    add(tmp_path / "s", [corpus], facts=[facts])
    with open_store(tmp_path / "s") as held:
        assert "reader, rules" in {", ".join(sorted(str(r["readers"]).split(", "))) for r in listing(held).dicts()}
    assert len(add(tmp_path / "s", [corpus], facts=[facts]).kept) == 4
    county = place | {"type": "Organisation", "name": "莒县人社局", "quote": "莒县人社局"}
    facts.write_text(json.dumps(county, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [path.name for path in update(tmp_path / "s").replaced] == ["a.facts.jsonl"]
    add(tmp_path / "fresh", [corpus], facts=[facts])
    assert exported(tmp_path / "s") == exported(tmp_path / "fresh")


def test_a_reader_may_be_put_in_the_place_of_ours(corpus: Path, tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def taking(files: Sequence[Path], base: str) -> Iterator[Taken]:
        asked.append([path.name for path in files])
        return (take(path, base=base) for path in files)

    add(tmp_path / "s", [corpus / "a.txt"])
    add(tmp_path / "s", [corpus], taking=taking)
    add(tmp_path / "whole", [corpus])
    assert asked == [["b.txt", "c.txt"]]
    assert exported(tmp_path / "s") == exported(tmp_path / "whole")


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


def test_the_report_tells_all_that_could_not_be_read(corpus: Path, tmp_path: Path) -> None:
    for number in range(7):
        (corpus / f"bad{number}.txt").write_bytes(b"\x00\x01\x02\x03")
    store = ("--store", tmp_path / "s", "--lang", "en")
    added = kg("add", corpus, *store)
    assert added.exit_code == InputError.exit_status
    assert "3 files added\n7 could not be read, see below\n" in added.output
    assert "… and 2 more" in added.output
    assert len((tmp_path / "s.errors.csv").read_text("utf-8-sig").splitlines()) == 8
    report = tmp_path / "report.jsonl"
    assert kg("add", corpus, "--report", report, *store).exit_code == InputError.exit_status
    records = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert [Path(record["path"]).name for record in records] == [f"bad{number}.txt" for number in range(7)]
    for path in corpus.glob("bad*"):
        path.unlink()
    assert kg("add", corpus, *store).exit_code == 0
    assert not (tmp_path / "s.errors.csv").exists()


def test_something_must_be_named() -> None:
    assert "Name files or folders" in kg("add").output
