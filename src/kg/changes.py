"""What people read of a change to a store, and of what it holds."""

from __future__ import annotations

from .collection import Change
from .store import Store
from .tables import Iri, Rows, render
from .wording import Lang, say


def change_of(change: Change, *, lang: Lang) -> str:
    """What a change did to a store, in one line for each part that is not empty."""
    parts = {
        "added": len(change.added),
        "replaced": len(change.replaced),
        "kept": len(change.kept),
        "removed": len(change.removed),
        "not_read": len(change.failed),
    }
    lines = [say(key, lang, count=count) for key, count in parts.items() if count]
    return "".join(f"{line}\n" for line in lines or [say("nothing_changed", lang)])


def articles_of(store: Store, rows: Rows, form: str, *, lang: Lang) -> str:
    """The articles of a store as a table, with short ids and areas by their names."""
    heads = tuple(say(key, lang) for key in ("id", "article", "file", "date", "area", "readers", "facts"))
    labels = store.labels({row[4] for row in rows.rows if isinstance(row[4], Iri)}, lang=lang)
    short = ((str(article).rsplit("/", 1)[-1], *rest) for article, *rest in rows.rows)
    return render(Rows(heads, tuple(short)).labelled(labels), form, empty=say("no_articles", lang))
