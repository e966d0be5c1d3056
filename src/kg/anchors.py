"""Where a rule can match at all: the words with which its matches begin, and words that a text must hold.

Both are read off the pattern of a rule, so that nobody needs to write them down. One pass over a text finds the words
of all rules of a file; a rule whose words are missing is not tried (nor compiled), others only where they may begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

import ahocorasick_rs

from .rules import Rule, expand, placeholder_words, rules

_parser: Any = re._parser  # type: ignore[attr-defined]  # the reader of patterns has no public name
_STAND_IN: Final = 0x100000
"""From this character on, one stands for each placeholder while a pattern is read."""
_MOST: Final = 60
"""A set of more characters than this is no anchor."""
_LEAST: Final = 2
"""A shorter word stands in nearly every text, unless its set is small."""
_FEW: Final = 12
_DIGITS: Final = frozenset("0123456789")
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
"""Texts that hold a digit of another script are searched from end to end."""
_WORD: Final = re.compile(r"\w+")

Words = frozenset[str]
_Nodes = Sequence[tuple[Any, Any]]
_NOTHING: Final[Words] = frozenset({""})


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a rule asks of a text: one word of each set in `needs`, and one of `first` where a match begins.

    `first` is None where a match may begin with anything.
    """

    first: Words | None = None
    needs: tuple[Words, ...] = ()


def anchor(rule: Rule) -> Anchor:
    """The anchor of a rule.

    >>> rule = next(rule for rule in rules("organisations") if rule.name == "organisation-youth-league")
    >>> anchor(rule).first
    frozenset({'团'})
    """
    if "(?i" in rule.written:
        return Anchor()
    classes: list[Words] = []

    def stand_in(name: str, kind: str | None) -> str:
        classes.append(frozenset(placeholder_words(name, kind)))
        return chr(_STAND_IN + len(classes) - 1)

    reader = _Reader(classes)
    nodes = _parser.parse(expand(rule.written, path=rule.path, entry=rule.name, fill=stand_in))
    first = reader.begin(nodes)
    needs = (need for need in reader.needs(nodes) if min(map(len, need)) >= (1 if len(need) <= _FEW else _LEAST))
    return Anchor(None if first is None or "" in first else first, tuple(dict.fromkeys(needs)))


class _Reader:
    """Reads anchors off the tree of a pattern, in which `classes` have stand-ins."""

    def __init__(self, classes: Sequence[Words]):
        self._classes = classes

    def begin(self, nodes: _Nodes) -> Words | None:
        """The words one of which any match begins with, the empty one where it may be empty; None if that is open."""
        begun = _NOTHING
        for index, (kind, argument) in enumerate(nodes):
            if str(kind) in ("AT", "ASSERT", "ASSERT_NOT"):
                continue
            found = self._run(nodes[index:]) if str(kind) == "LITERAL" else self._begin_of(str(kind), argument)
            if found is None:
                return None
            begun = begun - _NOTHING | found
            if "" not in found:
                return begun
        return begun

    def _begin_of(self, kind: str, argument: Any) -> Words | None:
        match kind:
            case "SUBPATTERN":
                return self.begin(argument[-1])
            case "ATOMIC_GROUP":
                return self.begin(argument)
            case "BRANCH":
                begun = [self.begin(nodes) for nodes in argument[1]]
                return None if None in begun else frozenset().union(*filter(None, begun))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                found = self.begin(argument[2])
                return found if found is None or argument[0] else found | _NOTHING
            case "IN":
                return self._any(argument)
        return None

    def _run(self, nodes: _Nodes) -> Words:
        """The words of the placeholder, or the run of characters, with which the nodes begin."""
        run = "".join(chr(code) for _, code in takewhile(_is_character, nodes))
        return frozenset({run}) if run else self._classes[nodes[0][1] - _STAND_IN]

    def _spoken(self, run: Words) -> Words:
        """The words without marks, which nearly every text has."""
        return frozenset(max(_WORD.findall(word), key=len, default="") for word in run)

    def _any(self, members: _Nodes) -> Words | None:
        """The words of a set in brackets; None where it holds many characters or tells what it does not hold."""
        found: Words = frozenset()
        for kind, argument in members:
            if str(kind) == "LITERAL":
                found |= self._run([(kind, argument)])
            elif str(kind) == "RANGE" and argument[1] - argument[0] < _MOST:
                found |= frozenset(map(chr, range(argument[0], argument[1] + 1)))
            elif str(argument) == "CATEGORY_DIGIT":
                found |= _DIGITS
            else:
                return None
        return found

    def needs(self, nodes: _Nodes) -> Iterator[Words]:
        """Sets of words of which any match, with what must stand around it, holds one each."""
        for index, (kind, argument) in enumerate(nodes):
            goes_on = index > 0 and _is_character(nodes[index - 1]) and _is_character(nodes[index])
            match str(kind):
                case "LITERAL" if not goes_on:
                    yield self._spoken(self._run(nodes[index:]))
                case "SUBPATTERN":
                    yield from self.needs(argument[-1])
                case "ASSERT":
                    yield from self.needs(argument[1])
                case "ATOMIC_GROUP":
                    yield from self.needs(argument)
                case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if argument[0]:
                    yield from self.needs(argument[2])
                case "BRANCH":
                    best = [max(self.needs(one), key=_telling, default=_NOTHING) for one in argument[1]]
                    yield frozenset().union(*best)
                case "IN":
                    yield self._spoken(self._any(argument) or _NOTHING)


def _is_character(node: tuple[Any, Any]) -> bool:
    """Whether a node is one character, and no stand-in."""
    return str(node[0]) == "LITERAL" and node[1] < _STAND_IN


def _telling(need: Words) -> tuple[int, int]:
    """How well a need sifts: long words stand in few texts."""
    return min(map(len, need)), -len(need)


class Anchored:
    """A text, asked where rules match."""

    def __init__(self, wide: str):
        self._wide = wide
        self._plain = not _OTHER_DIGIT.search(wide)
        self._found: dict[str, _Found] = {}

    def may_match(self, rule: Rule) -> bool:
        """Whether the text holds what the rule needs."""
        words = self._words_of(rule.path).words
        return not self._plain or not any(map(words.isdisjoint, _scanner(rule.path).anchors[rule.name].needs))

    def matches(
        self, rule: Rule, end: int | None = None, *, unless: Callable[[re.Match[str]], bool] | None = None
    ) -> Iterator[re.Match[str]]:
        """What `rule.regex.finditer` finds in the text up to `end`.

        A match of which `unless` is true is passed over, as if the pattern itself did not allow it.
        """
        end = len(self._wide) if end is None else end
        first = _scanner(rule.path).anchors[rule.name].first
        if not self.may_match(rule):
            return
        if first is not None and self._plain:
            tried: Iterable[int] = self._words_of(rule.path).starts(first)
        elif unless is None:
            yield from rule.regex.finditer(self._wide, 0, end)
            return
        else:
            tried = range(end + 1)
        at = 0
        for start in tried:
            hit = rule.regex.match(self._wide, start, end) if start >= at else None
            if hit and not (unless and unless(hit)):
                at = hit.end()
                yield hit

    def _words_of(self, path: str) -> _Found:
        if path not in self._found:
            self._found[path] = _Found(_scanner(path).find(self._wide))
        return self._found[path]


class _Found:
    """Where the words of a file of rules begin in a text."""

    def __init__(self, starts: Mapping[str, Sequence[int]]):
        self.words = frozenset(starts)
        self._starts = starts
        self._merged: dict[Words, list[int]] = {}

    def starts(self, words: Words) -> Sequence[int]:
        """Where any of the words begins, in order."""
        if words not in self._merged:
            self._merged[words] = sorted({at for word in words & self.words for at in self._starts[word]})
        return self._merged[words]


class _Scanner:
    """Finds the words of the anchors of one file of rules."""

    def __init__(self, path: str):
        self.anchors = {rule.name: anchor(rule) for rule in rules(Path(path).stem)}
        wanted = (one for asked in self.anchors.values() for one in (asked.first, *asked.needs) if one)
        self._words = sorted(frozenset().union(*wanted))
        self._automaton = ahocorasick_rs.AhoCorasick(self._words)

    def find(self, wide: str) -> dict[str, list[int]]:
        """Where each word that the text holds begins."""
        found: dict[str, list[int]] = {}
        for index, start, _ in self._automaton.find_matches_as_indexes(wide, overlapping=True):
            found.setdefault(self._words[index], []).append(start)
        return found


@cache
def _scanner(path: str) -> _Scanner:
    return _Scanner(path)
