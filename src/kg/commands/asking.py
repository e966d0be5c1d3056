"""Asking, searching, and why the graph says what it says."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from ..options import format_option, lang_option, place_option

if TYPE_CHECKING:
    from ..wording import Lang


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
@click.argument("question", required=False)
@click.option("--evidence", is_flag=True, help="Show the sentences that each row rests on.")
@click.option("-h", "--help", "explained", is_flag=True, help="Show this, or what the question tells and takes.")
@place_option
@format_option
@lang_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    evidence: bool,
    explained: bool,
    store: Path | str,
    form: str,
    lang: Lang,
) -> None:
    """Ask a ready-made question by its name, or in free wording.

    \b
    kg ask                                     lists all questions
    kg ask policies-for-group --help           what one tells, takes and costs
    kg ask policies-for-group --group 驻村干部   asks one by its name
    kg ask "哪些政策影响驻村干部？"               finds the question itself
    """
    from .. import replies
    from ..store import open_store

    if explained:
        click.echo(replies.manual(question, lang=lang) if question else f"{ctx.get_help()}\n", nl=False)
        return
    if question is None:
        click.echo(replies.listing(form, lang=lang), nl=False)
        return
    with open_store(store) as graph:
        asked = replies.understand(graph, question, ctx.args, lang=lang)
        if asked.note:
            click.echo(asked.note, err=True)
        click.echo(replies.reply(graph, asked, form, lang=lang, evidence=evidence), nl=False)


@click.command()
@click.argument("sparql", required=False)
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="Time limit.")
@place_option
@format_option
@lang_option
def query(sparql: str | None, seconds: float, store: Path | str, form: str, lang: Lang) -> None:
    """Run a SPARQL query.

    SPARQL is the text itself, a .rq file, or - for standard input. SELECT, ASK, CONSTRUCT and DESCRIBE; read-only.
    The usual prefixes (kg, rdfs, skos, prov, mech, group, doc …) need no declaration.
    """
    from .. import replies
    from ..store import open_store

    text = _text(sparql)
    with open_store(store) as graph:
        click.echo(replies.run(graph, text, form, lang=lang, seconds=seconds), nl=False)


@click.command()
@click.argument("text")
@click.option("--type", "types", multiple=True, help="Only things of this type, e.g. Mechanism.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows at most.")
@place_option
@format_option
@lang_option
def search(text: str, types: tuple[str, ...], limit: int, store: Path | str, form: str, lang: Lang) -> None:
    """Find things by a part of a name, by pinyin or by a quote.

    Names, aliases and quotes, Traditional or Simplified; pinyin and initials. The best come first.

    \b
    kg search 村干部
    kg search dyxw                             finds 定远县委
    """
    from ..finding import found
    from ..store import open_store

    with open_store(store) as graph:
        rows = found(graph, text, form, types=types, limit=limit, lang=lang, on_progress=_indexing(lang))
    click.echo(rows, nl=False)


@click.command()
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@place_option
@lang_option
def explain(subject: str, predicate: str | None, object: str | None, store: Path | str, lang: Lang) -> None:
    """Show why something stands in the graph.

    Rules and quotes, with their place in the file, behind SUBJECT [PREDICATE OBJECT].

    \b
    kg explain 驻村干部
    kg explain 驻村干部人身意外保险 affects 驻村干部
    """
    from ..explanation import explain as explain_fact
    from ..explanation import render
    from ..store import open_store

    with open_store(store) as graph:
        click.echo(render(explain_fact(graph, subject, predicate, object), lang=lang), nl=False)


def _text(argument: str | None) -> str:
    """The query itself, of a file (.rq, .sparql), or of standard input (- or nothing)."""
    if argument is None or argument == "-":
        return sys.stdin.read()
    if Path(argument).suffix not in (".rq", ".sparql") or "\n" in argument:
        return argument
    try:
        return Path(argument).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the query cannot be read ({error}).", path=argument, hint="Check the path.") from error


def _indexing(lang: Lang) -> Callable[[float], None] | None:
    """Tells on a terminal how far an index has come that takes more than a second; the line goes when it is done."""
    from ..wording import say

    if not sys.stderr.isatty():
        return None
    shown, begun = -1, time.monotonic()

    def tell(part: float) -> None:
        nonlocal shown
        percent = int(part * 100)
        if percent != shown and time.monotonic() > begun + 1:
            shown = percent
            click.echo("\r\033[K" + (say("indexing", lang, percent=percent) if part < 1 else ""), nl=False, err=True)

    return tell
