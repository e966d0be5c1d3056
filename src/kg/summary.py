"""What people read after a build: what went in, what came out, what was not understood, what to try next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .facts import said
from .model import Entity, EntityType, Level, Observation, Predicate, Reading, Relation
from .namespaces import KG, VOCABULARY
from .omissions import gaps
from .omissions.report import coverage_line
from .pipeline import STORE, Built
from .questions import answer, present, question
from .reports import account_of, damage_of, section, short, unread_of
from .store import Store, open_store
from .tables import Rows, render
from .validation import Finding
from .wording import Lang, say

_SHOWN = 8


def summarise(built: Built, *, lang: Lang) -> str:
    """The summary of a build: what went in, what came out, what was not understood, what to try next."""
    built = replace(built, readings=tuple(_together(built.readings)))
    with open_store(built.store) as store:
        parts = [
            _headline(built, lang),
            section("articles", _articles(built, lang), lang),
            section("entities", _entities(built, store, lang), lang),
            section("relations", _relations(built, store, lang), lang),
            section("figures", _figures(built, store, lang), lang),
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


def _articles(built: Built, lang: Lang) -> Rows:
    heads = tuple(say(key, lang) for key in ("article", "area", "date", "facts"))
    rows = tuple((short(r.article.title), r.article.place, r.article.date, len(r.facts)) for r in built.readings)
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
