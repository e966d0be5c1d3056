"""The words that end the names of places: 自治县, 镇, 嘎查, 工业园 … (`lexicon/place_suffixes.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..lexicon import table
from .boundaries import RANKS
from .hits import PlaceLevel


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A level word: what must stand before the name (a rank), how long the proper part is, what must not follow.

    `behind` is how short the proper part may be right behind a wider place (天荒坪镇余村).
    """

    level: PlaceLevel
    after: int
    least: int
    behind: int
    most: int
    not_before: str
    but_before: tuple[str, ...]

    def continues(self, wide: str, end: int) -> bool:
        """Whether what stands at `end` makes another word of the level word before it."""
        return end < len(wide) and wide[end] in self.not_before and not wide.startswith(self.but_before, end)


@cache
def level_words() -> dict[str, LevelWord]:
    """Every level word of the table."""
    return {
        row["word"]: LevelWord(
            level=PlaceLevel[row["level"].upper()],
            after=RANKS[row["after"]],
            least=int(row["least"]),
            behind=int(row["behind"] or row["least"]),
            most=int(row["most"]),
            not_before=row["not_before"],
            but_before=tuple(row["but_before"].split()),
        )
        for row in table("place_suffixes")
    }
