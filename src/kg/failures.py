"""The report of what could not be read: a line for each problem, written as it comes, so that a kill leaves it too.

A name that ends in `.jsonl` takes an object a line, every other a table for spreadsheets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from .errors import InputError, OutputError
from .tables import Rows, to_csv
from .wording import Lang, say

COLUMNS: Final = ("path", "place", "problem", "hint")
_SHOWN: Final = 5


class Report:
    """Takes errors and writes them to a file; used as a context manager.

    What an earlier command wrote there goes. Without any error there is no file, unless it is `wanted` anyway. Raises
    OutputError where the system does not let it be written.
    """

    def __init__(self, path: Path, *, wanted: bool = False):
        self.path, self._wanted = path, wanted
        self._out: TextIO | None = None

    def __enter__(self) -> Self:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._refused(error) from error
        if self._wanted:
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._out:
            self._out.close()

    def __call__(self, error: InputError) -> None:
        """Write down an error."""
        out = self._out or self._open()
        out.write(self._line((error.path, _place(error), error.problem, error.hint)))
        out.flush()

    def _open(self) -> TextIO:
        lines = self.path.suffix == ".jsonl"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._out = self.path.open("w", encoding="utf-8" if lines else "utf-8-sig", newline="")
        except OSError as error:
            raise self._refused(error) from error
        if not lines:
            self._out.write(to_csv(Rows(COLUMNS, ())))
        return self._out

    def _line(self, values: tuple[str | None, ...]) -> str:
        if self.path.suffix == ".jsonl":
            return json.dumps(dict(zip(COLUMNS, values, strict=True)), ensure_ascii=False) + "\n"
        return to_csv(Rows(COLUMNS, (values,))).partition("\n")[2]

    def _refused(self, error: OSError) -> OutputError:
        return OutputError(str(self.path), error.strerror or str(error), "--report")


def _place(error: InputError) -> str:
    return f"line {error.line}" if error.line else error.place


def failures_of(errors: Sequence[InputError], report: Path, *, lang: Lang) -> str:
    """The first errors, how many more there are, and where all of them are written; nothing where there are none."""
    lines = [f"kg: {error}" for error in errors[:_SHOWN]]
    if len(errors) > _SHOWN:
        lines.append(say("more_failed", lang, count=len(errors) - _SHOWN))
    if errors:
        lines.append(say("all_failed", lang, path=report))
    return "".join(f"{line}\n" for line in lines)
