"""From a file, or a clean text, to an `Article`: decode, find damage, repair, clean, lay out, read the metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import InputError, UnknownFormat
from ..model import Article
from ..text import widen
from .area import main_area
from .cleaning import clean
from .damage import repair_edits, report, report_textless
from .layout import lay_out, lines
from .loaders import LOADERS, SEVERAL
from .metadata import article_end, head_size, read_metadata
from .raw import Raw
from .sidecar import Sidecar, load_sidecar

__all__ = [
    "LOADERS",
    "SEVERAL",
    "Raw",
    "Source",
    "article_from_text",
    "article_id",
    "load_raws",
    "make_articles",
    "read_article",
    "read_articles",
    "sidecar_of",
]


@dataclass(frozen=True, slots=True)
class Source:
    """What the articles of a file share: its path, and what its sidecar, at `beside`, says."""

    path: Path
    beside: Path
    said: Sidecar


def read_articles(
    path: Path, *, sidecar: Path | None = None, on_error: Callable[[InputError], None] | None = None
) -> Iterator[Article]:
    """The articles of a file, cleaned, with what its sidecar says (`NAME.yaml` beside it, if any).

    Offsets of an article lead back to the decoded file; `loaders` tells what that is for each format. Raises
    UnknownFormat for a suffix that no loader serves and InputError for a file or a sidecar that cannot be read. What
    is wrong with one article, of which a file may have several, goes to `on_error`, if given; the others go on.
    """
    yield from make_articles(*load_raws(path, sidecar=sidecar), on_error=on_error)


def load_raws(path: Path, *, sidecar: Path | None = None) -> tuple[Source, Iterator[Raw | InputError]]:
    """What a file says of its articles, and the articles as they stand in it, one after the other.

    For whoever lets others make articles of them, a part of the file each. Raises what `read_articles` does.
    """
    data = _bytes(path)
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise UnknownFormat(path.suffix or path.name, tuple(LOADERS))
    beside = sidecar or sidecar_of(path)
    said = load_sidecar(beside) if sidecar or beside.is_file() else Sidecar({})
    return Source(path, beside, said), (_keyed(raw, data) for raw in loader(data, str(path), said.fields))


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a file lies, if it has one."""
    return path.with_suffix(".yaml")


def _keyed(raw: Raw | InputError, data: bytes) -> Raw | InputError:
    return raw if isinstance(raw, InputError) or raw.key else replace(raw, key=data)


def article_id(raw: Raw) -> str:
    """The id of an article, which is known before it is made."""
    return sha256(raw.key).hexdigest()[:16]


def make_articles(
    source: Source, raws: Iterable[Raw | InputError], *, on_error: Callable[[InputError], None] | None = None
) -> Iterator[Article]:
    """The articles that stand in a file, cleaned; what is wrong with one goes to `on_error`, if given."""
    for raw in raws:
        try:
            article = _article(raw, source)
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield article


def read_article(path: Path, *, sidecar: Path | None = None) -> Article:
    """The one article of a file; raises InputError, besides what `read_articles` raises, where there are more."""
    first, *others = read_articles(path, sidecar=sidecar)
    if others:
        hint = "Build a graph of it, or read it with kg.read_all."
        raise InputError(f"this file holds {len(others) + 1} articles, not one.", path=str(path), hint=hint)
    return first


def _article(raw: Raw | InputError, source: Source) -> Article:
    """The article that a loader found; raises what it found wrong instead, or a repair that does not fit."""
    if isinstance(raw, InputError):
        raise raw
    path, said = source.path, source.said
    if raw.part and said.repairs:
        hint = "Mend the entry itself."
        raise InputError("repairs are for a file that is one article.", path=str(source.beside), hint=hint)
    edits = repair_edits(raw.text.text, said.repairs, path=str(source.beside))
    text = clean(raw.text.edited(edits))
    text = text.cut(0, _end(text.text)).stripped()
    if not text.text:
        place = str(raw.landmarks[0]) if raw.part else ""
        raise InputError("there is no text in it.", path=str(path), place=place, hint="Put an article's text into it.")
    article = article_from_text(text.text, source=f"{path.name}#{raw.part}" if raw.part else path.name)
    damage = [found for offset, found in report(raw, edits) if offset <= text.origin[-1]]
    known: dict[str, Any] = {
        "id": article_id(raw),
        "alignment": text.alignment(),
        "landmarks": raw.landmarks,
        "damage": tuple(sorted([*damage, *report_textless(raw)], key=lambda place: (place.line, place.column))),
    }
    hints = {name: value for name, value in raw.hints.items() if not getattr(article, name)}
    return replace(article, **known, **{**hints, **raw.said, **said.metadata})


def article_from_text(text: str, *, source: str) -> Article:
    """The article that a clean text is, up to the mark after which a page goes on with other things.

    Nothing before that mark is changed, so offsets in `text` hold for the article.
    """
    text = text[: _end(text)]
    wide, body = widen(text), lines(text)
    head = head_size(wide, body)
    sections, sentences = lay_out(text, body[head:])
    said = read_metadata(text, wide, body)
    return Article(
        id=sha256(text.encode()).hexdigest()[:16],
        source=source,
        text=text,
        title=said.title,
        byline=said.byline,
        publisher=said.publisher,
        authors=said.authors,
        date=said.date,
        place=main_area(wide, widen(said.title), (*body[head : head + 1], *body[-1:])),
        sections=sections,
        sentences=sentences,
    )


def _end(text: str) -> int:
    return article_end(widen(text), lines(text))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file.", path=str(path), hint="Check the path.") from None
    except IsADirectoryError:
        raise InputError("this is a folder.", path=str(path), hint="Name a file in it.") from None
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror}).", path=str(path)) from error
