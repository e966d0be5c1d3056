"""The line that tells how far a long command has come."""

from __future__ import annotations

import io
from pathlib import Path

from kg.collection import Step
from kg.progress import Meter
from kg.tables import width


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, steps: list[tuple[float, int]], *, total: int = 100) -> str:
    clock = Clock()
    with Meter("en", stream=stream, clock=clock) as meter:
        for clock.now, done in steps:
            meter(Step(done, total, Path("/corpus/a.txt"), done * 2))
    return stream.getvalue()


def test_a_terminal_shows_count_rate_and_time_left() -> None:
    last = told(Screen(), [(1, 10), (2, 20)]).split("\r\033[K")[-1]
    assert last == "[##------------] 20/100 files, 10.0 a second, 0:00:08 left, 40 articles: a.txt\n"


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    slower = [(second, 1000 + second) for second in range(1, 100)]
    assert " 1.0 a second, 0:15:01 left" in told(Screen(), slower, total=2000)


def test_a_terminal_is_told_a_few_times_a_second_and_never_more_than_a_line() -> None:
    shown = told(Screen(), [(step / 1000, step) for step in range(100)]).split("\r\033[K")[1:]
    assert len(shown) == 2
    assert all(width(line.rstrip("\n")) < 80 for line in shown)


def test_a_log_has_a_line_a_minute_and_none_for_short_work() -> None:
    assert told(io.StringIO(), [(1, 10), (59, 20)]) == ""
    lines = told(io.StringIO(), [(second, second) for second in range(0, 150, 10)]).splitlines()
    assert [line.split()[1] for line in lines] == ["60/100", "120/100"]


def test_where_nothing_is_done_yet_nobody_knows_the_time_left() -> None:
    assert "0.0 a second, ? left" in told(Screen(), [(1, 0)])
