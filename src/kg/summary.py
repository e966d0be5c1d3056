"""What people read after a build, an extraction or a validation: short tables with headings in their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .evidence import Claim, Quote, claims, figures
from .facts import said, to_line
from .model import (
    Article,
    Damage,
    Detail,
    Entity,
    EntityType,
    Fact,
    Level,
    Observation,
    Predicate,
    Property,
    Reading,
    Relation,
    Span,
)
from .namespaces import KG, VOCABULARY
from .omissions import gaps
from .omissions.report import coverage_line
from .pipeline import STORE, Built
from .questions import answer, present, question
from .reading.damage import TEXTLESS
from .store import Store, open_store
from .tables import Iri, Rows, plain, render
from .validation import Finding
from .wording import Lang, say, say_duration, say_landmark, say_term

if TYPE_CHECKING:
    from .llm import Account

_SHOWN = 8
_REASONS = {
    "answer": "rejected_answer",
    "form": "rejected_form",
    "quote": "rejected_quote",
    "name": "rejected_name",
    "value": "rejected_value",
    "ends": "rejected_ends",
}
"""What the gate of a language model says of the facts that do not pass."""
_CONTEXT = 36
_MARGIN = 12


def summarise(built: Built, *, lang: Lang) -> str:
    """The summary of a build: what went in, what came out, what was not understood, what to try next."""
    built = replace(built, readings=tuple(_together(built.readings)))
    with open_store(built.store) as store:
        parts = [
            _headline(built, lang),
            _section("articles", _articles(built, lang), lang),
            _section("entities", _entities(built, store, lang), lang),
            _section("relations", _relations(built, store, lang), lang),
            _section("figures", _figures(built, store, lang), lang),
            _policies(store, lang),
            account_of(built.account, lang=lang),
            damage_of([r.article for r in built.readings], lang=lang),
            unread_of(built.readings, lang=lang),
            coverage_line(map(gaps, built.readings), lang=lang),
            _findings_line(built.findings, lang) + "\n",
            _files(built, lang),
            _failed(built, lang),
            _next_steps(built, store, lang),
        ]
    return "\n".join(filter(None, parts))


def _together(readings: Iterable[Reading]) -> Iterator[Reading]:
    """One reading for each article, with what all its readers say, once each."""
    by_article: dict[str, list[Reading]] = {}
    for reading in readings:
        by_article.setdefault(reading.article.id, []).append(reading)
    for those in by_article.values():
        facts = {said(fact): fact for reading in reversed(those) for fact in reversed(reading.facts)}
        yield replace(those[0], facts=tuple(reversed(facts.values())), unread=tuple(u for r in those for u in r.unread))


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
    rows = tuple((a.source, _place(d, lang), _short(d.context), d.repair) for a, d in found)
    table = _section("damage", Rows(heads, rows), lang)
    return table + "".join(line + "\n" for line in _repairs([d for _, d in found], lang))


def _place(damage: Damage, lang: Lang) -> str:
    if damage.landmark is None:
        return say("at_sign", lang, line=damage.line, column=damage.column)
    place = say_landmark(str(damage.landmark), lang)
    return say("no_text_on", lang, place=place) if damage.kind == TEXTLESS else place


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
    return f"“{_short(said['quote'])}” ({said['rule']}, {said['start']}-{said['end']})"


def _headline(built: Built, lang: Lang) -> str:
    counts = Counter(type(fact) for reading in built.readings for fact in reading.facts)
    return (
        say(
            "built",
            lang,
            articles=len({reading.article.id for reading in built.readings}),
            entities=counts[Entity],
            relations=counts[Relation],
            observations=counts[Observation],
            derived=built.derived,
            seconds=f"{built.seconds:.1f}",
        )
        + "\n"
    )


def _section(key: str, rows: Rows, lang: Lang) -> str:
    return f"{say(key, lang)}\n{render(rows)}" if len(rows) else ""


def _articles(built: Built, lang: Lang) -> Rows:
    heads = tuple(say(key, lang) for key in ("article", "area", "date", "facts"))
    rows = tuple((_short(r.article.title), r.article.place, r.article.date, len(r.facts)) for r in built.readings)
    return Rows(heads, rows)


def _entities(built: Built, store: Store, lang: Lang) -> Rows:
    counts = Counter(fact.type for r in built.readings for fact in r.facts if isinstance(fact, Entity))
    things = {row["type"]: row["things"] for row in store.select(_THINGS).dicts()}
    labels = store.labels([KG[kind] for kind in EntityType], lang=lang)
    rows = tuple((labels[KG[kind]], counts[kind], things[KG[kind]]) for kind in EntityType if counts[kind])
    return Rows((say("type", lang), say("named", lang), say("things", lang)), rows)


_THINGS = """SELECT ?type (COUNT(DISTINCT ?thing) AS ?things) {
  ?claim rdf:predicate rdf:type ; rdf:subject ?thing ; rdf:object ?type
} GROUP BY ?type"""


def _relations(built: Built, store: Store, lang: Lang) -> Rows:
    counts = Counter(str(fact.predicate) for r in built.readings for fact in r.facts if isinstance(fact, Relation))
    names = [*map(str, Predicate), "affects", "within"]
    labels = store.labels([KG[name] for name in names], lang=lang)
    derived = {row["name"]: row["count"] for row in store.select(_DERIVED).dicts()}
    rows = tuple((labels[KG[n]], counts.get(n), derived.get(KG[n])) for n in names)
    heads = (say("predicate", lang), say("stated", lang), say("derived", lang))
    return Rows(heads, tuple(row for row in rows if row[1] or row[2]))


_DERIVED = """SELECT ?name (COUNT(*) AS ?count) {
  SELECT DISTINCT ?s ?name ?o { ?i a kg:Inference ; rdf:subject ?s ; rdf:predicate ?name ; rdf:object ?o }
} GROUP BY ?name"""


def _figures(built: Built, store: Store, lang: Lang) -> Rows:
    counts = Counter(fact.level for r in built.readings for fact in r.facts if isinstance(fact, Observation))
    labels = store.labels([f"{VOCABULARY}results/{level}" for level in Level], lang=lang)
    rows = tuple((labels[f"{VOCABULARY}results/{level}"], counts[level]) for level in Level if counts[level])
    return Rows((say("level", lang), say("count", lang)), rows)


def _policies(store: Store, lang: Lang) -> str:
    asked = question("policy-group-overview")
    rows = present(store, asked, answer(store, asked, {}), lang=lang)
    first = Rows(rows.columns, rows.rows[:_SHOWN])
    heading = say("policies", lang, count=len(rows), shown=len(first))
    return f"{heading}\n{render(first, empty=say('no_rows', lang))}"


def _repairs(places: Sequence[Damage], lang: Lang) -> Iterator[str]:
    textless = sum(place.kind == TEXTLESS for place in places)
    repaired = sum(place.repair is not None for place in places)
    counts = {"repaired": repaired, "unrepaired": len(places) - repaired - textless, "textless": textless}
    yield from (say(key, lang, count=count) for key, count in counts.items() if count)


def _findings_line(findings: Sequence[Finding], lang: Lang) -> str:
    counts = Counter(finding.severity for finding in findings)
    return say("findings", lang, violations=counts["violation"], warnings=counts["warning"])


def _files(built: Built, lang: Lang) -> str:
    files = (("file_page", built.page), ("file_turtle", built.turtle), ("file_store", built.store))
    rows = Rows((say("files", lang), ""), tuple((str(path), say(key, lang)) for key, path in files))
    return render(rows)


def _failed(built: Built, lang: Lang) -> str:
    if not built.failed:
        return ""
    return say("failed", lang, count=len(built.failed)) + "\n" + "".join(f"  {e}\n" for e in built.failed)


def _next_steps(built: Built, store: Store, lang: Lang) -> str:
    group, policy = _example(store)
    steps = {
        f'ask "{say("example_question", lang, group=group)}" --evidence': "next_ask",
        "ask": "next_list",
        f"explain {policy} affects {group}": "next_explain",
        f"view --around {group} --depth 2 --open": "next_view",
        "query 'SELECT ?policy WHERE { ?policy kg:targets ?group } LIMIT 5'": "next_query",
    }
    where = "" if built.store == STORE else f" --store {built.store}"
    where += " --lang en" if lang == "en" else ""
    rows = tuple((f"kg {step}{where}", say(key, lang)) for step, key in steps.items() if group or "{" in step)
    return render(Rows((say("next", lang), ""), rows))


def _example(store: Store) -> tuple[str, str]:
    """A group that many policies reach, and a policy that reaches it by inference alone if there is one."""
    found = store.select(_EXAMPLE)
    labels = store.labels([str(iri) for iri in found.rows[0]]) if len(found) else {}
    return (labels[str(found.rows[0][0])], labels[str(found.rows[0][1])]) if labels else ("", "")


_EXAMPLE = """SELECT ?group ?policy {
  { SELECT ?group (COUNT(DISTINCT ?any) AS ?reach) { ?any kg:targets ?group } GROUP BY ?group }
  ?policy kg:affects ?group
  BIND(EXISTS { ?policy kg:targets ?group } AS ?direct)
} ORDER BY ?direct DESC(?reach) ?group ?policy LIMIT 1"""


def _short(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[: _CONTEXT - 1] + "…"


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
    yield _short(said.quote)
    yield f"{said.start}-{said.end}"
    yield said.rule
