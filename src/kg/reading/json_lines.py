"""JSON: one article an object. A `.json` file holds one object or a list of them, a `.jsonl` file one on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from ..errors import InputError
from ..model import Landmark
from .decoding import decode
from .raw import Fields, Raw
from .records import articles, find_columns, record_article

_HINT: Final = 'Write each article as an object such as {"title": "…", "text": "…", "date": "2024-01-09"}.'


def load_json(data: bytes, path: str, fields: Fields) -> Iterator[Raw | InputError]:
    """The articles of a JSON file: an object, or a list of objects whose landmarks are their numbers."""
    try:
        content = _parse(decode(data, path=path))
    except InputError as error:
        raise InputError(error.problem, path=path, hint=error.hint) from error
    items, part = (content, None) if isinstance(content, list) else ([content], "")
    yield from articles(enumerate(items, 1), partial(_article, fields=fields, part=part), kind="item", path=path)


def load_jsonl(data: bytes, path: str, fields: Fields) -> Iterator[Raw | InputError]:
    """The articles of a file with an object on each line, which is their landmark; blank lines count too."""
    lines = ((number, line) for number, line in enumerate(decode(data, path=path).split("\n"), 1) if line.strip())
    yield from articles(lines, lambda mark, line: _article(mark, _parse(line), fields=fields), kind="line", path=path)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON ({error}).", hint=_HINT) from error


def _article(mark: Landmark, content: Any, *, fields: Fields, part: str | None = None) -> Raw | None:
    if not isinstance(content, dict):
        raise InputError("this is no object.", hint=_HINT)
    record = {key.strip(): _told(value, key) for key, value in content.items()}
    return record_article(record, find_columns(list(record), fields), mark=mark, part=part)


def _told(value: Any, key: str) -> str:
    """A value as text; the entries of a list on lines of their own."""
    if isinstance(value, list):
        return "\n".join(_told(entry, key) for entry in value)
    return "" if value is None or isinstance(value, dict) else str(value)
