"""An explanation as indented text: the fact, how it came about, and the sentences at the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..evidence import Observed, Quote, Triple, source
from ..namespaces import RDF
from ..tables import Duration, Iri, plain
from ..wording import Lang, say, say_duration
from .asking import Explanation
from .reasons import Reason

_INDENT = "  "


def render(explanation: Explanation, *, lang: Lang = "zh") -> str:
    """The explanation in words; where the graph does not hold what was asked, what it holds instead."""
    labels = {RDF.type: say("type", lang), **explanation.labels[lang]}
    if not explanation.reasons and explanation.predicate:
        return "".join(f"{line}\n" for line in _missing(explanation, labels, lang))
    lines = [line for reason in explanation.reasons for line in _reason(reason, labels, lang)]
    return "".join(f"{line}\n" for line in (*lines, *_figures(explanation.figures, lang)))


def _reason(reason: Reason, labels: Mapping[str, str], lang: Lang) -> Iterator[str]:
    yield _fact(reason.triple, labels, lang) + (f" {say('see_above', lang)}" if reason.told else "")
    for claim in reason.claims:
        yield _INDENT + _quote(claim.quote, lang)
    for step in reason.steps:
        yield _INDENT + say("because", lang, rule=labels.get(step.rule, step.rule))
        for premise in step.premises:
            yield from (_INDENT * 2 + line for line in _reason(premise, labels, lang))
    if not (reason.told or reason.claims or reason.steps):
        yield _INDENT + say("unsupported", lang)


def _fact(triple: Triple, labels: Mapping[str, str], lang: Lang) -> str:
    subject, predicate, object = (_part(part, labels, lang) for part in triple)
    return f"{subject} —{predicate}→ {object}"


def _part(part: str, labels: Mapping[str, str], lang: Lang) -> str:
    """A node by its label or the end of its IRI, a length of time in words, any other value as it is."""
    if isinstance(part, Duration):
        return say_duration(part, lang)
    return labels.get(part, _tail(part) if isinstance(part, Iri) else part)


def _quote(said: Quote, lang: Lang) -> str:
    where = f"{source(said, lang)}, {said['start']}–{said['end']}"
    return f"“{said['quote']}” ({where}; {said['rule']}, {said['confidence']:g})"


def _figures(seen: Iterable[Observed], lang: Lang) -> Iterator[str]:
    for number, observed in enumerate(seen):
        if not number:
            yield say("figures", lang)
        figure = observed.figure
        about = ", ".join(filter(None, (figure["time"], figure["place"], figure["role"], figure["level"])))
        yield f"{figure['indicator']}: {plain(figure['value'])} {figure['unit']} ({about})"
        yield _INDENT + _quote(observed.quote, lang)


def _missing(explanation: Explanation, labels: Mapping[str, str], lang: Lang) -> Iterator[str]:
    object = explanation.object or Iri("…")
    fact = _fact((explanation.subject, explanation.predicate or "", object), labels, lang)
    yield say("not_held", lang, fact=fact)
    names = [labels.get(one, _tail(one)) for one in explanation.held]
    yield say("held", lang, facts=", ".join(names)) if names else say("held_nothing", lang)


def _tail(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
