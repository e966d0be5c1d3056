"""An evaluation as tables for people: scores, what near-misses differ in, the worst errors, how sure facts may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .. import sections
from ..model import Entity, EntityType, Observation, Predicate, Relation
from ..namespaces import KG, RDFS
from ..resources import knowledge_triples
from ..tables import Rows, Value, plain
from ..wording import Lang, say
from . import Evaluation
from .judging import Judged, Verdict
from .scores import ALL, RELATIONS, Score, calibration, differences, kind_of, scores, sort_of

_SHOWN = 30
_ERRORS = ("near", "missed", "extra")


@dataclass(frozen=True, slots=True)
class _Style:
    """How cells are written: keys in words, shares as numbers or with three decimals, texts cut or whole."""

    word: Callable[[str], str]
    share: Callable[[float], Value]
    shown: int | None = None


def render(
    found: Evaluation, form: str = "table", *, lang: Lang = "zh", errors: int = 1, calibrated: bool = False
) -> str:
    """The evaluation as text, in the forms of `kg.tables`; of each sort of fact and of error the `errors` worst.

    The worst are of the sort with most errors, and of the extra facts those that were found with most confidence.
    json and csv name types, predicates and parts by their keys.
    """
    style = _style(form, lang)
    tables: dict[str, Rows] = {}
    for reader, verdicts in found.readers.items():
        own = [v for v in verdicts if not found.given or _kind(v) == RELATIONS]
        behind = f":{style.word(reader) if reader == ALL else reader}" if len(found.readers) > 1 else ""
        tables["scores" + behind] = _scores(own, style)
        tables["differences" + behind] = _differences(own, style)
        if calibrated:
            tables["calibration" + behind] = _calibration(own, style)
        if errors:
            tables["errors" + behind] = _errors(own, style, count=errors)
    return sections.render(tables, form, lang=lang)


def _style(form: str, lang: Lang) -> _Style:
    if form not in ("table", "md"):
        return _Style(str, lambda share: round(share, 3))
    return _Style(lambda key: _label(key, lang), "{:.3f}".format, _SHOWN if form == "table" else None)


def _scores(verdicts: Sequence[Verdict], style: _Style) -> Rows:
    heads = ("sort", "gold", "found", "right", "near", "precision", "recall", "f1")
    several = len({_kind(v) for v in verdicts}) > 1
    counted = (s for s in scores(verdicts) if (s.gold or s.found) and (several or s.sort != ALL))
    return Rows(heads, tuple(_score(s, style) for s in counted))


def _score(score: Score, style: _Style) -> tuple[Value, ...]:
    counts = (score.gold, score.found, score.right, score.near)
    return style.word(score.sort), *counts, *map(style.share, (score.precision, score.recall, score.f1))


def _differences(verdicts: Iterable[Verdict], style: _Style) -> Rows:
    counted = sorted(differences(verdicts).items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    rows = ((style.word(kind), style.word(part).lower(), count) for (kind, part), count in counted)
    return Rows(("kind", "differs", "count"), tuple(rows))


def _calibration(verdicts: Iterable[Verdict], style: _Style) -> Rows:
    heads = ("kind", "confidence", "found", "right", "precision")
    rows = (
        (style.word(b.kind), f"{b.least:g}–{b.most:g}", b.found, b.right, style.share(b.right / b.found))
        for b in calibration(verdicts)
    )
    return Rows(heads, tuple(rows))


def _errors(verdicts: Iterable[Verdict], style: _Style, *, count: int) -> Rows:
    heads = ("sort", "error", "article", "in_gold", "in_found", "differs")
    return Rows(heads, tuple(_error(v, error, style) for error, v in _worst(verdicts, count)))


def _worst(verdicts: Iterable[Verdict], count: int) -> Iterator[tuple[str, Verdict]]:
    wrong = [v for v in verdicts if not v.right or _half_right(v)]
    sorts = Counter(_sort(v) for v in wrong)
    for sort, _ in sorts.most_common():
        for error in _ERRORS:
            own = [v for v in wrong if _sort(v) == sort and _error_of(v) == error]
            yield from ((error, v) for v in sorted(own, key=_sureness, reverse=True)[:count])


def _half_right(verdict: Verdict) -> bool:
    """Whether a figure is right but for its role, time or indicator."""
    return bool(verdict.differs) and isinstance(verdict.gold, Observation)


def _error_of(verdict: Verdict) -> str:
    return "near" if verdict.gold and verdict.found else "missed" if verdict.gold else "extra"


def _sureness(verdict: Verdict) -> float:
    return verdict.found.evidence.confidence if verdict.found else 0.0


def _error(verdict: Verdict, error: str, style: _Style) -> tuple[Value, ...]:
    gold, found, word = verdict.gold, verdict.found, style.word
    said = _tell(gold, style.shown) if gold else None
    instead = _tell(found, style.shown) if found else None
    if gold and found and sort_of(gold) != sort_of(found):
        instead = f"{instead} ({word(sort_of(found))})"
    parts = "/".join(word(part).lower() for part in verdict.differs)
    return word(_sort(verdict)), word(error).lower(), verdict.article, said, instead, parts or None


def _tell(fact: Judged, shown: int | None) -> str:
    match fact:
        case Entity():
            text = fact.name
        case Relation():
            text = f"{fact.subject} → {fact.object}"
        case Observation():
            parts = (fact.indicator, f"{plain(fact.value)}{fact.unit}", fact.role, fact.time)
            text = " ".join(part for part in parts if part)
    return text if shown is None or len(text) <= shown else text[: shown - 1] + "…"


def _fact(verdict: Verdict) -> Judged:
    fact = verdict.gold or verdict.found
    assert fact is not None
    return fact


def _sort(verdict: Verdict) -> str:
    return sort_of(_fact(verdict))


def _kind(verdict: Verdict) -> str:
    return kind_of(_fact(verdict))


def _label(key: str, lang: Lang) -> str:
    """How people call a type, a predicate, a sum or a part."""
    return _labels(lang).get(key) or say(key, lang)


@cache
def _labels(lang: Lang) -> dict[str, str]:
    """The labels of types and predicates in the ontology."""
    import pyoxigraph as ox

    wanted = {KG[name]: str(name) for name in (*EntityType, *Predicate)}
    found = {}
    for triple in knowledge_triples("kg.ttl"):
        said, label = triple.subject, triple.object
        if isinstance(said, ox.NamedNode) and isinstance(label, ox.Literal) and triple.predicate.value == RDFS.label:
            found[wanted.get(said.value, ""), label.language] = label.value
    return {name: label for (name, language), label in found.items() if language == lang}
