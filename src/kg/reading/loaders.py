"""One function for each file format: from bytes to the raw text, each character with its offset in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from ..errors import InputError
from .decoding import decode
from .tracing import Traced

_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|(?:```|~~~)[^\n]*\n?)"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|\[(?=[^\]\n]+\]\([^)\n]*\))|\]\([^)\n]*\)|\*\*|__|`",
    re.MULTILINE,
)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MANY, _APART = 10, 200
"""So many tags, fewer characters apart than this on average, make a web page."""


def load_text(data: bytes, path: str) -> Traced:
    """Plain text as it is; raises InputError for a web page."""
    text = decode(data, path=path)
    if _is_web_page(text):
        hint = "Open it in a browser and save what it shows as plain text in UTF-8."
        raise InputError("this is a web page (HTML), whose text cannot be read yet.", path=path, hint=hint)
    return Traced.of(text)


def load_markdown(data: bytes, path: str) -> Traced:
    """Markdown without its marks; a link keeps its label."""
    return load_text(data, path).replaced(_MARKDOWN, lambda _: "")


def _is_web_page(text: str) -> bool:
    """Whether a text opens as a page does, or is full of tags."""
    tags = len(_TAG.findall(text))
    return bool(_PAGE.match(text)) or (tags >= _MANY and tags * _APART > len(text))


LOADERS: Final[Mapping[str, Callable[[bytes, str], Traced]]] = {".txt": load_text, ".md": load_markdown}
"""The loader of each suffix; another format is one more function and one more line."""
