"""What kind of thing a name names: instrument and form of a mechanism, genre of a document, type and level of a body
or place, and where a group hangs in the hierarchy of groups.

Chinese puts the head noun last, so most answers come from the end of a name: the longest ending that stands in a
table of `ontology/lexicon/kinds_*.tsv` decides. A name that no table knows gets no kind; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Final

from .identifiers import mint_entity
from .lexicon import Matcher, table, words
from .model import EntityType
from .namespaces import DEFAULT_BASE, KG, SKOS, VOCABULARY
from .resources import knowledge_file
from .text import widen

_REMARK: Final = re.compile(r"（[^（）]*）")
_NONE: Final = "-"
_MANY: Final = "many"


def instruments(mechanism: str) -> tuple[str, ...]:
    """The instrument types of a mechanism; empty where no word of the table stands in its name.

    The word that ends last decides, since the head noun is last: 创业担保贷款 is credit. A word of class `weak`
    (行动, 计划) decides only where no other stands.

    >>> instruments("创业担保贷款")
    ('https://w3id.org/policykg/vocab/instrument/credit',)
    """
    hits = list(_keywords().find(widen(mechanism)))
    telling = [hit for hit in hits if hit.row["class"] != "weak"] or hits
    return tuple(_concept("instrument", name) for name in telling[-1].row["concept"].split()) if telling else ()


def form(mechanism: str) -> str:
    """The form of a mechanism by the end of its name; a plain measure where no ending is known."""
    return _concept("form", _ending("form", mechanism) or "measure")


def genre(document: str) -> str | None:
    """The genre of a document by the end of its title, remarks such as （试行） left aside.

    >>> genre("基层党建工作考核评价和问责办法（试行）")
    'https://w3id.org/policykg/vocab/genre/measures'
    """
    return _concept("genre", found) if (found := _ending("genre", _REMARK.sub("", document))) else None


def body_type(organisation: str) -> str | None:
    """The type of a body by the end of its name."""
    return _concept("orgtype", found) if (found := _ending("orgtype", _REMARK.sub("", organisation))) else None


def is_generic(organisation: str) -> bool:
    """Whether the name stands for a class of bodies (乡镇党委, 财政部门) and not for one.

    It does if it is no more than a head noun, has one that always names a class and no place before it, or begins
    with a level that many places have.
    """
    plain = _REMARK.sub("", organisation)
    if is_national(plain) or head_area(plain):
        return False
    heads, endings = table("kinds_head"), _rows("orgtype")
    ending = _longest(plain, endings)
    return (
        organisation in endings
        or organisation in words("org_classes")
        or (ending is not None and endings[ending]["class"] == _MANY)
        or any(row["class"] == _MANY and organisation.startswith(row["word"]) for row in heads)
    )


def body_level(organisation: str) -> str | None:
    """The level of a body by the beginning of its name: a word such as 县直, or else the place it is named after.

    None for firms, newspapers and others that stand outside the hierarchy.
    """
    wide = widen(organisation)
    if _ending("orgtype", _REMARK.sub("", wide)) in words("kinds_unranked"):
        return None
    heads = _rows("head")
    beginnings = [wide[:end] for end in range(len(wide), 0, -1)]
    head = next((beginning for beginning in beginnings if beginning in heads), None)
    if head:
        return _concept("level", heads[head]["concept"])
    return next((level for beginning in reversed(beginnings[:-1]) if (level := place_level(beginning))), None)


def place_level(place: str) -> str | None:
    """The administrative level of a place by the end of its name; None for what is no division."""
    row = _level(place)
    return _concept("level", row["concept"]) if row else None


def is_area(place: str) -> bool:
    """Whether a place is of county rank or higher."""
    row = _level(place)
    return row is not None and row["area"] == "yes"


def is_shared(place: str) -> bool:
    """Whether several cities have a county or district of that name (朝阳区)."""
    division = _divisions().get(place)
    return division is not None and division["level"] == "county" and not division["parent"]


def full_name(place: str) -> str:
    """The full name of a division that goes by a short one which no other shares; any other name as it is.

    >>> full_name("浙江")
    '浙江省'
    """
    return _short_names().get(place, place)


def division_code(place: str) -> str | None:
    """The code of a division in GB/T 2260, where it is known."""
    division = _divisions().get(place)
    return division["code"] or None if division else None


def head_area(name: str) -> str | None:
    """The division whose full name a name begins with.

    >>> head_area("湖南省青年留湘就业若干规定")
    '湖南省'
    """
    divisions = _divisions()
    return next((name[:end] for end in range(len(name), 1, -1) if name[:end] in divisions), None)


def is_national(name: str) -> bool:
    """Whether a name is the same in every article, so that it needs no place to be unique."""
    return widen(name).startswith(words("kinds_national"))


def wider_groups(group: str, *, base: str = DEFAULT_BASE) -> tuple[str, ...]:
    """The nodes of the scheme's groups that contain a group: the longest ending of its name that is a label there.

    Empty for a label of the scheme itself, and for a name whose beginning takes it out (非贫困户).

    >>> wider_groups("在职村干部")
    ('https://w3id.org/policykg/group/村干部',)
    """
    labels = _group_labels()
    if widen(group) in set(labels.values()):
        return ()
    if group.startswith(words("kinds_group")):
        return ()
    found = _longest(group, labels)
    return (mint_entity(EntityType.GROUP, labels[found], base=base),) if found else ()


def kinds_of(type: EntityType, name: str, *, base: str = DEFAULT_BASE) -> Iterator[tuple[str, str]]:
    """The kinds of a named thing as pairs of a property and a node."""
    match type:
        case EntityType.MECHANISM:
            yield from ((KG.instrumentType, instrument) for instrument in instruments(name))
            yield KG.form, form(name)
        case EntityType.DOCUMENT if found := genre(name):
            yield KG.genre, found
        case EntityType.ORGANISATION:
            if found := body_type(name):
                yield KG.orgType, found
            if found := body_level(name):
                yield KG.adminLevel, found
        case EntityType.PLACE if found := place_level(name):
            yield KG.adminLevel, found
        case EntityType.GROUP:
            yield from ((SKOS.broader, wider) for wider in wider_groups(name, base=base))


@cache
def _keywords() -> Matcher:
    return Matcher(table("kinds_instrument"))


@cache
def _rows(name: str) -> Mapping[str, Mapping[str, str]]:
    return {row["word"]: row for row in table(f"kinds_{name}")}


@cache
def _divisions() -> Mapping[str, Mapping[str, str]]:
    """The row of every division that the gazetteer knows, by its full name."""
    return {row["word"]: row for row in table("places")}


@cache
def _short_names() -> Mapping[str, str]:
    """The full name of a division by each of its short names, where no other division shares it."""
    pairs = [(short, row["word"]) for row in table("places") for short in row["short"].split()]
    shared = Counter(short for short, _ in pairs)
    return {short: full for short, full in pairs if shared[short] == 1 and short not in _divisions()}


@cache
def _group_labels() -> Mapping[str, str]:
    """The preferred label of the scheme's group for each label and other name of it."""
    import pyoxigraph as ox

    literals = [
        (triple.subject, triple.predicate.value, triple.object)
        for triple in ox.parse(path=str(knowledge_file("vocab/group.ttl")), format=ox.RdfFormat.TURTLE)
        if isinstance(triple.object, ox.Literal) and triple.object.language == "zh"
    ]
    preferred = {subject: label.value for subject, property, label in literals if property == SKOS.prefLabel}
    return {
        widen(label.value): preferred[subject]
        for subject, property, label in literals
        if property in (SKOS.prefLabel, SKOS.altLabel)
    }


def _level(place: str) -> Mapping[str, str] | None:
    place = full_name(place)
    known = _divisions().get(place, {}).get("level", "")
    rows = [row for row in table("kinds_level") if place.endswith(row["word"]) and row["known"] in ("", known)]
    best = max(rows, key=lambda row: (len(row["word"]), row["known"]), default=None)
    return None if best is None or best["concept"] == _NONE or len(place) <= len(best["word"]) else best


def _ending(name: str, text: str) -> str | None:
    found = _longest(text, _rows(name))
    return _rows(name)[found]["concept"] if found else None


def _longest(text: str, endings: Container[str]) -> str | None:
    """The longest ending of a text among the given ones."""
    wide = widen(text)
    return next((wide[start:] for start in range(len(wide)) if wide[start:] in endings), None)


def _concept(scheme: str, name: str) -> str:
    return f"{VOCABULARY}{scheme}/{name}"
