"""One function for each file format: from bytes to the raw text, each character with its offset in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from .decoding import decode
from .tracing import Traced

_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|(?:```|~~~)[^\n]*\n?)"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|\[(?=[^\]\n]+\]\([^)\n]*\))|\]\([^)\n]*\)|\*\*|__|`",
    re.MULTILINE,
)


def load_text(data: bytes, path: str) -> Traced:
    """Plain text as it is."""
    return Traced.of(decode(data, path=path))


def load_markdown(data: bytes, path: str) -> Traced:
    """Markdown without its marks; a link keeps its label."""
    return load_text(data, path).replaced(_MARKDOWN, lambda _: "")


LOADERS: Final[Mapping[str, Callable[[bytes, str], Traced]]] = {".txt": load_text, ".md": load_markdown}
"""The loader of each suffix; another format is one more function and one more line."""
