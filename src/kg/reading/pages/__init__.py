"""Web pages: the article of a page, line by line, with the place of every character in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from ...errors import InputError
from ...lexicon import table
from ..metadata import read_value
from ..rows import row_line
from ..tracing import Traced
from .blocks import Block, Element, parse
from .choosing import article_blocks

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MANY, _APART = 10, 200
"""So many tags, fewer characters apart than this on average, make a web page."""
_LARGEST_ROW = 0.5

__all__ = ["is_page", "read_page"]


def is_page(text: str) -> bool:
    """Whether a text opens as a web page does, or is full of tags."""
    tags = len(_TAG.findall(text))
    return bool(_PAGE.match(text)) or (tags >= _MANY and tags * _APART > len(text))


def read_page(html: str, *, path: str) -> tuple[Traced, dict[str, Any]]:
    """The article of a web page, and what its meta tags say by the name of the field.

    Raises InputError for a page without text, such as one whose text comes by script.
    """
    page = parse(html)
    chosen = article_blocks(page, _with_rows(page.blocks))
    if not chosen:
        hint = "If a browser shows text there, save what it shows as plain text in UTF-8."
        raise InputError("this web page holds no text.", path=path, hint=hint)
    return Traced.joined((block.text for block in chosen), "\n"), _hints(page.metas)


def _hints(metas: Mapping[str, str]) -> dict[str, Any]:
    """What the meta tags say of the article, by the name of the field; a date that is none says nothing."""
    said: dict[str, Any] = {}
    for row in table("page_metas"):
        if value := metas.get(row["word"], "").strip():
            said.setdefault(row["class"], read_value(row["class"], value))
    return {name: value for name, value in said.items() if value}


def _with_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of one row of a table of data joined into one."""
    size = sum(len(block.text.text) for block in blocks)
    layout = {row for block in blocks for row in _rows(block)[1:]}
    found: list[Block] = []
    for row, group in groupby(blocks, key=lambda block: next(iter(_rows(block)), None)):
        cells = list(group)
        columns = {cell.element.inside("td", "th") for cell in cells}
        large = sum(len(cell.text.text) for cell in cells) > _LARGEST_ROW * size
        if row is None or row in layout or large or len(columns) == 1:
            found += cells
        else:
            line = row_line(cell.text for cell in cells)
            found.append(Block(line, cells[0].element, sum(cell.linked for cell in cells)))
    return found


def _rows(block: Block) -> list[Element]:
    """The table rows that a block stands in, from the inside out."""
    return [element for element in block.element.around() if element.tag == "tr"]
