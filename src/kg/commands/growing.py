"""A store that grows and shrinks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from ..namespaces import DEFAULT_BASE
from ..options import PARTS, PATH, STORE, format_option, intake_options, lang_option, place_option, reader_options

if TYPE_CHECKING:
    from ..collection import Change
    from ..llm import ModelReader
    from ..wording import Lang


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--facts", multiple=True, type=PATH, help="Facts that people made (NAME.facts.jsonl beside the article).")
@click.option("--base", help="IRI under which the data of a new store stands.  [default: https://w3id.org/policykg/]")
@click.option("--spark", "master", metavar="MASTER_URL", help="Read on this Spark cluster, e.g. spark://host:7077.")
@click.option("--parts", type=PATH, help="With --spark: folder of parts for bulk load.  [default: build/parts]")
@click.option("--no-store", is_flag=True, help="With --spark: write the parts alone, fill no store.")
@intake_options
@reader_options
@place_option
@lang_option
def add(
    paths: tuple[Path, ...],
    facts: tuple[Path, ...],
    base: str | None,
    master: str | None,
    parts: Path | None,
    no_store: bool,
    workers: int | None,
    report: Path | None,
    model: ModelReader | None,
    store: Path | str,
    lang: Lang,
) -> None:
    """Add articles to the store: PATHS are files or folders.

    What the store holds already is left alone; a file that has changed replaces what it gave before. Errors in files
    are told at the end and stop no other. Killed at any moment, the same command goes on where it stopped.

    With --spark the workers of a cluster read, and write N-Triples and Parquet parts for bulk load.
    """
    from .. import collection

    if master is None and (parts or no_store):
        raise click.UsageError("--parts and --no-store go with --spark.")
    if master and (facts or model):
        raise click.UsageError("--facts and --reader llm do not go with --spark; add them afterwards.")
    if not paths and not facts:
        raise click.UsageError("Name files or folders, or facts that people made with --facts.")
    base = base or DEFAULT_BASE
    if master:
        filled = None if no_store else store
        work = partial(_on_cluster, master, paths, filled, parts=parts or PARTS, base=base, lang=lang)
    else:
        work = partial(collection.add, store, paths, facts=facts, base=base, workers=workers, model=model)
    _change(work, store, report, model, lang=lang, told=not no_store)


@click.command()
@click.argument("articles", nargs=-1, required=True)
@place_option
@lang_option
def remove(articles: tuple[str, ...], store: Path | str, lang: Lang) -> None:
    """Remove articles, with all that no other article says.

    Each is named by its id, the beginning of its id, its file or its title; `kg list` shows them.
    """
    from .. import changes, collection

    click.echo(changes.change_of(collection.remove(store, articles), lang=lang), nl=False)


@click.command()
@click.option("--prune", is_flag=True, help="Remove what files that are gone have given.")
@intake_options
@reader_options
@place_option
@lang_option
def update(
    prune: bool, workers: int | None, report: Path | None, model: ModelReader | None, store: Path | str, lang: Lang
) -> None:
    """Read the files of the store again where they have changed.

    What a language model has read too needs --reader llm again, or the rules alone read what has changed.
    """
    from .. import collection

    work = partial(collection.update, store, prune=prune, workers=workers, model=model)
    _change(work, store, report, model, lang=lang)


@click.command("list")
@place_option
@format_option
@lang_option
def listing(store: Path | str, form: str, lang: Lang) -> None:
    """List the articles of the store.

    Id, title, file, date, main area, who read it, number of facts.
    """
    from .. import changes, collection
    from ..store import open_store

    with open_store(store) as graph:
        click.echo(changes.articles_of(graph, collection.listing(graph), form, lang=lang), nl=False)


def _on_cluster(
    master: str,
    paths: tuple[Path, ...],
    store: Path | str | None,
    *,
    parts: Path,
    base: str,
    lang: Lang,
    on_progress: object,
    on_error: Callable[[InputError], None],
) -> Change:
    """Add files by a cluster, which tells how far it has come by itself, and say what parts it wrote."""
    from .. import spark

    change, written = spark.add(master, paths, store=store, parts=parts, base=base)
    click.echo(spark.parts_of(written, lang=lang), nl=False)
    for error in change.failed:
        on_error(error)
    return change


def _change(
    work: Callable[..., Change],
    store: Path | str,
    report: Path | None,
    model: ModelReader | None,
    *,
    lang: Lang,
    told: bool = True,
) -> None:
    """Change a store, tell how far that has come and what it did, and end with the status of the first error."""
    from .. import changes, reports
    from ..failures import Report, failures_of
    from ..progress import Meter

    place = store if isinstance(store, Path) else STORE
    path = report or place.with_name(f"{place.name}.errors.csv")
    with Report(path, wanted=report is not None) as on_error, Meter(lang) as on_progress:
        change = work(on_progress=on_progress, on_error=on_error)
    if told:
        click.echo(changes.change_of(change, lang=lang), nl=False)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)
    click.echo(failures_of(change.failed, path, lang=lang), nl=False, err=True)
    if change.failed:
        sys.exit(change.failed[0].exit_status)
