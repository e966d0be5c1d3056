"""Syntax errors of SPARQL in words that people can use."""

from __future__ import annotations

import re

from ..errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+):")
_UNBOUND = "The SELECT contains a variable that is unbound"
_GROUP = re.compile(r"(?>#[^\n]*|<[^<>\s]*>|[^{#<]+|<)*+\{")
_LAST_PREFIX = re.compile(r"([\w.-]*):[^\s:]*$")


def syntax_error(error: SyntaxError, text: str) -> QueryError:
    """The engine's error with line and column of the text, and the sign at which it stopped."""
    hit = _PLACE.match(str(error))
    if hit is None:
        return QueryError(str(error))
    line, column = int(hit.group(1)), int(hit.group(2))
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "Prefix not found" in str(error):
        return _unknown_prefix(written, line, column)
    if _UNBOUND in str(error):
        problem = "a variable is selected that the pattern does not bind or the grouping does not keep"
        return QueryError(problem, line=line, column=column)
    rest = written[column - 1 :].strip()
    return QueryError(
        f"syntax error at {rest[:20]!r}" if rest else "the query ends too early", line=line, column=column
    )


def _unknown_prefix(written: str, line: int, column: int) -> QueryError:
    name = _LAST_PREFIX.search(written[: column - 1])
    if name is None:
        return QueryError("a prefix is not declared", line=line, column=column)
    return QueryError(f"prefix {name.group(1)!r} is not declared", line=line, column=name.start() + 1)


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
