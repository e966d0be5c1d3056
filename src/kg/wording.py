"""What the program says to people, in Chinese and English: the table `ontology/lexicon/interface.tsv`."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from .lexicon import table

Lang = Literal["zh", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")


def say(key: str, lang: Lang, **values: object) -> str:
    """The wording of that key, with its names filled in.

    >>> say("no_rows", "en")
    'No rows.'
    """
    return _wordings()[key][lang].format(**values)


@cache
def _wordings() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("interface")}
