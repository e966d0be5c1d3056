"""What validation says of one node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..tables import Iri, Value, plain

VIOLATION, WARNING, INFO = "violation", "warning", "info"

_RANK: Final = {VIOLATION: 0, WARNING: 1, INFO: 2}
_SLOT: Final = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, or something to look at: the node, where it shows (path and value), and what it breaks.

    `severity` is violation, warning or info; `shape` and `component` name the shape and the kind of constraint;
    `details` holds the other values that the messages mention.
    """

    severity: str
    shape: str
    component: str
    focus: Iri
    messages: Mapping[str, str]
    path: str | None = None
    value: Value = None
    details: Mapping[str, Value] | None = None

    def message(self, lang: str = "zh") -> str:
        """What is wrong, in words; in the other language where a shape has none in this one."""
        template = self.messages.get(lang) or next(iter(self.messages.values()), self.component)
        known = {"value": self.value, "path": self.path, "this": self.focus, **(self.details or {})}
        return _SLOT.sub(lambda slot: plain(known.get(slot[1])), template)

    def place(self) -> tuple[int, str, str, str, str, str, str]:
        """Where it stands in a list of findings."""
        rank, value = _RANK[self.severity], plain(self.value)
        return rank, self.shape, self.component, self.focus, self.path or "", value, self.message()
