"""Syntax errors of SPARQL in words that people can use, at the place where the text goes wrong."""

from __future__ import annotations

import re
from typing import Final

from ..errors import QueryError

PADDING: Final = "\n" + " " * 20
"""To be added to a query: the engine tells a place behind the keyword it wanted, which may lie behind the text."""

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_UNBOUND = "The SELECT contains a variable that is unbound"
_LAST_PREFIX = re.compile(r"([\w.-]*):[^\s:]*$")
_GROUP = re.compile(r"(?>#[^\n]*|<[^<>\s]*>|[^{#<]+|<)*+\{")


def syntax_error(error: SyntaxError, text: str) -> QueryError:
    """The engine's error with line and column of the text, and the sign at which it stopped."""
    hit = _PLACE.match(str(error))
    if hit is None:
        return QueryError(str(error))
    offset = _offset(text, int(hit.group(1)), int(hit.group(2)))
    wanted = hit.group(3).split(", ")
    if "Prefix not found" in wanted:
        return _unknown_prefix(text, offset)
    if all(word.isupper() for word in wanted):
        offset -= min(map(len, wanted))
    if _UNBOUND in wanted:
        return _at(text, offset, "a variable is selected that the pattern does not bind or the grouping does not keep")
    rest = text[offset:].split()
    return _at(text, offset, f"syntax error at {rest[0]!r}" if rest else "the query ends too early")


def narrowed(text: str, pattern: str) -> str:
    """The SELECT or ASK query with a pattern added at the head of its outer group, on the same line.

    Raises QueryError where the text has no group.

    >>> narrowed("SELECT ?x WHERE { ?x a kg:Group }", "VALUES ?x { <urn:a> }")
    'SELECT ?x WHERE { VALUES ?x { <urn:a> } ?x a kg:Group }'
    """
    head = _GROUP.match(text)
    if head is None:
        raise QueryError("the query has no group in braces")
    return f"{text[: head.end()]} {pattern}{text[head.end() :]}"


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset; an offset behind the text stands right behind its last sign."""
    before = text[: min(offset, len(text.rstrip()))]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")[: line - 1]
    return sum(map(len, lines)) + len(lines) + column - 1


def _at(text: str, offset: int, problem: str) -> QueryError:
    line, column = place_of(text, offset)
    return QueryError(problem, line=line, column=column)


def _unknown_prefix(text: str, offset: int) -> QueryError:
    name = _LAST_PREFIX.search(text[:offset])
    if name is None:
        return _at(text, offset, "a prefix is not declared")
    return _at(text, name.start(), f"prefix {name.group(1)!r} is not declared")
