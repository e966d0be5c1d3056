"""The public names, and every example of docs/python.md run in order."""

from __future__ import annotations

import re
from pathlib import Path
from types import FunctionType

import pytest

import kg

ROOT = Path(__file__).parents[1]
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def test_the_examples_of_the_manual_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = {"Path": Path, "folder": tmp_path}
    for example in EXAMPLES:
        exec(compile(example, "docs/python.md", "exec"), names)
    assert len(EXAMPLES) >= 6


def test_every_public_name_is_there_and_explained() -> None:
    manual = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in kg.__all__:
        thing = getattr(kg, name)
        assert isinstance(thing, FunctionType | type)
        assert thing.__doc__
        assert f"kg.{name}" in manual


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        kg.no_such_name  # noqa: B018
