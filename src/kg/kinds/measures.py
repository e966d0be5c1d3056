"""Kinds of measures: the instrument and form of a mechanism, the genre of a document."""

from __future__ import annotations

from functools import cache

from ..lexicon import Matcher, table
from ..text import widen
from .endings import concept, concept_by_ending, without_remarks


def instruments(mechanism: str) -> tuple[str, ...]:
    """The instrument types of a mechanism; empty where no word of the table stands in its name.

    The word that ends last decides, since the head noun is last: 创业担保贷款 is credit. A word of class `weak`
    (行动, 计划) decides only where no other stands.

    >>> instruments("创业担保贷款")
    ('https://w3id.org/policykg/vocab/instrument/credit',)
    """
    hits = list(_keywords().find(widen(mechanism)))
    telling = [hit for hit in hits if hit.row["class"] != "weak"] or hits
    return tuple(concept("instrument", name) for name in telling[-1].row["concept"].split()) if telling else ()


def form(mechanism: str) -> str:
    """The form of a mechanism by the end of its name; a plain measure where no ending is known."""
    return concept_by_ending("form", mechanism) or concept("form", "measure")


def genre(document: str) -> str | None:
    """The genre of a document by the end of its title, remarks left aside.

    >>> genre("基层党建工作考核评价和问责办法（试行）")
    'https://w3id.org/policykg/vocab/genre/measures'
    """
    return concept_by_ending("genre", without_remarks(document))


@cache
def _keywords() -> Matcher:
    return Matcher(table("kinds_instrument"))
