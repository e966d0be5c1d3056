"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

Command = TypeVar("Command", bound=Callable[..., Any])
PATH: Final = click.Path(path_type=Path)
STORE: Final = Path("build/store")
"""Where the store is, unless told otherwise."""
PARTS: Final = Path("build/parts")
"""Where a cluster writes its parts."""
_LLM: Final = ("url", "model", "key_file", "answers", "seconds")


class StorePlace(click.ParamType["Path | str"]):
    """The folder of a store, or the http(s) address of a SPARQL server, as a text."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        return str(value) if str(value).startswith(("http://", "https://")) else Path(value)


def place_option(command: Command) -> Command:
    """Which store to read or to write."""
    return click.option(
        "--store",
        type=StorePlace(),
        default=STORE,
        show_default=True,
        help="Store folder, or http(s) address of a SPARQL server.",
    )(command)


def lang_option(command: Command) -> Command:
    """Which language people read."""
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
    """In which form a table comes."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json", "md"]),
        default="table",
        show_default=True,
        help="Form of the result.",
    )(command)


def intake_options(command: Command) -> Command:
    """How files are read into a store."""
    options = (
        click.option("--workers", type=click.IntRange(1),
                     help="Processes that read.  [default: one for each core, one alone for little]"),
        click.option("--report", type=PATH,
                     help="File for what could not be read, .csv or .jsonl.  [default: STORE.errors.csv]"),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def reader_options(command: Command) -> Command:
    """The options of a language model that reads beside the rules; they arrive as one `model`, or None."""
    options = (
        click.option("--reader", type=click.Choice(["rules", "llm"]), default="rules", show_default=True,
                     help="llm: a language model reads too; only what can be checked in the text is taken."),
        click.option("--llm-url", envvar="KG_LLM_URL", show_envvar=True, help="Address, e.g. http://localhost:11434/v1."),
        click.option("--llm-model", envvar="KG_LLM_MODEL", show_envvar=True, help="Name of the model."),
        click.option("--llm-key-file", type=PATH, envvar="KG_LLM_KEY_FILE", show_envvar=True,
                     help="File with the key."),
        click.option("--llm-answers", type=PATH, default=Path("answers"), show_default=True,
                     help="Folder of kept answers, so that reading again asks nobody."),
        click.option("--llm-seconds", type=click.FloatRange(0, min_open=True), default=120.0, show_default=True,
                     help="How long one answer may take."),
    )  # fmt: skip

    @wraps(command)
    def with_model(**given: Any) -> Any:
        from . import pipeline

        wanted = given.pop("reader") == "llm"
        url, name, key_file, answers, seconds = (given.pop(f"llm_{key}") for key in _LLM)
        reader = (
            pipeline.model_reader(url, name, key_file=key_file, answers=answers, seconds=seconds) if wanted else None
        )
        return command(**given, model=reader)

    for option in reversed(options):
        with_model = option(with_model)
    return cast(Command, with_model)
