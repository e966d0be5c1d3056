"""From a file, or a clean text, to an `Article`: decode, find damage, repair, clean, lay out, read the metadata."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ..errors import InputError, UnknownFormat
from ..model import Article
from ..text import widen
from .area import main_area
from .cleaning import clean, strip
from .damage import repair_edits, report
from .layout import lay_out, lines
from .loaders import LOADERS
from .metadata import article_end, head_size, read_metadata
from .sidecar import Sidecar, load_sidecar

__all__ = ["LOADERS", "article_from_text", "read_article"]


def read_article(path: Path, *, sidecar: Path | None = None) -> Article:
    """The article in a file, cleaned, with repairs and metadata of its sidecar (`NAME.yaml` beside it, if any).

    Offsets of the article lead back to the decoded file. Raises UnknownFormat for a suffix that no loader serves and
    InputError for a file or a sidecar that cannot be read, or a repair that does not fit.
    """
    data = _bytes(path)
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        raise UnknownFormat(path.suffix or path.name, tuple(LOADERS))
    raw = loader(data, str(path))
    beside = sidecar or path.with_suffix(".yaml")
    said = load_sidecar(beside) if sidecar or beside.is_file() else Sidecar({})
    edits = repair_edits(raw.text, said.repairs, path=str(beside))
    text = clean(raw.edited(edits))
    text = strip(text.cut(0, _end(text.text)))
    article = article_from_text(text.text, source=path.name)
    last = text.origin[-1] if text.text else 0
    damage = tuple(found for offset, found in report(raw.text, edits) if raw.origin[offset] <= last)
    return replace(
        article,
        id=sha256(data).hexdigest()[:16],
        alignment=text.alignment(),
        damage=damage,
        **said.metadata,
    )


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
