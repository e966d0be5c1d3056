"""Extraction rules: YAML files under `ontology/rules/`, checked when they are read.

A file is a list of rules. Each is a record:

    - name: person-with-post         # unique over all files
      label: Person                  # what it finds; lexicon/rule_labels.tsv says which labels a file may have
      pattern: "{post}(?P<name>{surname}…)"
      confidence: 0.9                # share of its finds that were right when last measured
      examples:
        hits: {"县人社局副局长臧文举说": "臧文举"}
        misses: ["副局长表示满意"]

In a pattern `{table}` or `{table:class}` stands for the words of a lexicon table (of that class), and
`{$part}` for a named part defined once in `ontology/rules/parts.yaml`. `hits` maps a text to what the rule
must find there; a list stands for several finds. Each example is one collected test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from .errors import KnowledgeError
from .lexicon import alternation, table, words
from .resources import knowledge_files, knowledge_name, knowledge_text

_PLACEHOLDER = re.compile(r"\{(\$?[a-z][a-z_]*)(?::([a-zA-Z_-]+))?\}")
_PARTS = "rules/parts.yaml"
_KEYS = {"name", "label", "pattern", "confidence", "examples", "note"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written, with its pattern expanded. `extra` holds the keys that only its stage knows.

    `path` is the file that it stands in, below `ontology/`; `written` is the pattern with its placeholders.
    """

    name: str
    label: str
    pattern: str
    confidence: float
    hits: tuple[tuple[str, tuple[str, ...]], ...]
    misses: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)
    path: str = "rules"
    written: str = ""

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a compiled regular expression over widened text."""
        return _compile(self.pattern, self.path, self.name)


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of `ontology/rules/NAME.yaml`, in the order of the file."""
    return tuple(_read(f"rules/{name}.yaml"))


def all_rules() -> Iterator[tuple[str, Rule]]:
    """Every rule of every file with the file's name; raises KnowledgeError where a rule's name stands twice."""
    seen: dict[str, str] = {}
    for path in knowledge_files("rules/*.yaml"):
        if path.stem == "parts":
            continue
        for rule in rules(path.stem):
            if rule.name in seen:
                raise KnowledgeError(f"also in {seen[rule.name]}", path=knowledge_name(path), entry=rule.name)
            seen[rule.name] = knowledge_name(path)
            yield path.stem, rule


def expand(pattern: str, *, path: str, entry: str, fill: Callable[[str, str | None], str] | None = None) -> str:
    """The pattern with its placeholders replaced by parts and by alternations of words, or by what `fill` gives."""

    def replace(hit: re.Match[str]) -> str:
        name, kind = hit.group(1), hit.group(2)
        if name.startswith("$"):
            part = _parts().get(name[1:])
            if part is None:
                raise KnowledgeError(f"no part {name} in {_PARTS}", path=path, entry=entry)
            return "(?:" + expand(part, path=_PARTS, entry=name, fill=fill) + ")"
        words_of(hit.group()[1:-1], path=path, entry=entry)
        return (fill or _any_of)(name, kind)

    return _PLACEHOLDER.sub(replace, pattern)


def words_of(written: str, *, path: str, entry: str) -> tuple[str, ...]:
    """The words of a list written `table` or `table:class`; raises KnowledgeError where there are none."""
    name, _, kind = written.partition(":")
    found = placeholder_words(name, kind or None)
    if not found:
        raise KnowledgeError(f"no word of class {kind!r} in lexicon/{name}.tsv", path=path, entry=entry)
    return found


@cache
def placeholder_words(table_name: str, kind: str | None) -> tuple[str, ...]:
    """The words that a placeholder stands for: those of a lexicon table, or of one class of it."""
    return words(table_name, **{"class": kind}) if kind else words(table_name)


@cache
def _any_of(table_name: str, kind: str | None) -> str:
    return alternation(placeholder_words(table_name, kind))


@cache
def _compile(pattern: str, path: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(f"the pattern is no regular expression ({error})", path=path, entry=name) from error


@cache
def _parts() -> dict[str, str]:
    parts = _load(_PARTS) or {}
    if not isinstance(parts, dict) or not _are_texts([*parts, *parts.values()]):
        raise KnowledgeError("it must give each part as a text under its name", path=_PARTS)
    return parts


def _load(path: str) -> Any:
    try:
        return yaml.load(knowledge_text(path), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"no valid YAML ({error})", path=path) from error


def _read(path: str) -> Iterator[Rule]:
    records = _load(path)
    if not isinstance(records, list):
        raise KnowledgeError("a rule file is a list of rules", path=path)
    seen: set[str] = set()
    for record in records:
        rule = _rule(record, path)
        if rule.name in seen:
            raise KnowledgeError("the name stands twice", path=path, entry=rule.name)
        seen.add(rule.name)
        yield rule


def _rule(record: Any, path: str) -> Rule:
    if not isinstance(record, dict) or not _are_texts([record.get(key) for key in ("name", "label", "pattern")]):
        entry = record.get("name", record) if isinstance(record, dict) else record
        raise KnowledgeError("a rule needs name, label, pattern and examples", path=path, entry=str(entry)[:60])
    name, examples = record["name"], record.get("examples")
    examples = examples if isinstance(examples, dict) else {}
    if problem := _problem(record, examples, path):
        raise KnowledgeError(problem, path=path, entry=name)
    return Rule(
        name=name,
        label=record["label"],
        pattern=_expanded(record["pattern"], path, name),
        confidence=float(record.get("confidence", 0.5)),
        hits=tuple((text, _finds(found)) for text, found in examples["hits"].items()),
        misses=tuple(examples["misses"]),
        extra={key: value for key, value in record.items() if key not in _KEYS},
        path=path,
        written=record["pattern"],
    )


def _expanded(pattern: str, path: str, name: str) -> str:
    try:
        return expand(pattern, path=path, entry=name)
    except RecursionError as error:
        raise KnowledgeError(f"a part that it uses contains itself ({_PARTS})", path=path, entry=name) from error


def _problem(record: Mapping[str, Any], examples: Mapping[str, Any], path: str) -> str | None:
    """What is wrong with a rule, in words."""
    labels = words("rule_labels", **{"class": Path(path).stem})
    hits, misses, confidence = examples.get("hits"), examples.get("misses"), record.get("confidence", 0.5)
    if record["label"] not in labels:
        return f"the label {record['label']!r} is none of this file's in lexicon/rule_labels.tsv: {', '.join(labels)}"
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return f"the confidence must be a number from 0 to 1, not {confidence!r}"
    if not (isinstance(hits, dict) and isinstance(misses, list) and hits and misses and _are_texts([*hits, *misses])):
        return "a rule needs at least one hit and one miss: hits a record by text, misses a list of texts"
    return _misfit(record, Path(path).stem)


_KINDS: Final[dict[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "truth": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "texts": lambda value: isinstance(value, list) and _are_texts(value),
}


def _misfit(record: Mapping[str, Any], file: str) -> str | None:
    """What is wrong with the keys that only the rules of this file know, by `lexicon/rule_keys.tsv`."""
    known = {row["word"]: row for row in table("rule_keys") if row["class"] == file}
    for key in (key for key in record if key not in _KEYS):
        if key not in known:
            return f"the key {key!r} is none of this file's in lexicon/rule_keys.tsv: {', '.join(known) or 'none'}"
        if not _KINDS[known[key]["kind"]](record[key]):
            return f"{key} must be a {known[key]['kind']}, not {record[key]!r}"
    missing = [key for key, row in known.items() if row["needed"] == record["label"] and key not in record]
    return f"a rule of this label needs {', '.join(missing)}" if missing else None


def _finds(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
