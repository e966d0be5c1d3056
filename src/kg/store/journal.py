"""Which articles came, changed or went from generation to generation: STORE/changes.log.

Who keeps something that is made of the graph, as the index of `kg search`, learns here what to look at again. A store
that is made anew begins a new list under a new mark. A list may name articles of a change that was killed before it
counted: to look at an article once more does no harm.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..files import replacing
from .layout import CHANGES


def begin(folder: Path) -> None:
    """Start the list of a store that is made anew."""
    with replacing(folder / CHANGES) as out:
        out.write(f"# {secrets.token_hex(8)}\n".encode())


def note(folder: Path, generation: int, articles: Iterable[str]) -> None:
    """Put down the ids of the articles that a generation changes, before it counts.

    A line begins by ending the one before it, which a killed writer may have left open.
    """
    with (folder / CHANGES).open("a", encoding="utf-8") as file:
        file.write(f"\n{generation} {' '.join(sorted(articles))}\n")
        file.flush()
        os.fsync(file.fileno())


def mark(folder: Path) -> str:
    """What tells a store from the one that stood in the folder before it was made anew."""
    return next((line for line in _lines(folder) if line.startswith("#")), "")


def touched(folder: Path, *, after: int, upto: int) -> set[str] | None:
    """The ids of the articles that the generations after one changed; None where the list does not know them all."""
    found: dict[int, set[str]] = {}
    for line in _lines(folder):
        number, *articles = line.split()
        if number.isdecimal() and after < int(number) <= upto:
            found.setdefault(int(number), set()).update(articles)
    return set().union(*found.values()) if len(found) == upto - after else None


def _lines(folder: Path) -> Iterator[str]:
    try:
        with (folder / CHANGES).open(encoding="utf-8") as file:
            yield from (line for line in file if line.strip())
    except FileNotFoundError:
        return
