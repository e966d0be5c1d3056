"""Building a graph anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..namespaces import DEFAULT_BASE
from ..options import PATH, StorePlace, lang_option, reader_options
from .group import show as show_page

if TYPE_CHECKING:
    from ..llm import ModelReader
    from ..wording import Lang


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--facts", multiple=True, type=PATH, help="Facts that people made (NAME.facts.jsonl beside the article).")
@click.option("-o", "--output", type=PATH, default=Path("build"), show_default=True, help="Folder of the results.")
@click.option("--store", type=StorePlace(), help="Store folder, or server.  [default: store in the output folder]")
@click.option("--base", help="IRI under which the data stands.  [default: https://w3id.org/policykg/]")
@click.option("--keep-going", is_flag=True, help="Leave out files that cannot be read, and name them at the end.")
@click.option("--open", "show", is_flag=True, help="Open the graph in the browser.")
@reader_options
@lang_option
def build(
    paths: tuple[Path, ...],
    facts: tuple[Path, ...],
    output: Path,
    store: Path | str | None,
    base: str | None,
    keep_going: bool,
    show: bool,
    model: ModelReader | None,
    lang: Lang,
) -> None:
    """Build the graph of articles, and a page to look at.

    PATHS are files or folders; without any, data/articles is read.

    Fills the store, infers, validates, writes policy.ttl and graph.html, and prints a summary. A build replaces the
    graph that stood in the store; one that fails leaves it as it was.
    """
    from .. import pipeline, summary

    built = pipeline.build(
        paths,
        facts=facts,
        output=output,
        store=store,
        base=base or DEFAULT_BASE,
        on_error=(lambda error: None) if keep_going else None,
        on_progress=_progress(lang),
        model=model,
        lang=lang,
    )
    click.echo(summary.summarise(built, lang=lang), nl=False)
    if show:
        show_page(built.page)
    if built.failed:
        sys.exit(built.failed[0].exit_status)


def _progress(lang: Lang) -> Callable[[int, int, Path], None] | None:
    """Tells on a terminal how far a long reading has come."""
    from ..wording import say

    if not sys.stderr.isatty():
        return None
    return lambda done, total, path: click.echo(
        "\r\033[K" + say("reading", lang, done=done + 1, total=total, path=path.name), nl=done + 1 == total, err=True
    )
