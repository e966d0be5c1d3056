"""Word lists: tables under `ontology/lexicon/`, and the matcher that finds their words in a text.

A table is tab-separated with a header line; `#` begins a comment line. The first column is `word`; the
others are the business of whoever reads the table. A column whose heading ends in `?` may be empty, the
others not. Matching is leftmost-longest, so a long word blocks the short ones inside it: an entry whose
class is `-` exists only to block (科技型中小企业 blocks 中小企业).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from .errors import KnowledgeError
from .resources import knowledge_text

BLOCK = "-"
"""The class of a word that is matched only to keep shorter words from matching inside it."""

OPTIONAL = "?"
"""Ends the heading of a column that may be empty."""


class Hit(NamedTuple):
    """A word found at `start`..`end`, with its row of the table."""

    start: int
    end: int
    row: dict[str, str]

    @property
    def word(self) -> str:
        return self.row["word"]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `ontology/lexicon/NAME.tsv`; a missing optional cell is the empty string.

    Raises KnowledgeError for a row with more cells than the header or without one that is needed, and for a row that
    stands twice.
    """
    path = f"lexicon/{name}.tsv"
    lines = [line for line in knowledge_text(path).splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise KnowledgeError("the table is empty; it needs a header line", path=path)
    header = tuple(lines[0].split("\t"))
    if header[0] != "word":
        raise KnowledgeError("the first column must be 'word'", path=path)
    rows = tuple(_row(line, header, path) for line in lines[1:])
    repeated = [line for line, count in Counter(lines[1:]).items() if count > 1]
    if repeated:
        raise KnowledgeError("the same row stands twice", path=path, entry=min(repeated))
    return rows


def _row(line: str, header: tuple[str, ...], path: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) > len(header):
        raise KnowledgeError(f"{len(cells)} cells for {len(header)} columns", path=path, entry=line)
    cells += [""] * (len(header) - len(cells))
    if not all(map(str.strip, cells)):
        empty = (name for name, cell in zip(header, cells, strict=True) if not cell.strip())
        if lacking := [name for name in empty if not name.endswith(OPTIONAL)]:
            raise KnowledgeError(f"no {', '.join(lacking)}", path=path, entry=line)
    return dict(zip(_names(header), cells, strict=True))


@cache
def _names(header: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removesuffix(OPTIONAL) for name in header)


@cache
def words(name: str, **where: str) -> tuple[str, ...]:
    """The words of a table whose columns hold the given values: `words("verbs", class="issue")`."""
    return tuple(row["word"] for row in table(name) if all(row.get(k) == v for k, v in where.items()))


def alternation(items: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    ordered = sorted(set(items), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


class Matcher:
    """Finds the words of some rows in a text, leftmost-longest and without overlaps.

    Where several rows share a word, the hit carries the first; `rows_of` gives them all.
    """

    def __init__(self, rows: Iterable[dict[str, str]]):
        self._rows: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            self._rows.setdefault(row["word"], []).append(row)
        self._words = sorted(self._rows)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def rows_of(self, word: str) -> tuple[dict[str, str], ...]:
        return tuple(self._rows.get(word, ()))

    def find(self, text: str) -> Iterator[Hit]:
        """Every hit from left to right; words of class `-` only block."""
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            row = self._rows[self._words[index]][0]
            if row.get("class") != BLOCK:
                yield Hit(start, end, row)
