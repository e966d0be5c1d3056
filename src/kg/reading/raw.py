"""What a loader gives: the text of one article and how to find it again in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from ..errors import InputError
from ..model import Landmark
from .tracing import Traced


@dataclass(frozen=True, slots=True)
class Raw:
    """One article of a file, before it is cleaned.

    `text` leads back to `source`, the text of the file as it was decoded; `landmarks` say which page, paragraph or row
    of the file begins where in it, `textless` which pages show something but no text. `said` is metadata that the file
    gives beside the text, `hints` holds only where the text says nothing. `part` and `key` are the place and the
    identity of one article among several of a file.
    """

    text: Traced
    source: str
    said: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)
    landmarks: tuple[Landmark, ...] = ()
    textless: tuple[Landmark, ...] = ()
    part: str = ""
    key: bytes = b""


Fields = Mapping[str, tuple[str, ...]]
"""The columns, or keys, that hold each field of an article: `{"text": ("内容", "标准"), "date": ("日期",)}`."""

Loader = Callable[[bytes, str, Fields], Iterable[Raw | InputError]]
"""From the bytes and the path of a file to its articles; what is wrong with one of several comes in its place."""


def library(module: str, package: str, *, path: str) -> ModuleType:
    """A library that only some formats need; raises InputError with the command that installs it."""
    try:
        return import_module(module)
    except ImportError:
        hint = f"Install it: python -m pip install {package}"
        raise InputError(f"such a file is read with {package}, which is missing.", path=path, hint=hint) from None


@contextmanager
def refusing(problem: str, *, path: str, hint: str) -> Iterator[None]:
    """Turns whatever a library raises over a broken file into an InputError: what that is, no library promises."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{problem} ({type(error).__name__}).", path=path, hint=hint) from error
