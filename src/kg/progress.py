"""How far a long command has come, for people who wait: a line on a terminal, now and then a line in a log."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from shutil import get_terminal_size
from types import TracebackType
from typing import Final, Self, TextIO

from .collection import Step
from .tables import width
from .wording import Lang, say

_BAR: Final = 14
_OFTEN: Final = 0.1
"""Seconds between two lines on a terminal."""
_SELDOM: Final = 60.0
"""Seconds between two lines in a log."""
_RECENT: Final = 30.0
"""The rate is that of so many seconds."""


class Meter:
    """Tells how many files are done, at which rate, how long the rest will take; used as a context manager.

    The stream is standard error where none is given. A command that is done before the first line is due says nothing
    in a log.
    """

    def __init__(self, lang: Lang, *, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic):
        self._lang, self._stream, self._clock = lang, stream or sys.stderr, clock
        self._on_screen = self._stream.isatty()
        self._told = clock() - _OFTEN if self._on_screen else clock()
        self._past = deque([(clock(), 0)])
        self._last: Step | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._on_screen and self._last:
            self._write(self._last)
            self._stream.write("\n")
            self._stream.flush()

    def __call__(self, step: Step) -> None:
        """Take note of a step, and tell it if it is time."""
        now = self._clock()
        self._last = step
        if now - self._told >= (_OFTEN if self._on_screen else _SELDOM):
            self._told = now
            self._past.append((now, step.done))
            self._write(step)
            while len(self._past) > 2 and now - self._past[1][0] >= _RECENT:
                self._past.popleft()

    def _write(self, step: Step) -> None:
        line = self._line(step)
        if self._on_screen:
            self._stream.write("\r\033[K" + _cut(line, get_terminal_size().columns - 1))
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def _line(self, step: Step) -> str:
        begun, before = self._past[0]
        seconds = self._clock() - begun
        rate = (step.done - before) / seconds if seconds > 0 else 0.0
        left = str(timedelta(seconds=round((step.total - step.done) / rate))) if rate else "?"
        filled = _BAR * step.done // max(1, step.total)
        return say(
            "adding",
            self._lang,
            bar="#" * filled + "-" * (_BAR - filled),
            done=f"{step.done:,}",
            total=f"{step.total:,}",
            articles=f"{step.articles:,}",
            rate=f"{rate:.1f}",
            left=left,
            name=step.path.name,
        )


def _cut(line: str, columns: int) -> str:
    """As much of a line as so many columns show."""
    while width(line) > columns:
        line = line[:-1]
    return line
