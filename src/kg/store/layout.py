"""The names inside a store folder and the facts that a store tells of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ..errors import StoreError

FORMAT: Final = 1
"""The version of the layout; a store of another one must be built again."""

ENGINE, ARTICLES, CARD = "oxigraph", "articles", "store.json"


@dataclass(frozen=True, slots=True)
class Card:
    """What a store tells of itself without being opened."""

    format: int
    base: str
    counts: Mapping[str, int]


def write_card(folder: Path, card: Card) -> None:
    (folder / CARD).write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")


def read_card(folder: Path) -> Card:
    """The card of a store; raises StoreError where there is none, or one that this version cannot use."""
    if not (folder / CARD).is_file():
        raise StoreError(f"no store at {folder}; run `kg build` first, or name another one with --store")
    try:
        card = Card(**json.loads((folder / CARD).read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise damaged(folder, error) from error
    if card.format != FORMAT:
        raise StoreError(f"{folder} has format {card.format}, this version reads {FORMAT}; run `kg build` again")
    return card


def damaged(folder: Path, error: Exception) -> StoreError:
    """The error for a store whose files cannot be read."""
    return StoreError(f"the store at {folder} is damaged ({error}); run `kg build` again")


def beside(folder: Path, suffix: str) -> Path:
    """The path next to the store's folder that is called like it with a suffix."""
    here = folder.absolute()
    return here.with_name(here.name + suffix)


def retired(folder: Path) -> Path:
    """Where the old store stands for the moment in which the new one takes its name."""
    return beside(folder, ".old")
