"""Looking names up in the tables of kinds: by their ends, and their concepts by name."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache
from typing import Final

from ..lexicon import table
from ..namespaces import VOCABULARY
from ..text import widen

_REMARK: Final = re.compile(r"（[^（）]*）")


def without_remarks(name: str) -> str:
    """A widened name without its brackets: （试行）, （2024年修订）, the variants of 乡（镇）."""
    return _REMARK.sub("", widen(name))


@cache
def rows(name: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of `lexicon/kinds_NAME.tsv` by their word."""
    return {row["word"]: row for row in table(f"kinds_{name}")}


def longest_ending(text: str, endings: Container[str]) -> str | None:
    """The longest ending of a text among the given ones."""
    wide = widen(text)
    return next((wide[start:] for start in range(len(wide)) if wide[start:] in endings), None)


def concept(scheme: str, name: str) -> str:
    """The IRI of a concept of a scheme."""
    return f"{VOCABULARY}{scheme}/{name}"


def concept_by_ending(scheme: str, text: str) -> str | None:
    """The concept that the longest known ending of a text tells; the table has the name of the scheme."""
    found = longest_ending(text, rows(scheme))
    return concept(scheme, rows(scheme)[found]["concept"]) if found else None
