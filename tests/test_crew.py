"""Several processes give what one gives, in the same order, and neither outlive the one they work for nor fail it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import crew
from kg.crew import read_all
from kg.intake import Job, Wanted, digest_of
from kg.namespaces import DEFAULT_BASE


@pytest.fixture
def work(tmp_path: Path) -> list[Job]:
    for number in range(12):
        text = f"莒县见闻{number}\n莒县人社局启动“春风送岗”行动，惠及返乡农民工{number}万人。"
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return [Job(Wanted(path, digest_of(path))) for path in sorted(tmp_path.glob("*.txt"))]


def test_two_processes_give_what_one_gives(work: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "TOGETHER", 2)
    one = list(read_all(work, base=DEFAULT_BASE, workers=1))
    assert list(read_all(work, base=DEFAULT_BASE, workers=2)) == one
    assert [taken.path for taken in one] == [job.wanted.path for job in work]


def test_little_work_starts_no_process(work: list[Job]) -> None:
    before = multiprocessing.active_children()
    taken = read_all(work, base=DEFAULT_BASE)
    next(taken)
    assert multiprocessing.active_children() == before


def test_work_is_handed_out_as_it_is_needed(work: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "TOGETHER", 1)
    monkeypatch.setattr(crew, "AHEAD", 2)
    asked: list[Job] = []

    def asking() -> Iterator[Job]:
        for job in work:
            asked.append(job)
            yield job

    taken = read_all(asking(), base=DEFAULT_BASE, workers=1 + 1)
    next(taken)
    assert len(asked) == 4
    assert len(list(taken)) == 11


def test_a_process_that_is_killed_takes_no_work_along(work: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "TOGETHER", 1)
    monkeypatch.setattr(crew, "AHEAD", 2)
    expected = list(read_all(work, base=DEFAULT_BASE, workers=1))
    taken = []
    for one in read_all(work, base=DEFAULT_BASE, workers=2):
        taken.append(one)
        if len(taken) == 3:
            for child in multiprocessing.active_children():
                child.kill()
    assert taken == expected


WORKING = """
import sys, time
from pathlib import Path
from kg.crew import read_all
from kg.intake import Job, Wanted
import multiprocessing
for _ in read_all([Job(Wanted(Path(name), "0")) for name in sys.argv[1:]] * 40, base="http://x.org/", workers=2):
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


def test_processes_end_with_the_one_they_work_for(work: list[Job]) -> None:
    command = [sys.executable, "-c", WORKING, *(str(job.wanted.path) for job in work)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout
        children = [int(number) for number in working.stdout.readline().split()]
        working.kill()
    assert len(children) == 2
    until = time.monotonic() + 20
    while any(map(alive, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, children))


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_workers_leave_ctrl_c_to_their_parent(work: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "TOGETHER", 1)
    taken = read_all(work, base=DEFAULT_BASE, workers=2)
    first = next(taken)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGINT)
    assert len([first, *taken]) == len(work)
