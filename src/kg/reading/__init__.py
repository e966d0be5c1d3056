"""From a file or a clean text to an `Article`."""

from __future__ import annotations

from hashlib import sha256

from ..model import Article
from ..text import widen
from .layout import is_closed, lay_out, lines, numbered_heading


def article_from_text(text: str, *, source: str) -> Article:
    """The article that a clean text is; nothing of the text is changed."""
    body = lines(text)
    wide = widen(text)
    head = 0
    while head < len(body) and not is_closed(body[head].of(wide)) and not numbered_heading(body[head].of(wide)):
        head += 1
    sections, sentences = lay_out(text, body[head:])
    return Article(
        id=sha256(text.encode()).hexdigest()[:16],
        source=source,
        text=text,
        title=body[0].of(text) if body else "",
        sections=sections,
        sentences=sentences,
    )
