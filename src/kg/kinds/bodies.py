"""Kinds of bodies: type, level, and whether a name stands for one body or for a class of them."""

from __future__ import annotations

from typing import Final

from ..lexicon import words
from ..text import widen
from .divisions import head_area, place_level
from .endings import concept, concept_by_ending, longest_ending, rows, without_remarks

_MANY: Final = "many"


def body_type(organisation: str) -> str | None:
    """The type of a body by the end of its name."""
    return concept_by_ending("orgtype", without_remarks(organisation))


def is_national(name: str) -> bool:
    """Whether a name is the same in every article, so that it needs no place to be unique."""
    return widen(name).startswith(words("kinds_national"))


def is_generic(organisation: str) -> bool:
    """Whether the name stands for a class of bodies (乡镇党委, 财政部门) and not for one.

    It does if no area stands at its head and it is no more than a head noun, or has one that always names a class, or
    begins with a level that many places have.
    """
    plain, endings = without_remarks(organisation), rows("orgtype")
    if is_national(plain) or head_area(plain):
        return False
    ending = longest_ending(plain, endings)
    return (
        organisation in endings
        or organisation in words("org_classes")
        or (ending is not None and endings[ending]["class"] == _MANY)
        or widen(organisation).startswith(words("kinds_head", **{"class": _MANY}))
    )


def body_level(organisation: str) -> str | None:
    """The level of a body by the beginning of its name: a word such as 县直, or else the place it is named after.

    None for firms, newspapers and others that stand outside the hierarchy.
    """
    wide, heads = widen(organisation), rows("head")
    if body_type(wide) in {concept("orgtype", type) for type in words("kinds_unranked")}:
        return None
    beginnings = [wide[:end] for end in range(1, len(wide) + 1)]
    known = [beginning for beginning in beginnings if beginning in heads]
    if known:
        return concept("level", heads[known[-1]]["concept"])
    return next((level for beginning in beginnings[:-1] if (level := place_level(beginning))), None)
