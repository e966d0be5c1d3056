"""The small language of relation rules, compiled to regular expressions over the symbols of a page.

A pattern is a row of tokens parted by blanks:

    s:Organisation ... issue ... o:PolicyDocument

`s:` and `o:` mark subject and object; a token names a class of symbols, several with `|`, all but some with
`!`; it may end in `?`, `*` or `+`; `...` skips what lies between, within the scope of the rule (clause, sentence,
paragraph, section, article). A rule looks from each symbol that its first token takes to the nearest end of the
run; with `from: right` it starts at the last token and looks back; with `from: each` it takes every end, near or far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ..errors import KnowledgeError
from ..rules import Rule
from .alphabet import LINE, SECTION, START, Line, Symbol, signs

_TOKEN: Final = re.compile(r"(?:(?P<end>[so]):)?(?P<not>!)?(?P<kinds>[A-Za-z|-]+)(?P<times>[?*+]?)")
_SKIP: Final = "..."
_FARTHEST: Final = "{0,150}"
"""No rule skips more symbols than this at one place, so that the time grows only with the length of the text."""
_TIMES: Final = {"": "", "?": "?", "*": _FARTHEST, "+": "+"}
_BREAKS: Final = {
    "clause": ("comma", "semicolon", "stop", START, LINE),
    "sentence": ("stop", START, LINE),
    "paragraph": (LINE, SECTION),
    "section": (SECTION,),
    "article": (),
}
_WAYS: Final = ("left", "right", "each")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern matched: the symbols of subject and object, and the run of symbols that holds both."""

    subject: Symbol
    object: Symbol | None
    run: Sequence[Symbol]


def find_matches(rule: Rule, line: Line) -> Iterator[Found]:
    """Every place where the rule's pattern matches; see the module for the order in which it looks."""
    way, scope = str(rule.extra.get("from", "left")), str(rule.extra.get("scope", "clause"))
    regex = _compiled(rule.name, rule.pattern, scope, way)
    line = line.reversed if way == "right" else line
    for hit in _hits(regex, line.signs, every=way == "each"):
        run = line.symbols[hit.start("run") : hit.end("run")]
        yield Found(line.symbols[hit.start("s")], line.symbols[hit.start("o")] if regex.groups > 2 else None, run)


def _hits(regex: re.Pattern[str], line: str, *, every: bool) -> Iterator[re.Match[str]]:
    """One match for each place where one begins; with `every`, also those that begin there and end earlier."""
    for first in regex.finditer(line):
        hit: re.Match[str] | None = first
        while hit is not None:
            yield hit
            hit = regex.match(line, hit.start(), hit.end("run") - 1) if every else None


@cache
def _compiled(name: str, pattern: str, scope: str, way: str) -> re.Pattern[str]:
    if scope not in _BREAKS or way not in _WAYS:
        raise KnowledgeError(f"scope {scope!r} or from {way!r} is none of those known", path="rules", entry=name)
    tokens = pattern.split()
    if [token[0] for token in tokens if token[1:2] == ":"] not in (["s"], ["s", "o"], ["o", "s"]):
        raise KnowledgeError("the pattern needs one s: and at most one o:", path="rules", entry=name)
    lazy = "" if way == "each" else "?"
    parts = [_token(token, name, _BREAKS[scope], lazy) for token in (tokens[::-1] if way == "right" else tokens)]
    return re.compile("(?=(?P<run>" + "".join(parts) + "))", re.DOTALL)


def _token(written: str, name: str, breaks: tuple[str, ...], lazy: str) -> str:
    if written == _SKIP:
        return (f"[^{_members(breaks, name)}]" if breaks else ".") + _FARTHEST + lazy
    hit = _TOKEN.fullmatch(written)
    if hit is None:
        raise KnowledgeError(f"cannot read the token {written!r}", path="rules", entry=name)
    kinds = tuple(hit["kinds"].split("|"))
    members = f"[^{_members((*kinds, *breaks), name)}]" if hit["not"] else f"[{_members(kinds, name)}]"
    return (
        f"(?P<{hit['end']}>{members})"
        if hit["end"]
        else members + _TIMES[hit["times"]] + (lazy if hit["times"] else "")
    )


def _members(kinds: Sequence[str], name: str) -> str:
    try:
        return "".join(map(signs, kinds))
    except KeyError as unknown:
        raise KnowledgeError(f"no class of symbols {unknown}", path="rules", entry=name) from unknown
