"""How a ready-made question is put to an engine: quickly where a value narrows it, and where it looks at everything.

The text of a question is plain SPARQL that asks as openly as it may be asked. Four things in it have a meaning here:

- `$name` stands where the value of a parameter goes, by its variable, also in parts that the engine answers by
  themselves.
- A line `# with name: …` counts where that one has a value. For everybody else it is a comment.
- `{ SELECT * { … } }` is found by itself and then joined by hash, several times faster for the whole graph than to look
  up one thing after another. Where a parameter that may be left out has a value it is a plain group, so that the engine
  goes from the value to the few things around it.
- ORDER BY at the end is done here: the engine reads the names from disk again for every comparison.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_ORDER: Final = re.compile(r"\bORDER BY((?:\s+(?:\?\w+|(?:ASC|DESC)\(\?\w+\)))+)\s*\Z")
_BY: Final = re.compile(r"(DESC\()?\?(\w+)")
_LINE: Final = re.compile(r"# with (\w+): ")
_VALUE: Final = re.compile(r"\$(\w+)")
_APART: Final = "SELECT * "


def sorting(text: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The text without its last ORDER BY, and the columns named there, each with whether it descends.

    >>> sorting("SELECT ?x ?n { ?x kg:value ?n } ORDER BY DESC(?n) ?x")
    ('SELECT ?x ?n { ?x kg:value ?n } ', (('n', True), ('x', False)))
    """
    found = _ORDER.search(text)
    if found is None:
        return text, ()
    return text[: found.start()], tuple((by.group(2), bool(by.group(1))) for by in _BY.finditer(found.group(1)))


def filled(text: str, terms: Mapping[str, str], *, narrowed: bool) -> str:
    """The text with terms for its `$names`, and with its lines for these; other `$names` stay variables.

    `narrowed` tells that a parameter has a value which may be left out.

    >>> filled("{ SELECT * { ?m kg:in $p } }", {"p": "<urn:a>"}, narrowed=True)
    '{ { ?m kg:in <urn:a> } }'
    """
    text = _LINE.sub(lambda line: "" if line.group(1) in terms else line.group(), text)
    if narrowed:
        text = text.replace(_APART, "")
    return _VALUE.sub(lambda name: terms.get(name.group(1), name.group()), text)


def conditions(text: str) -> frozenset[str]:
    """The names whose values the lines of the text wait for."""
    return frozenset(_LINE.findall(text))


def mentions(text: str, variable: str) -> bool:
    """Whether the variable stands in the text as `?variable`, so that it can be bound from outside."""
    return re.search(rf"\?{variable}\b", text) is not None
