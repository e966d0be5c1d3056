"""Comparing facts with gold facts: how many are right, which are missed, extra or nearly right, and why.

`evaluate` gives the verdicts on every fact, `scores` counts them, `report` shows them. The measure is that of the
guide to the gold facts; its figures are those of the project's scoring script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ..errors import InputError
from ..facts import load_lines
from ..model import RULES, Entity, Fact
from ..pipeline import read, read_with, text_beside
from ..reading import read_article
from .given import relations_given
from .judging import Verdict, judge
from .scores import ALL

if TYPE_CHECKING:
    from ..llm import ModelReader

__all__ = ["Evaluation", "Given", "evaluate"]

Given = Literal["entities"]
SUFFIX: Final = ".facts.jsonl"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The verdicts on what each reader found; of several readers, `all` stands first for them together.

    `articles` are the names of the gold files, `absent` those for which the system has no file, so that all their
    facts are missed. With `given` entities, only relations are judged.
    """

    articles: tuple[str, ...]
    absent: tuple[str, ...]
    readers: Mapping[str, tuple[Verdict, ...]]
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """One article: the facts of the gold, and what each reader found; None where there is no file of the system."""

    name: str
    gold: tuple[Fact, ...]
    found: tuple[tuple[str, Fact], ...] | None


def evaluate(
    gold: Path, system: Path | None = None, *, given: Given | None = None, model: ModelReader | None = None
) -> Evaluation:
    """Judge the facts of `system` by those of `gold`: a `NAME.facts.jsonl` each, or a folder of them each.

    Without `system`, the rules read the texts `NAME.txt` beside the gold; with `given="entities"` they look only for
    relations, and are given the entities of the gold; with a `model`, it reads the texts too. Raises InputError for a
    file that is missing or broken.
    """
    if system and given:
        raise InputError("facts of a file were found without the entities of the gold.", hint="Leave SYSTEM out.")
    if system and not (system.is_dir() or (system.is_file() and gold.is_file())):
        raise InputError("not there, or a file for a folder of gold.", path=str(system), hint="Check both paths.")
    cases = [_case(path, name, system, given, model) for path, name in _gold_files(gold)]
    found = sorted({reader for case in cases for reader, _ in case.found or ()}) or [RULES]
    readers = {reader: _judged(cases, reader) for reader in ([ALL, *found] if len(found) > 1 else found)}
    absent = tuple(case.name for case in cases if case.found is None)
    return Evaluation(tuple(case.name for case in cases), absent, readers, given)


def _judged(cases: list[_Case], reader: str) -> tuple[Verdict, ...]:
    found = ([fact for who, fact in case.found or () if reader in (who, ALL)] for case in cases)
    return tuple(v for case, facts in zip(cases, found, strict=True) for v in judge(case.name, case.gold, facts))


def _gold_files(gold: Path) -> Iterator[tuple[Path, Path]]:
    """The files of the gold, each with its path below the folder."""
    if not gold.exists():
        raise InputError("no such file or folder.", path=str(gold), hint="Check the path.")
    files = sorted(gold.rglob(f"*{SUFFIX}")) if gold.is_dir() else [gold]
    if not files:
        raise InputError(f"no *{SUFFIX} in this folder.", path=str(gold), hint="Name a file or a folder of gold facts.")
    yield from ((path, path.relative_to(gold) if gold.is_dir() else Path(path.name)) for path in files)


def _case(path: Path, name: Path, system: Path | None, given: Given | None, model: ModelReader | None) -> _Case:
    gold = tuple(fact for _, fact in load_lines(path))
    label = name.as_posix().removesuffix(SUFFIX)
    if system:
        return _Case(label, gold, _facts_of(system / name if system.is_dir() else system))
    return _Case(label, gold, tuple(_read(text_beside(path), gold, given, model)))


def _read(
    text: Path, gold: tuple[Fact, ...], given: Given | None, model: ModelReader | None
) -> Iterator[tuple[str, Fact]]:
    """Each fact that is found in a text, with who found it."""
    if given:
        yield from ((RULES, fact) for fact in gold if isinstance(fact, Entity))
        yield from ((RULES, fact) for fact in relations_given(read_article(text), gold))
        return
    reading = read(text)
    for one in read_with(model, reading) if model else (reading,):
        yield from ((one.reader, fact) for fact in one.facts)


def _facts_of(path: Path) -> tuple[tuple[str, Fact], ...] | None:
    return tuple(load_lines(path)) if path.is_file() else None
