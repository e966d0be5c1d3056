"""The command line: each command parses, calls one function of the package, prints. No logic lives here.

Results go to standard output, notes to standard error. A KgError becomes one message and its own exit status.
Heavy libraries are imported by the functions that the commands call, so `kg --help` starts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from . import __version__
from .errors import KgError

Command = TypeVar("Command", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)


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


def store_option(command: Command) -> Command:
    return click.option("--store", type=PATH, default=Path("build/store"), show_default=True, help="Store folder.")(
        command
    )


def lang_option(command: Command) -> Command:
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        show_default=True,
        envvar="KG_LANG",
        show_envvar=True,
        help="Language of headings and labels.",
    )(command)


def format_option(command: Command) -> Command:
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json", "md"]),
        default="table",
        show_default=True,
        help="Form of the result.",
    )(command)


@click.group(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn Chinese policy texts into a knowledge graph, with the sentence behind every fact.

    Start with `kg build`, then `kg ask`.
    """


if __name__ == "__main__":
    main()
