"""From free wording to a ready-made question and its parameters.

The names that a text holds are found among the names of the graph and set aside; what is left is compared with the
wordings of every question. Nothing is guessed in silence: the match is an object that tells what was understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .errors import UnknownName
from .names import Named
from .questions import Parameter, Question, questions
from .text import widen

_SLOT = re.compile(r"\{(\w+)\}")
_LATIN = re.compile(r"[a-z]+")
_NOISE = re.compile(r"[^\w]+|[的了呢吗吧啊]")
_LEAST_LIKE = 0.34


@dataclass(frozen=True, slots=True)
class Match:
    """A question with the names that fill its parameters; `likeness` (0 to 1) tells how near the wording was."""

    question: Question
    values: Mapping[str, Named]
    likeness: float


def match(text: str, names: Iterable[Named]) -> Match:
    """The question that a text asks; raises UnknownName with the nearest titles where none is near enough."""
    named = names_in(text, names)
    found = sorted(
        (made for asked in questions().values() for made in _matches(text, asked, named)),
        key=lambda made: (-made.likeness, made.question.name),
    )
    if not found or found[0].likeness < _LEAST_LIKE:
        nearest = tuple(dict.fromkeys(made.question.title["zh"] for made in found[:3]))
        raise UnknownName("question like", text, nearest, "`kg ask` lists all questions.")
    return found[0]


def names_in(text: str, names: Iterable[Named]) -> tuple[Named, ...]:
    """The names that stand in the text, in its order, none inside a longer one of the same types."""
    left: dict[frozenset[str], str] = {}
    found: dict[Named, int] = {}
    for name in sorted(names, key=lambda n: (-len(n.label), n.label, n.iri)):
        free = left.get(name.types, widen(text).casefold())
        label = widen(name.label).casefold()
        if len(label) > 1 and label in free:
            found[name] = free.index(label)
            left[name.types] = free.replace(label, "\0" * len(label))
    return tuple(sorted(found, key=lambda name: found[name]))


def _matches(text: str, asked: Question, named: tuple[Named, ...]) -> Iterator[Match]:
    for wording in asked.wordings:
        slots = _SLOT.findall(wording)
        wanted = [p for p in asked.parameters if p.name in slots]
        values = dict(_fill(wanted, named))
        if len(values) == len(wanted) and not asked.missing({k: v.iri for k, v in values.items()}):
            left = _without(text, [name.label for name in values.values()])
            unused = sum(len(n.label) for n in named if n not in values.values() and n.label in left)
            yield Match(asked, values, _likeness(left, _SLOT.sub(" ", wording)) + 0.05 * len(values) - 0.01 * unused)


def _fill(wanted: Iterable[Parameter], named: Iterable[Named]) -> Iterator[tuple[str, Named]]:
    free = list(named)
    for parameter in wanted:
        fit = next((n for n in free if n.types & set(parameter.types)), None)
        if fit is not None:
            free.remove(fit)
            yield parameter.name, fit


def _without(text: str, labels: Iterable[str]) -> str:
    left = widen(text).casefold()
    for label in labels:
        left = left.replace(widen(label).casefold(), " ", 1)
    return left


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient over pairs of Chinese signs and over Latin words."""
    a, b = _grams(one), _grams(other)
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if a and b else 0.0


def _grams(text: str) -> Counter[str]:
    text = text.casefold()
    signs = _NOISE.sub("", _LATIN.sub("", text))
    words = Counter(word.rstrip("s") for word in _LATIN.findall(text))
    return words + Counter(signs) + Counter(signs[i : i + 2] for i in range(len(signs) - 1))
