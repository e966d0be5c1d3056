"""The manual of commands names every command with every option of it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kg.commands import main

TEXT = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n## kg ")[1:]}
SHARED = set(re.findall(r"--[\w-]+", TEXT.split("\n## ")[0])) - {"--help"}


def options(command: click.Command) -> set[str]:
    return {opt for p in command.params if isinstance(p, click.Option) for opt in p.opts if opt.startswith("--")}


def test_every_command_has_a_section_in_the_order_of_the_help() -> None:
    assert list(SECTIONS) == list(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_told(name: str) -> None:
    told = {word for row in SECTIONS[name].splitlines() for word in re.findall(r"`(--[\w-]+)", row)}
    assert options(main.commands[name]) <= told | SHARED
    assert told <= options(main.commands[name])


@pytest.mark.parametrize("name", main.commands)
def test_the_list_of_commands_shows_each_whole(name: str) -> None:
    short = main.commands[name].get_short_help_str(64)
    assert not short.endswith("...")
