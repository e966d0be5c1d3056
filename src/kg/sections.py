"""Several tables shown one after the other, under headings in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .tables import Rows, Value, to_json
from .tables import render as render_rows
from .wording import Lang, say


def render(sections: Mapping[str, Rows], form: str = "table", *, lang: Lang = "zh") -> str:
    """The tables as text: one after the other, or for json one object, for csv one row a value.

    Names of tables and columns are keys of the wordings; what follows a colon in the name of a table is no key, and
    only told. json and csv keep the keys, so that programs need not know the language.
    """
    if form == "json":
        return to_json({name: rows.dicts() for name, rows in sections.items()})
    if form == "csv":
        return render_rows(Rows(("section", "row", "column", "value"), tuple(_long(sections))), "csv")
    parts = []
    for name, rows in sections.items():
        headed = rows.headed({column: say(column, lang) for column in rows.columns})
        heading = ("## {}\n" if form == "md" else "{}").format(_heading(name, lang))
        parts.append(f"{heading}\n{render_rows(headed, form, empty=say('no_rows', lang))}")
    return "\n".join(parts)


def _heading(name: str, lang: Lang) -> str:
    key, colon, rest = name.partition(":")
    return say(key, lang) + (f" · {rest}" if colon else "")


def _long(sections: Mapping[str, Rows]) -> Iterator[tuple[Value, ...]]:
    for name, rows in sections.items():
        for number, row in enumerate(rows.rows, 1):
            yield from ((name, number, column, value) for column, value in zip(rows.columns, row, strict=True))
