"""What people read of readings, damage, a language model and a validation: tables with headings in their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .evidence import Claim, Quote, claims, figures
from .facts import to_line
from .model import Article, Damage, Detail, Entity, Fact, Observation, Property, Reading, Relation, Span
from .namespaces import KG, VOCABULARY
from .reading.damage import TEXTLESS
from .store import Store
from .tables import Iri, Rows, plain, render
from .validation import Finding
from .wording import Lang, say, say_duration, say_landmark, say_term

if TYPE_CHECKING:
    from .llm import Account

_SHOWN = 8
_CONTEXT = 36
_MARGIN = 12
_REASONS = {
    "answer": "rejected_answer",
    "form": "rejected_form",
    "quote": "rejected_quote",
    "name": "rejected_name",
    "value": "rejected_value",
    "ends": "rejected_ends",
}
"""What the gate of a language model says of the facts that do not pass."""


def facts_of(readings: Sequence[Reading], form: str, *, lang: Lang) -> str:
    """The facts of readings: `jsonl`, one object a line, or `table`.

    Where there are several readers each line names its own, and where there are several articles its article.
    """
    readers, articles = ({r.reader for r in readings}, {r.article.id for r in readings})
    found = [
        (r.article.source if len(articles) > 1 else None, r.reader if len(readers) > 1 else None, fact)
        for r in readings
        for fact in r.facts
    ]
    if form == "jsonl":
        return "".join(to_line(fact, article=article, reader=reader) + "\n" for article, reader, fact in found)
    heads = tuple(say(key, lang) for key in ("article", "kind", "fact", "quote", "where", "rule"))
    shown = slice(0 if len(articles) > 1 else 1, None)
    rows = Rows(heads[shown], tuple((article, *_fact_row(fact, lang))[shown] for article, _, fact in found))
    return render(rows, empty=say("nothing_found", lang))


def _fact_row(fact: Fact, lang: Lang) -> Iterator[str]:
    said = fact.evidence
    match fact:
        case Entity():
            yield say_term(KG[fact.type], lang)
            yield fact.name
        case Relation():
            yield say_term(KG[fact.predicate], lang)
            yield f"{fact.subject} → {fact.object}"
        case Observation():
            yield say_term(f"{VOCABULARY}role/{fact.role}", lang)
            yield " ".join(filter(None, (fact.indicator, f"{plain(fact.value)}{fact.unit}", fact.time, fact.place)))
        case Detail():
            yield say_term(KG[fact.property], lang)
            value = say_duration(fact.value, lang) if fact.property is Property.VALID_FOR else fact.value
            yield f"{fact.document}: {value}"
    yield short(said.quote)
    yield f"{said.start}-{said.end}"
    yield said.rule


def account_of(account: Account | None, *, lang: Lang) -> str:
    """What a language model was asked and what of its answers held; nothing where none read."""
    if account is None:
        return ""
    reasons = ", ".join(f"{say(_REASONS[key], lang)} {count}" for key, count in account.rejected.most_common())
    told = say(
        "model_read",
        lang,
        facts=account.facts,
        rejected=account.rejected.total(),
        asked=account.asked,
        kept=account.kept,
        tokens_in=account.tokens_in,
        tokens_out=account.tokens_out,
        seconds=f"{account.seconds:.1f}",
    )
    return f"{told} ({reasons})\n" if reasons else f"{told}\n"


def damage_of(articles: Iterable[Article], *, lang: Lang) -> str:
    """The damaged places of articles, repaired and not, with a word on how to repair the rest."""
    found = [(article, place) for article in articles for place in article.damage]
    if not found:
        return say("no_damage", lang) + "\n"
    heads = tuple(say(key, lang) for key in ("article", "place_of_damage", "context", "repair"))
    rows = tuple((a.source, _place(d, lang), short(d.context), d.repair) for a, d in found)
    table = section("damage", Rows(heads, rows), lang)
    return table + "".join(line + "\n" for line in _repairs([d for _, d in found], lang))


def _place(damage: Damage, lang: Lang) -> str:
    if damage.landmark is None:
        return say("at_sign", lang, line=damage.line, column=damage.column)
    place = say_landmark(str(damage.landmark), lang)
    return say("no_text_on", lang, place=place) if damage.kind == TEXTLESS else place


def _repairs(places: Sequence[Damage], lang: Lang) -> Iterator[str]:
    textless = sum(place.kind == TEXTLESS for place in places)
    repaired = sum(place.repair is not None for place in places)
    counts = {"repaired": repaired, "unrepaired": len(places) - repaired - textless, "textless": textless}
    yield from (say(key, lang, count=count) for key, count in counts.items() if count)


def unread_of(readings: Iterable[Reading], *, lang: Lang) -> str:
    """The figures that were seen and not understood, each with the text around it."""
    found = [(r.article, unread.span) for r in readings for unread in r.unread]
    if not found:
        return say("all_understood", lang) + "\n"
    heads = (say("article", lang), say("where", lang), say("context", lang))
    rows = tuple((a.source, f"{span.start}-{span.end}", _around(a.text, span)) for a, span in found[:_SHOWN])
    return f"{say('not_understood', lang, count=len(found))}\n{render(Rows(heads, rows))}"


def _around(text: str, span: Span) -> str:
    return text[max(0, span.start - _MARGIN) : span.end + _MARGIN].replace("\n", " ")


def findings_of(store: Store, findings: Sequence[Finding], form: str, *, lang: Lang) -> str:
    """The findings of a validation as a table, with nodes by their names and facts by what they say."""
    nodes = {v for f in findings for v in (f.focus, f.value) if isinstance(v, Iri)}
    heads = tuple(say(key, lang) for key in ("severity", "finding", "focus", "value"))
    rows = Rows(heads, tuple((f.severity, f.message(lang), f.focus, f.value) for f in findings))
    shown = rows.labelled(store.labels(nodes, lang=lang) | _sayings(store, nodes, lang))
    return render(shown, form, empty=say("conforms", lang))


def _sayings(store: Store, nodes: Iterable[Iri], lang: Lang) -> dict[str, str]:
    """Facts in words: what is said of what, with the quote and the rule that read it."""
    found = [claim for node in nodes for claim in claims(store, {"fact": node})]
    ends = {end for claim in found for end in (claim.subject, claim.predicate, claim.object)}
    labels = store.labels({end for end in ends if isinstance(end, Iri)}, lang=lang)
    said = {str(claim.iri): _saying(claim, labels) for claim in found}
    seen = [observed for node in nodes for observed in figures(store, {"fact": node}, lang=lang)]
    return said | {str(o.iri): f"{o.figure['indicator']} {o.figure['value']} {_source(o.quote)}" for o in seen}


def _saying(claim: Claim, labels: Mapping[str, str]) -> str:
    subject, predicate, object = (labels.get(end, end) for end in (claim.subject, claim.predicate, claim.object))
    return f"{subject} —{predicate}→ {object} {_source(claim.quote)}"


def _source(said: Quote) -> str:
    return f"“{short(said['quote'])}” ({said['rule']}, {said['start']}-{said['end']})"


def section(key: str, rows: Rows, lang: Lang) -> str:
    """A table under its heading; nothing where there are no rows."""
    return f"{say(key, lang)}\n{render(rows)}" if len(rows) else ""


def short(text: str) -> str:
    """A text cut to what a table shows of it."""
    return text if len(text) <= _CONTEXT else text[: _CONTEXT - 1] + "…"
