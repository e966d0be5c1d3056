"""Rows and objects as articles: which column holds which field, and the text that a record makes.

The sidecar may say it (`fields: {title: 政策名称, text: [对象, 标准]}`); what it leaves open is looked up in
`ontology/lexicon/fields.tsv`. Of several columns for the text each makes a line that begins with its heading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from ..errors import InputError
from ..lexicon import table
from ..model import Landmark
from .metadata import read_value
from .pages import read_page
from .raw import Fields, Raw
from .tracing import Traced

_Entry = TypeVar("_Entry")

FIELDS: Final = ("title", "text", "byline", "publisher", "authors", "date", "place")
_MARKUP = re.compile(r"</(?:p|div|span|td|li)>|<br ?/?>", re.IGNORECASE)
_HINT: Final = "Say in NAME.yaml beside the file which do, e.g. fields: {title: %s, text: [%s]}."


def find_columns(names: Sequence[str], fields: Fields) -> Fields:
    """The columns of each field among those that a table has; raises InputError where none holds text.

    A column that the sidecar names must be there.
    """
    said = {column for columns in fields.values() for column in columns}
    missing = sorted(said - set(names))
    shown = ", ".join(name for name in names if name) or "none"
    if missing:
        hint = "Write it in the sidecar as it stands in the file."
        raise InputError(f"there is no column {missing[0]!r}; there are: {shown}.", hint=hint)
    found: dict[str, tuple[str, ...]] = {}
    small = {name.lower(): name for name in reversed(names) if name not in said}
    for row in table("fields"):
        if row["word"] in small:
            found.setdefault(row["class"], (small[row["word"]],))
    found |= fields
    if "text" not in found:
        raise InputError(f"no column is known to hold text; there are: {shown}.", hint=_HINT % _examples(names))
    return found


def articles(
    entries: Iterable[tuple[int, _Entry]], make: Callable[[Landmark, _Entry], Raw | None], *, kind: str, path: str
) -> Iterator[Raw | InputError]:
    """What `make` makes of each entry of a file; an error it raises comes in its place and names the entry.

    Raises InputError where there is no entry at all.
    """
    found = False
    for number, entry in entries:
        try:
            raw = make(Landmark(kind, number, 0), entry)
        except InputError as error:
            yield InputError(error.problem, path=path, place=f"{kind} {number}", hint=error.hint)
            found = True
        else:
            found = found or raw is not None
            yield from () if raw is None else (raw,)
    if not found:
        raise InputError("there is no article in this file.", path=path, hint=f"It needs a {kind} for each.")


def record_article(
    record: Mapping[str, str], columns: Fields, *, mark: Landmark, part: str | None = None
) -> Raw | None:
    """The article that a record is: its title, then its text; None where these fields are all blank.

    `part` names its place in the file otherwise than by the landmark.

    Raises InputError for a record without text, or with a date that is none.
    """
    values = {name: [record.get(column, "").strip() for column in columns.get(name, ())] for name in FIELDS}
    if not any(any(found) for found in values.values()):
        return None
    lines = _lines(columns["text"], values["text"])
    if not lines:
        problem = f"there is nothing under {' or '.join(columns['text'])}, where the text should stand."
        raise InputError(problem, hint="Fill it in, or take the entry out.")
    title = " ".join(filter(None, values["title"]))
    if title and not lines[0].startswith(title):
        lines.insert(0, title)
    place = f"{mark.kind}={mark.number}" if part is None else part
    key = json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return Raw(_stacked(lines), "\n".join(lines), said=_said(values, columns), landmarks=(mark,), part=place, key=key)


def _lines(columns: Sequence[str], values: Sequence[str]) -> list[str]:
    """The values that are not blank; where the text has several columns, each with its heading."""
    if len(columns) == 1:
        return [value for value in values if value]
    return [f"{column}：{value}" for column, value in zip(columns, values, strict=True) if value]


def _stacked(lines: Sequence[str]) -> Traced:
    """Lines below each other; one that is a piece of a web page without its tags."""
    parts, start = [], 0
    for line in lines:
        part = read_page(line, path="")[0] if _MARKUP.search(line) else Traced.of(line)
        parts.append(Traced(part.text, [start + offset for offset in part.origin]))
        start += len(line) + 1
    return Traced.joined(parts, "\n")


def _said(values: Mapping[str, Sequence[str]], columns: Fields) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, written in ((name, " ".join(filter(None, found))) for name, found in values.items() if name != "text"):
        value = read_value(name, written) if written else None
        if written and value is None:
            hint = "Write 2016, 2016-01, 2016-01-05 or 2016年1月5日, or leave it blank."
            raise InputError(f"{written!r} under {columns[name][0]!r} is no date.", hint=hint)
        said |= {name: value} if value else {}
    return said


def _examples(names: Sequence[str]) -> tuple[str, str]:
    filled = [name for name in names if name]
    return (filled[0], filled[-1]) if filled else ("标题", "内容")
