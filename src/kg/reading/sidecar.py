"""The file beside an article (`NAME.yaml`) in which people set right what cannot be read from it.

title: …            # each key overrides what was read from the text
byline: …
publisher: …
authors: [ … ]
date: 2020-03       # EDTF
place: 定远县
fields:             # of tables and JSON: which column, or columns, hold a field of the articles
  title: 政策名称
  text: [补贴对象, 补贴标准]
repairs:
  - find: "经?;规范"      # as it stands in the raw file
    replace: "经常化、规范"
    note: "seen in the printed edition"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..edtf import is_edtf
from ..errors import InputError
from .damage import Repair
from .records import FIELDS

_TEXTS = ("title", "byline", "publisher", "date", "place")
_REPAIR_KEYS = {"find", "replace", "every", "note"}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What people say of an article: metadata by the name of the field, repairs, and the columns of fields."""

    metadata: dict[str, Any]
    repairs: tuple[Repair, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load_sidecar(path: Path) -> Sidecar:
    """The sidecar at `path`; raises InputError for a file that is no such mapping, or for an unknown key."""
    import yaml

    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"the sidecar cannot be read ({error}).", path=str(path)) from error
    content = content or {}
    if not isinstance(content, dict):
        raise _wrong(path, "it is a list of 'key: value' lines")
    for key, value in content.items():
        _check(key, value, path)
    repairs = tuple(_repair(entry, path) for entry in content.pop("repairs", ()))
    if "authors" in content:
        content["authors"] = tuple(content["authors"])
    columns = {name: tuple(_columns(said, name, path)) for name, said in content.pop("fields", {}).items()}
    return Sidecar(content, repairs, columns)


def _check(key: str, value: Any, path: Path) -> None:
    if key in _TEXTS:
        if not isinstance(value, str) or not value:
            raise _wrong(path, f"{key!r} takes a text")
        if key == "date" and not is_edtf(value):
            raise _wrong(path, f"date {value!r} is not EDTF; write 2016, 2016-01 or 2016-01-05")
    elif key not in ("authors", "repairs", "fields"):
        raise _wrong(path, f"no key {key!r}; known: {', '.join((*_TEXTS, 'authors', 'repairs', 'fields'))}")
    elif key == "fields" and not isinstance(value, dict):
        raise _wrong(path, "'fields' takes lines such as 'title: 政策名称'")
    elif key != "fields" and not isinstance(value, list):
        raise _wrong(path, f"{key!r} takes a list")


def _columns(said: Any, name: str, path: Path) -> list[str]:
    """The columns of a field, of which the sidecar gives one or a list."""
    columns = said if isinstance(said, list) else [said]
    if name not in FIELDS:
        raise _wrong(path, f"no field {name!r} in an article; known: {', '.join(FIELDS)}")
    if not columns or not all(isinstance(column, str) and column for column in columns):
        raise _wrong(path, f"the field {name!r} takes the name of a column, or a list of names")
    return columns


def _repair(entry: Any, path: Path) -> Repair:
    if not isinstance(entry, dict) or not {"find", "replace"} <= entry.keys() <= _REPAIR_KEYS or not entry["find"]:
        raise _wrong(path, f"a repair has the keys find and replace, perhaps every and note; this is {entry!r}")
    return Repair(entry["find"], entry["replace"], entry.get("every") == "true", entry.get("note", ""))


def _wrong(path: Path, problem: str) -> InputError:
    return InputError(f"the sidecar is wrong: {problem}.", path=str(path))
