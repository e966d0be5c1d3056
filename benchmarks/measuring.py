"""Measuring beside a peer: medians of several runs in this process or in a fresh one."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Work = tuple[str, Callable[[], object]]
Row = tuple[str, str, float, str, float, float]
"""What is measured, ours and its figure, the peer and its figure, and the ratio of the two."""


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended: its seconds by the clock, its largest memory in MB, what it printed."""

    seconds: float
    megabytes: float
    printed: str


def median(work: Callable[[], object], *, runs: int = 5) -> float:
    """Seconds of the middle run."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def process(*arguments: str) -> Callable[[], str]:
    """Work that runs Python in a process of its own and gives what it prints."""
    return lambda: run(*arguments).printed


def run(*arguments: object) -> Run:
    """Run Python in a process of its own; raises CalledProcessError where it fails."""
    command = [sys.executable, *map(str, arguments)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, printed)
    return Run(time.perf_counter() - begun, used.ru_maxrss / 1024, printed)


def compare(what: str, ours: Work, peer: Work, runs: int) -> Row:
    """A row of two medians."""
    return versus(what, (ours[0], median(ours[1], runs=runs)), (peer[0], median(peer[1], runs=runs)))


def versus(what: str, ours: tuple[str, float], peer: tuple[str, float]) -> Row:
    """A row of two figures."""
    return what, *ours, *peer, ours[1] / peer[1]
