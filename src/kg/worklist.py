"""The files that a command is about, and how far it has come with them.

What the store holds is looked at when its turn comes, and one file at a time, so that a hundred thousand files cost no
silence before the work begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import InputError
from .intake import Taken, Wanted, digest_of, readers_of
from .pipeline import article_files
from .register import Record

if TYPE_CHECKING:
    from .llm import ModelReader


@dataclass(frozen=True, slots=True)
class Step:
    """How far a command has come: `done` of `total` files, the last of them `path`, and how many `articles` it read."""

    done: int
    total: int
    path: Path
    articles: int


Progress = Callable[[Step], None]


def listed(paths: Iterable[Path], facts: Iterable[Path]) -> dict[Path, bool]:
    """The files to add, each once, with whether it holds facts that people made; folders stand for their articles."""
    return {path.resolve(): False for path in article_files(paths)} | {path.resolve(): True for path in facts}


class Worklist:
    """The files to add, each once; `kept` are those found to be held as they are, read by all who are to read."""

    def __init__(
        self,
        files: Mapping[Path, bool],
        known: Mapping[Path, Record],
        *,
        model: ModelReader | None = None,
        on_progress: Progress | None = None,
        on_error: Callable[[InputError], None] | None = None,
    ):
        self._files = files
        self._readers = {made: readers_of(facts=made, model=model) for made in (False, True)}
        self._known, self._on_progress, self._on_error = known, on_progress, on_error
        self._done = self._articles = 0
        self.kept: list[Path] = []

    def wanted(self) -> Iterator[Wanted]:
        """The files that the store does not hold as they are; one whose hash cannot be had is wanted without."""
        for path, facts in self._files.items():
            wanted = Wanted(path, _digest(path, facts=facts), facts, self._readers[facts])
            if self._holds(wanted):
                self.kept.append(path)
                self._tell(path)
            else:
                yield wanted

    def told(self, taken: Taken) -> Taken:
        """What was taken out of a file or a piece of it, when word of it is given."""
        if self._on_error:
            for error in taken.errors:
                self._on_error(error)
        self._articles += len({entry.article.id for entry in taken.entries})
        self._tell(taken.path, ended=taken.last)
        return taken

    def _holds(self, wanted: Wanted) -> bool:
        known = self._known.get(wanted.path, Record(""))
        return "" != known.digest == wanted.digest and known.readers.issuperset(wanted.readers)

    def _tell(self, path: Path, *, ended: bool = True) -> None:
        self._done += ended
        if self._on_progress:
            self._on_progress(Step(self._done, len(self._files), path, self._articles))


def _digest(path: Path, *, facts: bool) -> str:
    try:
        return digest_of(path, facts=facts)
    except InputError:
        return ""
