"""Facts as lines of JSON: the format of the gold files, with offsets, rule and confidence added.

One object a line, keys in a fixed order, so that two files of facts can be compared line by line. Lines that
people wrote need no offsets: the quote is looked up in the clean text of the article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from .edtf import is_edtf
from .errors import InputError
from .model import (
    Article,
    Detail,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Level,
    Observation,
    Predicate,
    Property,
    Reading,
    Relation,
    Role,
)
from .text import widen

_K = TypeVar("_K", bound=StrEnum)

READER: Final = "reader"
"""Who found the facts of a file that people made, and the rule its lines carry when they name none."""


def to_json(fact: Fact) -> dict[str, Any]:
    """The fact as a JSON object: the keys of the guide first, then start, end, rule and confidence."""
    record = _head(fact)
    said = fact.evidence
    record |= {"quote": said.quote, "start": said.start, "end": said.end}
    return record | {"rule": said.rule, "confidence": said.confidence}


def to_line(fact: Fact, *, reader: str | None = None, article: str | None = None) -> str:
    """The fact as one line of JSON, without a line end; with reader and article where several are to be told apart."""
    told = {name: value for name, value in (("reader", reader), ("article", article)) if value}
    return json.dumps(to_json(fact) | told, ensure_ascii=False)


def said(fact: Fact) -> Hashable:
    """What a fact says, whoever found it where; two facts with the same are one."""
    match fact:
        case Entity():
            return fact.type, fact.name
        case Relation():
            return fact.subject, fact.predicate, fact.object
        case Observation():
            return fact.indicator, fact.value, fact.unit, fact.role, fact.time, fact.place, fact.evidence.quote
        case Detail():
            return fact.document, fact.property, fact.value


def from_json(record: Mapping[str, Any], article: Article | None = None) -> Fact:
    """The fact that a JSON object states about the article; without one, its quote is taken at its word.

    Raises InputError for a missing key, a name outside the closed lists, a wrong value, or a quote that does
    not stand in the text.
    """
    read = _READERS.get(str(record.get("kind")))
    if read is None:
        raise InputError(f"kind {record.get('kind')!r} is none of {', '.join(_READERS)}.")
    try:
        return read(record, _evidence(record, article))
    except KeyError as missing:
        raise InputError(f"the {record['kind']} has no {missing.args[0]!r}.") from missing
    except ValueError as error:
        raise InputError(f"wrong value in the {record['kind']}: {error}.") from error


def load_facts(path: Path, article: Article, *, reader: str = READER) -> Reading:
    """The facts of a file of JSON lines about one article; an InputError names the file and the line."""
    facts = tuple(fact for _, fact in _facts(path, article, reader))
    if not facts:
        raise InputError("no facts in this file.", path=str(path), hint="It needs one JSON object a line.")
    return Reading(article, facts, reader)


def load_lines(path: Path, *, reader: str = READER) -> Iterator[tuple[str, Fact]]:
    """The facts of a file by themselves, each with who found it: the `reader` of its line, else `reader`.

    No text is needed, so quotes are not looked up. An InputError names the file and the line.
    """
    return _facts(path, None, reader)


def _facts(path: Path, article: Article | None, reader: str) -> Iterator[tuple[str, Fact]]:
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                record = _object(line)
                yield str(record.get("reader", reader)), from_json(record, article)
            except InputError as error:
                raise InputError(error.problem, path=str(path), line=number, hint=error.hint) from error


def _head(fact: Fact) -> dict[str, Any]:
    match fact:
        case Entity():
            record: dict[str, Any] = {"kind": "entity", "type": fact.type.value, "name": fact.name}
            record |= {"also": list(fact.also)} if fact.also else {}
            return record | ({"post": fact.post} if fact.post else {})
        case Relation():
            ends = {"subject": fact.subject, "predicate": fact.predicate.value, "object": fact.object}
            return {"kind": "relation"} | ends
        case Observation():
            figure = {"indicator": fact.indicator, "value": _number(fact.value), "unit": fact.unit}
            where = {"time": fact.time, "place": fact.place, "role": fact.role.value, "of": fact.of}
            return {"kind": "observation"} | figure | where | {"level": fact.level.value}
        case Detail():
            return {"kind": "detail", "document": fact.document, "property": fact.property.value, "value": fact.value}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _entity(record: Mapping[str, Any], said: Evidence) -> Entity:
    return Entity(
        _choice(record, "type", EntityType), _text(record, "name"), said, _also(record), _maybe(record, "post")
    )


def _relation(record: Mapping[str, Any], said: Evidence) -> Relation:
    return Relation(_text(record, "subject"), _choice(record, "predicate", Predicate), _text(record, "object"), said)


def _observation(record: Mapping[str, Any], said: Evidence) -> Observation:
    return Observation(
        indicator=_text(record, "indicator"),
        value=_figure(record),
        unit=str(record["unit"]),
        role=_choice(record, "role", Role),
        level=_choice(record, "level", Level),
        evidence=said,
        time=_time(record),
        place=_maybe(record, "place"),
        of=_maybe(record, "of"),
    )


def _detail(record: Mapping[str, Any], said: Evidence) -> Detail:
    return Detail(_text(record, "document"), _choice(record, "property", Property), _text(record, "value"), said)


_READERS: Final[dict[str, Callable[[Mapping[str, Any], Evidence], Fact]]] = {
    "entity": _entity,
    "relation": _relation,
    "observation": _observation,
    "detail": _detail,
}


def _wrong(record: Mapping[str, Any], key: str, wanted: str) -> ValueError:
    return ValueError(f"{key} is {str(record[key])!r}, it must be {wanted}")


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise _wrong(record, key, "a text that is not blank")
    return value


def _maybe(record: Mapping[str, Any], key: str) -> str | None:
    return None if record.get(key) is None else _text(record, key)


def _also(record: Mapping[str, Any]) -> tuple[str, ...]:
    names = record.get("also") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong(record, "also", "a list of names")
    return tuple(names)


def _choice(record: Mapping[str, Any], key: str, kind: type[_K]) -> _K:
    if record[key] not in list(kind):
        raise _wrong(record, key, f"one of {', '.join(kind)}")
    return kind(record[key])


def _figure(record: Mapping[str, Any]) -> Decimal:
    try:
        value = Decimal(str(record["value"]))
    except ArithmeticError:
        value = Decimal("nan")
    if not value.is_finite():
        raise _wrong(record, "value", "a number such as 12 or 5.85")
    return value


def _time(record: Mapping[str, Any]) -> str | None:
    value = _maybe(record, "time")
    if value is not None and not is_edtf(value):
        raise _wrong(record, "time", "EDTF such as 2019, 2019-06 or 2019/..")
    return value


def _confidence(record: Mapping[str, Any]) -> float:
    value = record.get("confidence", 1)
    if not isinstance(value, int | float | Decimal) or not 0 <= value <= 1:
        raise _wrong(record, "confidence", "a number from 0 to 1")
    return float(value)


def _start(record: Mapping[str, Any]) -> int:
    value = record["start"]
    if not isinstance(value, int) or value < 0:
        raise _wrong(record, "start", "the whole number of characters before the quote")
    return value


def _evidence(record: Mapping[str, Any], article: Article | None) -> Evidence:
    quote = _text(record, "quote")
    start = _start(record) if "start" in record else _find(quote, article.text) if article else 0
    found = _slice(article, start, len(quote)) if article else quote
    if widen(found) != widen(quote):
        raise InputError(f"the quote {quote!r} does not stand in the article.", hint="Copy it to the letter.")
    return Evidence(found, start, start + len(quote), str(record.get("rule", READER)), _confidence(record))


def _slice(article: Article, start: int, length: int) -> str:
    return article.text[start : start + length] if start >= 0 else ""


def _find(quote: str, text: str) -> int:
    start = text.find(quote)
    return start if start >= 0 else widen(text).find(widen(quote))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text.", path=str(path), hint="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path=str(path), hint="Check the path.") from error


def _object(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line, parse_float=Decimal)
    except ValueError as error:
        raise InputError(f"no valid JSON ({error}).") from error
    if not isinstance(record, dict):
        raise InputError("a line must hold one JSON object.")
    return record
