"""From free wording to a ready-made question and its parameters.

The names that a text holds are found among the names of the graph and set aside; what is left is compared with the
wordings of every question. Nothing is guessed in silence: the match is an object that tells what was understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .errors import UnknownName
from .names import Named
from .questions import Parameter, Question, questions
from .text import widen

_SLOT = re.compile(r"\{(\w+)\}")
_LATIN = re.compile(r"[a-z]+")
_NOISE = re.compile(r"[^\w]+|[的了呢吗吧啊]")
_CLOSING = " ？?。.！!"
_LEAST_LIKE = 0.4
_LEAST_COVERED = 0.45
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A question with the names that fill its parameters, as far as the text gives them.

    `likeness` tells how near the wording was, `unused` what stands in the text and was not used.
    """

    question: Question
    values: Mapping[str, Named]
    likeness: float
    unused: tuple[str, ...] = ()


def match(text: str, names: Iterable[Named], *, lang: str = "zh") -> Match:
    """The question that a text asks; raises UnknownName with the nearest titles where none is near enough."""
    known = tuple(names)
    named = names_in(text, known)
    found = sorted(
        (made for asked in questions().values() for made in _matches(text, asked, named, known)),
        key=lambda made: (-made.likeness, made.question.name),
    )
    if not found or found[0].likeness < _LEAST_LIKE:
        nearest = tuple(dict.fromkeys(made.question.title[lang] for made in found if made.likeness))[:_NEAREST]
        raise UnknownName("question", text, nearest, "`kg ask` lists all questions.")
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


def _matches(text: str, asked: Question, named: tuple[Named, ...], known: tuple[Named, ...]) -> Iterator[Match]:
    """How each wording of a question, and each of its titles, fits the text."""
    for wording in asked.wordings:
        wanted = [p for p in asked.parameters if p.name in _SLOT.findall(wording)]
        parts = _parts(text, wording)
        values = dict(_complete(parts, wanted, known)) or dict(_fill(wanted, named))
        if len(values) == len(wanted) and not asked.missing({name: n.iri for name, n in values.items()}):
            yield _match(text, asked, _SLOT.sub(" ", wording), values, parts.values(), named)
    for title in asked.title.values():
        yield _match(text, asked, title, dict(_fill(asked.parameters, named)), (), named)


def _match(
    text: str,
    asked: Question,
    wording: str,
    values: Mapping[str, Named],
    parts: Iterable[str],
    named: tuple[Named, ...],
) -> Match:
    left = _without(text, [*(name.label for name in values.values()), *parts])
    spare = (n.label for n in named if n not in values.values() and n.types & _askable())
    unused = tuple(dict.fromkeys(label for label in spare if label.casefold() in left and label not in wording))
    likeness = _likeness(left, wording) + 0.05 * len(values) - 0.02 * sum(map(len, unused))
    return Match(asked, values, likeness, unused or _strange(left, "".join(asked.wordings)))


@cache
def _askable() -> frozenset[str]:
    """The types of things that questions take."""
    return frozenset(kind for asked in questions().values() for p in asked.parameters for kind in p.types)


def _parts(text: str, wording: str) -> dict[str, str]:
    """What stands in the places of the parameters, where the text has just the shape of the wording."""
    shape = "(.+)".join(map(re.escape, _SLOT.split(wording)[::2]))
    hit = re.fullmatch(shape, text.strip(_CLOSING), re.IGNORECASE)
    return dict(zip(_SLOT.findall(wording), hit.groups(), strict=True)) if hit else {}


def _complete(
    parts: Mapping[str, str], wanted: Sequence[Parameter], known: tuple[Named, ...]
) -> Iterator[tuple[str, Named]]:
    """The one thing whose name holds each part; nothing for a part that fits none or several."""
    for parameter in wanted:
        part = parts.get(parameter.name)
        fits = [n for n in known if part and part in n.label and n.types & set(parameter.types)]
        fits = [n for n in fits if n.label == part] or fits
        if len({n.iri for n in fits}) == 1:
            yield parameter.name, fits[0]


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


def _strange(left: str, wordings: str) -> tuple[str, ...]:
    """The runs of Chinese signs in what is left of the text that the wordings of the question have nothing of."""
    signs = "".join(sign if sign not in wordings and not sign.isascii() else " " for sign in _NOISE.sub(" ", left))
    return tuple(run for run in signs.split() if len(run) > 1)


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient over pairs of Chinese signs and over Latin words; 0 where too little of the wording is met."""
    a, b = _grams(one), _grams(other)
    shared = sum((a & b).values())
    if not a or not b or shared < _LEAST_COVERED * sum(b.values()):
        return 0.0
    return 2 * shared / (sum(a.values()) + sum(b.values()))


def _grams(text: str) -> Counter[str]:
    text = text.casefold()
    signs = _NOISE.sub("", _LATIN.sub("", text))
    words = Counter(word.rstrip("s") for word in _LATIN.findall(text))
    return words + Counter(signs) + Counter(signs[i : i + 2] for i in range(len(signs) - 1))
