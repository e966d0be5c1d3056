"""Extraction rules: YAML files under `ontology/rules/`, checked when they are read.

A file is a list of rules. Each is a record:

    - name: person-with-post         # unique over all files
      label: Person                  # what it finds: an entity type, a predicate, a role …
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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from .errors import KnowledgeError
from .lexicon import alternation, table, words
from .resources import knowledge_file, knowledge_files

_PLACEHOLDER = re.compile(r"\{(\$?[a-z][a-z_]*)(?::([a-zA-Z_-]+))?\}")
_KEYS = {"name", "label", "pattern", "confidence", "examples", "note"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written, with its pattern expanded. `extra` holds the keys that only its stage knows."""

    name: str
    label: str
    pattern: str
    confidence: float
    hits: tuple[tuple[str, tuple[str, ...]], ...]
    misses: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern as a compiled regular expression over widened text."""
        return _compile(self.pattern, self.name)


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
                raise KnowledgeError(f"also in {seen[rule.name]}", path=path.name, entry=rule.name)
            seen[rule.name] = path.name
            yield path.stem, rule


def expand(pattern: str, *, path: str, entry: str) -> str:
    """The pattern with its placeholders replaced by alternations of words and by parts."""

    def replace(hit: re.Match[str]) -> str:
        name, kind = hit.group(1), hit.group(2)
        if name.startswith("$"):
            part = _parts().get(name[1:])
            if part is None:
                raise KnowledgeError(f"no part {name} in rules/parts.yaml", path=path, entry=entry)
            return "(?:" + expand(part, path="rules/parts.yaml", entry=name) + ")"
        found = words(name, **{"class": kind}) if kind else tuple(row["word"] for row in table(name))
        if not found:
            raise KnowledgeError(f"no word of class {kind!r} in lexicon/{name}.tsv", path=path, entry=entry)
        return alternation(found)

    return _PLACEHOLDER.sub(replace, pattern)


@cache
def _compile(pattern: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(f"the pattern is no regular expression ({error})", path="rules", entry=name) from error


@cache
def _parts() -> dict[str, str]:
    return dict(_load("rules/parts.yaml") or {})


def _load(path: str) -> Any:
    try:
        return yaml.load(knowledge_file(path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
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
    if not isinstance(record, dict) or not {"name", "label", "pattern", "examples"} <= record.keys():
        raise KnowledgeError(
            "a rule needs name, label, pattern and examples",
            path=path,
            entry=str(record.get("name", record))[:60] if isinstance(record, dict) else str(record)[:60],
        )
    examples = record["examples"] or {}
    hits, misses = examples.get("hits") or {}, examples.get("misses") or []
    if not hits or not misses:
        raise KnowledgeError("a rule needs at least one hit and one miss", path=path, entry=record["name"])
    return Rule(
        name=record["name"],
        label=record["label"],
        pattern=expand(str(record["pattern"]), path=path, entry=record["name"]),
        confidence=float(record.get("confidence", 0.5)),
        hits=tuple((text, tuple(found) if isinstance(found, list) else (str(found),)) for text, found in hits.items()),
        misses=tuple(misses),
        extra={key: value for key, value in record.items() if key not in _KEYS},
    )
