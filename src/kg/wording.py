"""What the program says to people, in Chinese and English: the table `ontology/lexicon/interface.tsv`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from .lexicon import table
from .namespaces import RDFS, SKOS
from .resources import knowledge_triples

Lang = Literal["zh", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")


def say(key: str, lang: Lang, **values: object) -> str:
    """The wording of that key, with its names filled in.

    >>> say("no_rows", "en")
    'No rows.'
    """
    return _wordings()[key][lang].format(**values)


_LANDMARKS: Final = {
    "page": "at_page",
    "paragraph": "at_paragraph",
    "row": "at_row",
    "line": "at_line",
    "item": "at_item",
}
"""The wordings of the places of a file, by their kind."""


def say_landmark(landmark: str | None, lang: Lang) -> str:
    """A place of a file in words; nothing for none.

    >>> say_landmark("page 3", "zh"), say_landmark(None, "zh")
    ('第3页', '')
    """
    kind, _, number = (landmark or "").partition(" ")
    return say(_LANDMARKS[kind], lang, number=number) if kind else ""


def say_duration(length: str, lang: Lang) -> str:
    """A length of time in ISO 8601 in words; another than of years or months as it is.

    >>> say_duration("P5Y", "zh"), say_duration("P18M", "en"), say_duration("P1Y", "en")
    ('5年', '18 months', '1 year')
    """
    hit = re.fullmatch(r"P(\d+)([YM])", length)
    if hit is None:
        return length
    key = _LENGTHS[hit[2]][hit[1] != "1"]
    return say(key, lang, number=hit[1])


_LENGTHS: Final = {"Y": ("a_year", "years"), "M": ("a_month", "months")}
"""The wordings of one and of several years and months."""


def say_term(iri: str, lang: Lang) -> str:
    """A class, property or role of the ontology by its label.

    >>> say_term("https://w3id.org/policykg/ns#locatedIn", "en")
    'located in'
    """
    return term_labels()[iri][lang]


@cache
def term_labels() -> dict[str, dict[str, str]]:
    """The labels of every class, property and role of the ontology by language, by IRI."""
    from pyoxigraph import Literal, NamedNode

    labels: dict[str, dict[str, str]] = {}
    for triple in (*knowledge_triples("kg.ttl"), *knowledge_triples("vocab/role.ttl")):
        subject, label = triple.subject, triple.object
        is_label = triple.predicate.value in (RDFS.label, SKOS.prefLabel)
        if is_label and isinstance(subject, NamedNode) and isinstance(label, Literal):
            labels.setdefault(subject.value, {})[label.language or "en"] = label.value
    return labels


@cache
def _wordings() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("interface")}
