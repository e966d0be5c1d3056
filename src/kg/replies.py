"""What `kg ask` and `kg query` say: the questions, their help, how a text was understood, the answer, its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import QueryError
from .evidence import source
from .names import lookup, names, short
from .questions import Parameter, Question, answer, is_question, present, question, questions, quotes
from .store import Store
from .tables import Iri, Rows, render, to_json
from .wording import Lang, say

if TYPE_CHECKING:
    from .matching import Match


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with IRIs for its parameters; `note` tells how free wording was understood."""

    question: Question
    values: Mapping[str, str]
    note: str = ""


def listing(form: str, *, lang: Lang) -> str:
    """All ready-made questions: name, title, parameters (those in brackets may be left out)."""
    rows = tuple((q.name, q.title[lang], ", ".join(map(_option, q.parameters))) for q in questions().values())
    return render(Rows((say("question", lang), say("title", lang), say("needs", lang)), rows), form)


def manual(name: str, *, lang: Lang) -> str:
    """What a question tells, what it takes, and in which words it may be put; raises UnknownName for none of ours."""
    asked = question(name)
    wordings = [text for text in asked.wordings if text.isascii() == (lang == "en")]
    options = [f"--{p.name} {'|'.join(p.types)}" for p in asked.parameters]
    usage = (text if p.required else f"[{text}]" for text, p in zip(options, asked.parameters, strict=True))
    lines = (asked.title[lang], asked.about[lang], "", " ".join(["kg ask", name, *usage]))
    return "".join(f"{line}\n" for line in (*lines, *(f'kg ask "{wording}"' for wording in wordings)))


def understand(store: Store, text: str, arguments: Sequence[str], *, lang: Lang) -> Asked:
    """The question that a name with `--parameter value` arguments, or free wording, asks.

    Raises UnknownName for a question, parameter or name that is not known, QueryError where a parameter is missing.
    """
    if is_question(text) or arguments or (text.isascii() and " " not in text.strip()):
        asked = question(text)
        return Asked(asked, _values(store, asked, dict(_pairs(asked, arguments))))
    from .matching import match

    found = match(text, names(store), lang=lang)
    values = {name: named.iri for name, named in found.values.items()}
    _complain_of(found.question, values)
    return Asked(found.question, values, _note(found, lang))


def _note(found: Match, lang: Lang) -> str:
    given = (f"--{name} {named.label}" for name, named in found.values.items())
    title = f"{found.question.title[lang]} ({' '.join([found.question.name, *given])})"
    unused = say("unused", lang, names="、".join(found.unused)) if found.unused else ""
    return say("matched", lang, title=title) + unused


def ask(store: Store, text: str, *, lang: Lang = "zh", **parameters: str) -> Rows:
    """The answer to a ready-made question, by its name and parameters or in free wording, as people see it.

    Raises UnknownName for a question or a name that is not known, QueryError where a parameter is missing.
    """
    asked = understand(store, text, [f"--{name}={value}" for name, value in parameters.items()], lang=lang)
    return present(store, asked.question, answer(store, asked.question, asked.values), lang=lang)


def reply(store: Store, asked: Asked, form: str, *, lang: Lang, evidence: bool = False) -> str:
    """The answer as text; with `evidence`, the sentences that each row rests on: below a table, else with each row."""
    rows = answer(store, asked.question, asked.values)
    shown = present(store, asked.question, rows, lang=lang)
    if not evidence or not len(rows):
        return render(shown, form, empty=say("no_rows", lang))
    receipts = [quotes(store, asked.question, asked.values, row) for row in rows.dicts()]
    if form == "json":
        records = [row | {"evidence": list(found)} for row, found in zip(shown.dicts(), receipts, strict=True)]
        return to_json(records)
    lines = [[f"“{quote['quote']}” ({source(quote, lang)})" for quote in found] for found in receipts]
    if form != "table":
        cells = tuple((*row, " ".join(found)) for row, found in zip(shown.rows, lines, strict=True))
        return render(Rows((*shown.columns, say("evidence", lang)), cells), form)
    numbered = Rows(("#", *shown.columns), tuple((i, *row) for i, row in enumerate(shown.rows, 1)))
    return render(numbered) + "\n" + "".join(_numbered(lines))


def run(store: Store, text: str, form: str, *, lang: Lang, seconds: float) -> str:
    """The answer to a free query: rows with nodes by short names, yes or no, or triples as Turtle."""
    from .sparql import query

    result = query(store, text, seconds=seconds)
    if isinstance(result, bool):
        return f"{str(result).lower()}\n"
    if isinstance(result, tuple):
        from .exports import from_triples

        return from_triples(((str(t.subject), str(t.predicate), str(t.object)) for t in result), store.prefixes)
    shown = tuple(tuple(short(store, v) if isinstance(v, Iri) else v for v in row) for row in result.rows)
    return render(Rows(result.columns, shown), form, empty=say("no_rows", lang))


def _numbered(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    for number, found in enumerate(lines, 1):
        for line in found:
            yield f"[{number}] {line}\n"


def _option(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


def _pairs(asked: Question, arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    known = ", ".join(map(_option, asked.parameters)) or "none"
    rest = iter(arguments)
    for argument in rest:
        name, given, value = argument.removeprefix("--").partition("=")
        value = value if given else next(rest, "")
        if not argument.startswith("--") or name not in {p.name for p in asked.parameters} or not value:
            raise QueryError(f"the question {asked.name} does not take {argument!r}; its parameters: {known}")
        yield name, value


def _values(store: Store, asked: Question, given: Mapping[str, str]) -> dict[str, str]:
    _complain_of(asked, given)
    types = {p.name: p.types for p in asked.parameters}
    return {name: lookup(store, value, types=types[name]).iri for name, value in given.items()}


def _complain_of(asked: Question, given: Mapping[str, str]) -> None:
    """Raise QueryError where a parameter is missing."""
    missing = asked.missing(given)
    if missing:
        options = " ".join(f"--{p.name} …" for p in missing)
        raise QueryError(f"the question {asked.name} also needs {options}")
