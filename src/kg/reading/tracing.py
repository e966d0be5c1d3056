"""A text that remembers where each of its characters stood in the raw file, through every edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..model import Alignment

Edit = tuple[int, int, str]
"""Replace the characters from the first offset up to the second by the text."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text with the raw offset of every character, which never falls from left to right."""

    text: str
    origin: Sequence[int]

    @classmethod
    def of(cls, raw: str) -> Traced:
        """The raw text itself."""
        return cls(raw, range(len(raw)))

    @classmethod
    def joined(cls, parts: Iterable[Traced], mark: str) -> Traced:
        """Texts that follow each other, with `mark` between them, which takes the place of the character before it."""
        pieces: list[str] = []
        origin: list[int] = []
        for part in parts:
            if origin:
                pieces.append(mark)
                origin += [origin[-1]] * len(mark)
            pieces.append(part.text)
            origin += part.origin
        return cls("".join(pieces), origin)

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """The text after edits that stand in order and do not overlap.

        New characters take the places of the old ones one by one; those beyond them the place of the last.
        """
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            origin += self.origin[done:start]
            origin += (self._place(min(start + i, max(start, end - 1))) for i in range(len(new)))
            done = end
        if not done:
            return self if not pieces else Traced("".join(pieces) + self.text, [*origin, *self.origin])
        return Traced("".join(pieces) + self.text[done:], [*origin, *self.origin[done:]])

    def replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Traced:
        """The text with every hit of the pattern replaced by what `new` makes of it."""
        return self.edited((hit.start(), hit.end(), new(hit)) for hit in pattern.finditer(self.text))

    def cut(self, start: int, end: int) -> Traced:
        """The run from `start` to `end`."""
        return Traced(self.text[start:end], self.origin[start:end])

    def stripped(self) -> Traced:
        """The text without the blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def alignment(self) -> Alignment:
        """The runs in which clean and raw offsets advance together."""
        breaks = [i for i, raw in enumerate(self.origin) if i == 0 or raw != self.origin[i - 1] + 1]
        return Alignment(tuple(breaks), tuple(self.origin[i] for i in breaks)) if breaks else Alignment()

    def _place(self, offset: int) -> int:
        if offset < len(self.origin):
            return self.origin[offset]
        return self.origin[-1] + 1 if self.origin else 0
