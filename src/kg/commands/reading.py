"""What is read in files, and how well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..options import PATH, format_option, lang_option, place_option, reader_options

if TYPE_CHECKING:
    from ..llm import ModelReader
    from ..wording import Lang


@click.command()
@click.argument("file", type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default="table",
    show_default=True,
    help="Form of the facts.",
)
@reader_options
@lang_option
def extract(file: Path, form: str, model: ModelReader | None, lang: Lang) -> None:
    """Print the facts that are read in one file.

    jsonl is one fact a line, with quote, offsets in the clean text, rule and confidence.
    """
    from .. import pipeline, reports

    read = tuple(pipeline.read_all(file))
    readings = [r for reading in read for r in (pipeline.read_with(model, reading) if model else (reading,))]
    click.echo(reports.facts_of(readings, form, lang=lang), nl=False)
    click.echo(reports.damage_of([reading.article for reading in read], lang=lang), nl=False, err=True)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--all", "whole", is_flag=True, help="All texts of the store, with the facts that it holds.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Lines shown of each table.")
@click.option("--every-number", is_flag=True, help="List the numbers that are no figures (of dates, titles …), too.")
@place_option
@format_option
@lang_option
def gaps(
    paths: tuple[Path, ...], whole: bool, limit: int, every_number: bool, store: Path | str, form: str, lang: Lang
) -> None:
    """Show what was left out of files, or of the graph.

    Ranks the sentences that speak of policy and gave no fact, and lists the figures that were not understood.
    """
    from .. import omissions, pipeline
    from ..omissions.report import render
    from ..store import open_store

    if whole == bool(paths):
        raise click.UsageError("Name files or folders, or give --all for the texts of the store.")
    if whole:
        with open_store(store) as graph:
            found = tuple(omissions.gaps_of_store(graph))
    else:
        readings = (reading for path in pipeline.article_files(paths) for reading in pipeline.read_all(path))
        found = tuple(map(omissions.gaps, readings))
    click.echo(render(found, form, lang=lang, limit=limit, every=every_number), nl=False)


@click.command()
@click.argument("gold", type=PATH)
@click.argument("system", type=PATH, required=False)
@click.option("--given", type=click.Choice(["entities"]), help="Judge the relation rules alone, on the right entities.")
@click.option("--errors", type=click.IntRange(0), default=1, show_default=True, help="Errors shown of each sort.")
@click.option("--calibration", is_flag=True, help="Show how often facts of each confidence are right.")
@reader_options
@format_option
@lang_option
def evaluate(
    gold: Path,
    system: Path | None,
    given: Literal["entities"] | None,
    errors: int,
    calibration: bool,
    model: ModelReader | None,
    form: str,
    lang: Lang,
) -> None:
    """Score what is read against what people read.

    GOLD and SYSTEM are NAME.facts.jsonl files, or folders of them. Without SYSTEM, the rules read the texts NAME.txt
    beside the gold. The table gives precision, recall and F1 by type; a near-miss is a missed and an extra fact that
    differ in one part.
    """
    from .. import evaluation, reports
    from ..evaluation.report import render
    from ..wording import say

    found = evaluation.evaluate(gold, system, given=given, model=model)
    click.echo(render(found, form, lang=lang, errors=errors, calibrated=calibration), nl=False)
    if found.absent:
        click.echo(say("absent", lang, count=len(found.absent), names=" ".join(found.absent)), err=True)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)
