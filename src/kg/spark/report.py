"""What people read of the parts that a cluster has written."""

from __future__ import annotations

from ..wording import Lang, say
from .parts import FACTS, TRIPLES, Parts


def parts_of(parts: Parts | None, *, lang: Lang) -> str:
    """What was written where, and what to do with it; nothing where there was nothing to read."""
    if parts is None:
        return ""
    triples, facts = parts.folder / TRIPLES, parts.folder / FACTS
    lines = (
        say("parts_read", lang, files=parts.files, articles=parts.articles),
        say("parts_triples", lang, count=parts.triples, path=triples),
        say("parts_facts", lang, count=parts.facts, path=facts),
        say("parts_next", lang, path=triples),
    )
    return "".join(f"{line}\n" for line in lines)
