"""Measuring beside a peer: medians of several runs in this process or in a fresh one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Work = tuple[str, Callable[[], object]]
Row = tuple[str, str, float, str, float, float]
"""What is measured, ours and its figure, the peer and its figure, and the ratio of the two."""


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

    def run() -> str:
        done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=ROOT)
        return done.stdout

    return run


def compare(what: str, ours: Work, peer: Work, runs: int) -> Row:
    mine, theirs = median(ours[1], runs=runs), median(peer[1], runs=runs)
    return what, ours[0], mine, peer[0], theirs, mine / theirs
