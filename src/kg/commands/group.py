"""The command `kg` itself: one message for an error, and where the browser is opened."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..errors import KgError


class KgGroup(click.Group):
    """Turns a KgError of any command into one message on standard error and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        return list(self.commands)


@click.group(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn Chinese policy texts into a knowledge graph, with the sentence behind every fact.

    Start with `kg build`, then `kg ask`.
    """
    gc.set_threshold(100_000, 50, 50)  # a short process leaves few cycles; looking for them takes a tenth of a build


def show(page: Path) -> None:
    """Open the page in the browser; where there is none, say where it lies."""
    import webbrowser

    try:
        webbrowser.get()
        click.launch(page.resolve().as_uri())
    except webbrowser.Error:
        click.echo(f"no browser here; the page lies at {page}", err=True)
