"""Facts as lines of JSON: the format of the gold files, with offsets, rule and confidence added.

One object a line, keys in a fixed order, so that two files of facts can be compared line by line. Lines that
people wrote need no offsets: the quote is looked up in the clean text of the article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from .edtf import is_edtf
from .errors import InputError
from .model import Article, Entity, EntityType, Evidence, Fact, Level, Observation, Predicate, Reading, Relation, Role
from .text import widen

READER: Final = "reader"
"""Who found the facts of a file that people made, and the rule its lines carry when they name none."""


def to_json(fact: Fact) -> dict[str, Any]:
    """The fact as a JSON object: the keys of the guide first, then start, end, rule and confidence."""
    record = _head(fact)
    said = fact.evidence
    record |= {"quote": said.quote, "start": said.start, "end": said.end}
    return record | {"rule": said.rule, "confidence": said.confidence}


def to_line(fact: Fact) -> str:
    """The fact as one line of JSON, without a line end."""
    return json.dumps(to_json(fact), ensure_ascii=False)


def from_json(record: Mapping[str, Any], article: Article) -> Fact:
    """The fact that a JSON object states about the article.

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
    except (ValueError, TypeError, ArithmeticError) as error:
        raise InputError(f"wrong value in the {record['kind']}: {error}.") from error


def load_facts(path: Path, article: Article, *, reader: str = READER) -> Reading:
    """The facts of a file of JSON lines about one article; an InputError names the file and the line."""
    facts = []
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                facts.append(from_json(_object(line), article))
            except InputError as error:
                raise InputError(error.problem, path=str(path), line=number, hint=error.hint) from error
    if not facts:
        raise InputError("no facts in this file.", path=str(path), hint="It needs one JSON object a line.")
    return Reading(article, tuple(facts), reader)


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


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _entity(record: Mapping[str, Any], said: Evidence) -> Entity:
    names = (_text(record, "name"), said, tuple(map(str, record.get("also") or ())), record.get("post"))
    return Entity(EntityType(record["type"]), *names)


def _relation(record: Mapping[str, Any], said: Evidence) -> Relation:
    return Relation(_text(record, "subject"), Predicate(record["predicate"]), _text(record, "object"), said)


def _observation(record: Mapping[str, Any], said: Evidence) -> Observation:
    return Observation(
        indicator=_text(record, "indicator"),
        value=Decimal(str(record["value"])),
        unit=str(record["unit"]),
        role=Role(record["role"]),
        level=Level(record["level"]),
        evidence=said,
        time=_time(record.get("time")),
        place=record.get("place"),
        of=record.get("of"),
    )


_READERS: Final[dict[str, Callable[[Mapping[str, Any], Evidence], Fact]]] = {
    "entity": _entity,
    "relation": _relation,
    "observation": _observation,
}


def _time(value: str | None) -> str | None:
    if value is not None and not is_edtf(value):
        raise ValueError(f"time is {value!r}, it must be EDTF such as 2019, 2019-06 or 2019/..")
    return value


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is {value!r}, it must be a name")
    return value


def _evidence(record: Mapping[str, Any], article: Article) -> Evidence:
    quote = _text(record, "quote")
    start = record["start"] if "start" in record else _find(quote, article.text)
    found = article.text[start : start + len(quote)] if start >= 0 else ""
    if widen(found) != widen(quote):
        raise InputError(f"the quote {quote!r} does not stand in the article.", hint="Copy it to the letter.")
    rule, confidence = str(record.get("rule", READER)), float(record.get("confidence", 1.0))
    return Evidence(found, start, start + len(quote), rule, confidence)


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
