"""Drawing and writing the graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import PATH, lang_option, place_option
from .group import show as show_page

if TYPE_CHECKING:
    from ..wording import Lang


@click.command()
@click.option("-o", "--output", type=PATH, default=Path("build/graph.html"), show_default=True, help="Page to write.")
@click.option("--around", help="Only the surroundings of one node, by its name.")
@click.option("--depth", type=click.IntRange(0, 10), default=1, show_default=True, help="How far around, in steps.")
@click.option("--type", "types", multiple=True, help="Only nodes of this type, e.g. Mechanism.")
@click.option("--place", help="Only what applies or lies in this place, or in a place within it.")
@click.option(
    "--question", multiple=True, help="Only what a question answers: its name, 'NAME --group X', or free words."
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@place_option
@lang_option
def view(
    output: Path,
    around: str | None,
    depth: int,
    types: tuple[str, ...],
    place: str | None,
    question: tuple[str, ...],
    show: bool,
    store: Path | str,
    lang: Lang,
) -> None:
    """Draw the graph, or a part of it, as one HTML page.

    The page is interactive and needs no network.
    """
    from .. import drawing
    from ..store import open_store
    from ..wording import say

    with open_store(store) as graph:
        count = drawing.draw(
            graph, output, around=around, depth=depth, types=types, place=place, wordings=question, lang=lang
        )
    click.echo(say("drawn" if count else "drawn_nothing", lang, count=count, path=output), err=True)
    if show:
        show_page(output)


@click.command()
@click.option("-o", "--output", required=True, help="File to write, or - for standard output.")
@click.option("--format", "suffix", help="Format on standard output, by its suffix.  [default: .ttl]")
@click.option(
    "--unsorted", is_flag=True, help="Any order, for big graphs: faster, in little memory (.ttl .nt .jsonld .rdf)."
)
@place_option
@lang_option
def export(output: str, suffix: str | None, unsorted: bool, store: Path | str, lang: Lang) -> None:
    """Write the whole graph in the format of the file's suffix.

    .ttl .trig .nt .nq .jsonld .rdf .graphml .gexf .csv (a folder of tables) .csv.zip .parquet (a folder of facts)
    """
    from .. import exports
    from ..store import open_store
    from ..wording import say

    with open_store(store) as graph:
        if output == "-":
            exports.write(graph, suffix or ".ttl", sys.stdout.buffer, ordered=not unsorted)
            return
        exports.export(graph, Path(output), ordered=not unsorted)
    click.echo(say("written", lang, path=output), err=True)
