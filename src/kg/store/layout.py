"""The names inside a store and the facts that a store folder tells of itself.

A store holds generations of its graph. The card names the one that counts; writing the card anew is the one moment
in which a change becomes true, so a store that was killed at any other moment is the one before.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeGuard

from ..errors import StoreError
from ..files import replacing

FORMAT: Final = 2
"""The version of the layout; a store of another one must be built again."""

ARTICLES, CARD, CHANGES = "articles", "store.json", "changes.log"
_ENGINE: Final = "oxigraph-"

FILES: Final = "run/files"
"""The named graph, under the base, that knows which file gave which reading; each reading has one called as its run."""
VOCABULARY, DOUBTFUL = "run/vocabulary", "run/doubtful"
"""The named graphs of what the vocabulary says, and of inferences that are in question while a change is made."""

TEXTS, UNFINISHED, LOCK, NEXT = "run/texts", "run/unfinished", "run/lock", "run/next"
"""The named graphs of a server for the texts of articles, the readings that come or go just now, who writes, and the
graph that is to replace the last one."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a store tells of itself without being opened; `generation` is the number of the graph that counts."""

    format: int
    base: str
    generation: int


def write_card(folder: Path, card: Card) -> None:
    """Make the generation of the card the one that counts."""
    with replacing(folder / CARD) as out:
        out.write((json.dumps(asdict(card), indent=1) + "\n").encode())


def read_card(folder: Path) -> Card:
    """The card of a store; raises StoreError where there is none, or one that this version cannot use."""
    if not is_store(folder):
        raise StoreError(f"no store at {folder}; run `kg build` first, or name another one with --store")
    try:
        record = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if record["format"] == FORMAT:
            return Card(**record)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise damaged(folder, error) from error
    raise StoreError(f"{folder} has format {record['format']}, this version reads {FORMAT}; run `kg build` again")


def is_address(place: Path | str) -> TypeGuard[str]:
    """Whether a place is the http(s) address of a server."""
    return isinstance(place, str) and place.startswith(("http://", "https://"))


def is_store(folder: Path) -> bool:
    """Whether a folder holds a store of whatever version."""
    return (folder / CARD).is_file()


def damaged(folder: Path, error: Exception) -> StoreError:
    """The error for a store whose files cannot be read."""
    return StoreError(f"the store at {folder} is damaged ({error}); run `kg build` again")


def engine_folder(folder: Path, generation: int) -> Path:
    """Where the graph of a generation lies."""
    return folder / f"{_ENGINE}{generation:06}"


def article_file(folder: Path, id: str) -> Path:
    """Where the text of an article lies, whatever the generation."""
    return folder / ARTICLES / id[:2] / f"{id}.json"


def article_files(folder: Path) -> Iterator[Path]:
    """The texts that lie in a store, those that no generation knows any more among them."""
    return (folder / ARTICLES).glob("??/*.json")


def is_ours(folder: Path) -> bool:
    """Whether a folder is a store, or the beginning of one whose first writer was killed."""
    names = {path.name for path in folder.iterdir()}
    return CARD in names or all(map(_is_our_name, names))


def _is_our_name(name: str) -> bool:
    return name in (ARTICLES, CHANGES) or name.startswith((_ENGINE, f".{CARD}", f".{CHANGES}"))


def sweep(folder: Path, *, keep: frozenset[int]) -> None:
    """Delete every generation but those to keep, whole or half-made, and what older versions of the layout left."""
    wanted = {engine_folder(folder, generation) for generation in keep}
    old = {folder / "oxigraph", *(folder / ARTICLES).glob("*.json")} if keep else set()
    for path in {*folder.glob(f"{_ENGINE}*"), *old} - wanted:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def beside(folder: Path, suffix: str) -> Path:
    """The path next to the store's folder that is called like it with a suffix."""
    here = folder.absolute()
    return here.with_name(here.name + suffix)
