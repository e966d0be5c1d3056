"""Which function reads which suffix, and the plain formats: text, Markdown, web pages.

What the offsets of an article count in: of text, Markdown and web pages the characters of the decoded file; of Word and
PDF those of its lines, with landmarks for paragraphs and pages; of tables and JSON those of the one entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ..errors import InputError
from .decoding import decode
from .json_lines import load_json, load_jsonl
from .pages import is_page, read_page
from .pdf import load_pdf
from .raw import Fields, Loader, Raw
from .sheets import load_csv, load_xlsx
from .tracing import Traced
from .word import load_docx

_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|(?:```|~~~)[^\n]*\n?)"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|\[(?=[^\]\n]+\]\([^)\n]*\))|\]\([^)\n]*\)|\*\*|__|`",
    re.MULTILINE,
)


def load_text(data: bytes, path: str) -> Raw:
    """Plain text as it is; a web page under the suffix of a text is read as the page that it is."""
    text = decode(data, path=path)
    return load_page(data, path) if is_page(text) else Raw(Traced.of(text), text)


def load_markdown(data: bytes, path: str) -> Raw:
    """Markdown without its marks; a link keeps its label."""
    text = decode(data, path=path)
    return Raw(Traced.of(text).replaced(_MARKDOWN, lambda _: ""), text)


def load_page(data: bytes, path: str) -> Raw:
    """The article of a web page; what its meta tags say helps out where the article says nothing."""
    html = decode(data, path=path, declared=True)
    text, hints = read_page(html, path=path)
    return Raw(text, html, hints=hints)


def _alone(load: Callable[[bytes, str], Raw]) -> Loader:
    """The loader of a format whose files hold one article each."""

    def loader(data: bytes, path: str, fields: Fields) -> Iterator[Raw]:
        if fields:
            hint = "Take them out of the sidecar."
            raise InputError("'fields' are for tables and JSON; this is one article.", path=path, hint=hint)
        yield load(data, path)

    return loader


LOADERS: Final[Mapping[str, Loader]] = {
    ".txt": _alone(load_text),
    ".md": _alone(load_markdown),
    ".html": _alone(load_page),
    ".htm": _alone(load_page),
    ".shtml": _alone(load_page),
    ".docx": _alone(load_docx),
    ".pdf": _alone(load_pdf),
    ".json": load_json,
    ".jsonl": load_jsonl,
    ".csv": load_csv,
    ".xlsx": load_xlsx,
}
"""The loader of each suffix; another format is one more function and one more line."""

SEVERAL: Final = frozenset({".json", ".jsonl", ".csv", ".xlsx"})
"""The formats whose files may hold many articles."""
