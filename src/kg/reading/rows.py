"""The cells of a table row as one readable line, which the rules read as they read an enumeration."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .tracing import Traced

_CLOSED = re.compile(r"[，。；：、！？,.;:!?]$")
_BETWEEN = "，"


def row_line(cells: Iterable[Traced]) -> Traced:
    """The cells that hold something, with a comma behind each that has no closing mark of its own, but the last.

    >>> row_line(map(Traced.of, ["高龄津贴", "", "80岁以上老人；", "每月50元"])).text
    '高龄津贴，80岁以上老人；每月50元'
    """
    filled = [cell for cell in (cell.stripped() for cell in cells) if cell.text]
    return Traced.joined([*map(_closed, filled[:-1]), *filled[-1:]], "")


def _closed(cell: Traced) -> Traced:
    if _CLOSED.search(cell.text):
        return cell
    return cell.edited([(len(cell.text), len(cell.text), _BETWEEN)])
