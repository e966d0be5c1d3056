"""Addresses of things: pure functions from names to IRIs, so that two runs, or two people, mint the same one.

An entity's IRI is readable: kind, the place that makes the name unique, and the name itself in Chinese, cleaned to
letters and digits. A fact's IRI is a hash of what it says. Clock, order and chance play no part.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from hashlib import sha256
from typing import Final

from .model import EntityType
from .namespaces import DEFAULT_BASE

_FOLDERS: Final = {
    EntityType.DOCUMENT: "doc",
    EntityType.ORGANISATION: "org",
    EntityType.PLACE: "place",
    EntityType.PERSON: "person",
    EntityType.GROUP: "group",
    EntityType.MECHANISM: "mech",
    EntityType.OUTCOME: "outcome",
}
_LONGEST: Final = 80


def clean_name(name: str) -> str:
    """The name as it stands in an IRI: NFKC, case folded, letters and digits only, at most 89 characters.

    A longer name is cut and told apart by a hash; so is one that has no letter or digit at all.

    >>> clean_name("中国共产党农村基层党组织工作条例（试行）")
    '中国共产党农村基层党组织工作条例试行'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(filter(str.isalnum, folded))
    if kept and len(kept) <= _LONGEST:
        return kept
    return f"{kept[:_LONGEST]}~{digest(kept or name)[:8]}"


def digest(*parts: str) -> str:
    """16 hex digits for a sequence of texts; each part goes in with its length, so ("ab", "c") is not ("a", "bc")."""
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def mint_entity(type: EntityType, name: str, *, scope: str | None = None, base: str = DEFAULT_BASE) -> str:
    """The IRI of a named thing; `scope` is the place (or article) within which the name is unique.

    Groups are never scoped. A name that begins with its scope does not repeat it.

    >>> mint_entity(EntityType.MECHANISM, "百企帮百村行动", scope="定远县")
    'https://w3id.org/policykg/mech/定远县_百企帮百村行动'
    >>> mint_entity(EntityType.ORGANISATION, "定远县委", scope="定远县")
    'https://w3id.org/policykg/org/定远县委'
    """
    local = clean_name(name)
    if scope and type is not EntityType.GROUP and not local.startswith(clean_name(scope)):
        local = f"{clean_name(scope)}_{local}"
    return f"{base}{_FOLDERS[type]}/{local}"


def mint_indicator(name: str, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of what a figure counts or measures."""
    return f"{base}indicator/{clean_name(name)}"


def mint_article(id: str, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of an article; `id` is made of the raw file's hash."""
    return f"{base}article/{id}"


def mint_extractor(reader: str, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of whoever found facts: the rules, or a person who read."""
    return f"{base}extractor/{clean_name(reader)}"


def mint_run(reader: str, article: str, *, base: str = DEFAULT_BASE) -> str:
    """The IRI of one reading of one article (`article` is its IRI)."""
    return f"{base}run/{digest(reader, article)}"


def mint_claim(
    reader: str, article: str, subject: str, predicate: str, object: str, quote: str, *, base: str = DEFAULT_BASE
) -> str:
    """The IRI of a triple as one reader found it in one article behind one quote; all but the names are IRIs."""
    return f"{base}claim/{digest(reader, article, subject, predicate, object, quote)}"


def mint_observation(
    reader: str, article: str, indicator: str, value: Decimal, said: tuple[str, ...], *, base: str = DEFAULT_BASE
) -> str:
    """The IRI of a figure; `said` are the other fields that make it this figure, quote included, "" for none."""
    return f"{base}obs/{digest(reader, article, indicator, format_decimal(value), *said)}"


def mint_inference(
    rule: str, subject: str, predicate: str, object: str, via: str = "", *, base: str = DEFAULT_BASE
) -> str:
    """The IRI of one application of a rule: what it derives and the node it passes through."""
    return f"{base}inference/{digest(rule, subject, predicate, object, via)}"


def format_decimal(value: Decimal) -> str:
    """The one spelling of a number, as the store gives it back: no exponent, no needless zero.

    >>> format_decimal(Decimal("2.2150E+3")), format_decimal(Decimal("5.850"))
    ('2215', '5.85')
    """
    whole, _, rest = format(value, "f").partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else "0" if whole in {"-0", "0"} else whole
