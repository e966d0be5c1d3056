"""What finding places yields: places named, and words that point at one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class PlaceLevel(IntEnum):
    """The levels of places, the widest first."""

    REGION = 0
    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5
    HAMLET = 6
    SITE = 7


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place named at `start`..`end`.

    `name` is its full name with the level word, `parent` the full name of the place it is said or known to lie in.
    `rule` is how it was recognised: `place-name` by full and `place-short` by short name, `place-form` by its form.
    """

    start: int
    end: int
    name: str
    level: PlaceLevel
    parent: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Deictic:
    """A word at `start`..`end` that points at a place whose name ends with `level`, or at its site with the `rest`."""

    start: int
    end: int
    level: str
    rest: str = ""
