"""The README keeps its word: its two commands are one line each, and every `kg` line in it is one the tool accepts."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.commands import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.strip() for block in re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]
LINES = sorted({line for block in BLOCKS for line in block.splitlines() if line.startswith("kg ")})


def test_the_first_two_blocks_are_one_line_each() -> None:
    build, test = BLOCKS[:2]
    assert "\n" not in build
    assert build.endswith("kg build --open")
    assert "\n" not in test
    assert "pytest" in test


def test_they_need_nothing_but_python_with_venv_and_pip() -> None:
    for command in BLOCKS[:2]:
        programs = {shlex.split(part)[0] for part in command.split("&&")}
        assert programs <= {"python3", ".venv/bin/pip", ".venv/bin/kg", ".venv/bin/pytest"}


@pytest.mark.parametrize("line", LINES)
def test_every_kg_line_parses(line: str) -> None:
    words = shlex.split(line.split("  #")[0])[1:]
    command = main.commands[words[0]]
    context = click.Context(main, info_name="kg")
    command.make_context(words[0], words[1:], parent=context)


def test_no_marker_was_left_to_fill_in() -> None:
    assert not re.findall(r"\b[A-Z]+_[A-Z_]+\b", README.replace("KG_LANG", ""))


def test_links_lead_to_files_that_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert project["version"] == __version__ == newest.group(1)
