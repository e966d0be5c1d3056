"""The small language of relation rules, compiled to regular expressions over the symbols of a page.

A pattern is a row of tokens parted by blanks:

    s:Organisation ... issue ... o:PolicyDocument

`s:` and `o:` mark subject and object; a token names a class of symbols, several with `|`, all but some with
`!`; it may end in `?`, `*` or `+`; `...` skips what lies between, within the scope of the rule (clause, sentence,
paragraph, section, article). What stands behind a ` / ` must follow, but is no part of what is found:

    s:TitleMechanism !Mechanism* o:Group / !Mechanism* stop

A rule looks from each symbol that its first token takes to the nearest end of the run; with `from: right` it starts
at the last token and looks back (then nothing can be asked to follow); with `from: each` it takes every end, near or
far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from ..errors import KnowledgeError
from ..model import Span
from ..rules import Rule
from .alphabet import LINE, SECTION, START, Line, Symbol, signs

_TOKEN: Final = re.compile(r"(?:(?P<end>[so]):)?(?P<not>!)?(?P<kinds>[A-Za-z|-]+)(?P<times>[?*+]?)")
_SKIP: Final = "..."
_AFTER: Final = " / "
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


class Found(NamedTuple):
    """Where a pattern matched: the symbols of subject and object, and the run of text that says it.

    `run` is None where all that the pattern took is implied.
    """

    subject: Symbol
    object: Symbol | None
    run: Span | None


class _Pattern(NamedTuple):
    """A pattern ready for matching; `needs` are classes of which the line must hold one each, `after` must follow."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    way: str
    after: re.Pattern[str]


def find_matches(rule: Rule, line: Line) -> Iterator[Found]:
    """Every place where the rule's pattern matches; see the module for the order in which it looks."""
    regex, needs, way, after = _compiled(rule)
    for need in needs:
        if line.kinds.isdisjoint(need):
            return
    line = line.reversed if way == "right" else line
    symbols, whole = line.symbols, regex.groups > 1
    for hit in _hits(regex, line.signs, every=way == "each"):
        if after.match(line.signs, hit.end()):
            object_ = symbols[hit.start("o")] if whole else None
            yield Found(symbols[hit.start("s")], object_, line.stated(*hit.span()))


def _hits(regex: re.Pattern[str], line: str, *, every: bool) -> Iterator[re.Match[str]]:
    """One match for each place where one begins; with `every`, also those that begin there and end earlier."""
    first = regex.search(line)
    while first is not None:
        hit: re.Match[str] | None = first
        while hit is not None:
            yield hit
            hit = regex.match(line, first.start(), hit.end() - 1) if every else None
        first = regex.search(line, first.start() + 1)


def _compiled(rule: Rule) -> _Pattern:
    """The pattern of a rule, compiled once."""
    return _compile(
        rule.name, rule.pattern, str(rule.extra.get("scope", "clause")), str(rule.extra.get("from", "left"))
    )


@cache
def _compile(name: str, pattern: str, scope: str, way: str) -> _Pattern:
    if scope not in _BREAKS or way not in _WAYS:
        raise KnowledgeError(f"scope {scope!r} or from {way!r} is none of those known", path="rules", entry=name)
    said, _, follows = pattern.partition(_AFTER)
    tokens, following = said.split(), follows.split()
    if following and way == "right":
        raise KnowledgeError(
            "what follows cannot be asked of a rule that looks from the right", path="rules", entry=name
        )
    if [token[0] for token in tokens if token[1:2] == ":"] not in (["s"], ["s", "o"], ["o", "s"]):
        raise KnowledgeError("the pattern needs one s: and at most one o:", path="rules", entry=name)
    lazy = "" if way == "each" else "?"
    parts = [_token(token, name, _BREAKS[scope], lazy) for token in (tokens[::-1] if way == "right" else tokens)]
    after = "".join(_token(token, name, _BREAKS[scope], "?") for token in following)
    needs = tuple(frozenset(_members(kinds.split("|"), name)) for kinds in map(_needed, tokens) if kinds)
    return _Pattern(re.compile("".join(parts), re.DOTALL), needs, way, re.compile(after, re.DOTALL))


def _needed(token: str) -> str:
    """The classes of which a token takes one in any case, else nothing."""
    hit = _TOKEN.fullmatch(token)
    return hit["kinds"] if hit and not hit["not"] and hit["times"] in ("", "+") else ""


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
