"""The builders of indicators in the order in which they are tried; each makes a name for a figure, or passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...model import Role
from .following import acting, done_within, noun_behind
from .leading import act_of, averaged, carried, elsewhere, kind_of, measure, words_before
from .payments import paid, spent, standard
from .phrases import matches
from .shares import multiple, share, share_behind
from .views import Indicator, View, named

_COMPARED_TO = 20
"""A comparison does not run longer than this."""


def build(view: View) -> Indicator:
    """The indicator of a figure, by the first builder that knows one."""
    for builder in BUILDERS:
        found = builder(view)
        if found and found.name:
            return found
    return named(view, view.topic or view.owner or view.text(view.raw) or view.sentence_start, "indicator-topic")


def same(view: View) -> Indicator | None:
    """较上年提高5个百分点, 提高到30万元: the same as the figure before."""
    if view.before is None or not view.near:
        return None
    role, name = view.figure.role, view.text(view.left)
    end = role is Role.AFTER and (view.before_role is Role.BEFORE or not name)
    difference = role is Role.CHANGE and len(name) <= 2 and not view.attached
    compared = matches("compared", view.raw_name) and len(view.raw_name) <= _COMPARED_TO
    if not (end or difference or compared):
        return None
    changed = matches("changed", view.raw_name) if role is Role.CHANGE else None
    verb = changed["name"] if changed and not view.before.name.endswith(changed["verb"]) else ""
    return named(view, view.before.name + verb, "indicator-same", spans=(view.raw,), topic=view.before.topic)


BUILDERS: Final[tuple[Callable[[View], Indicator | None], ...]] = (
    standard,
    same,
    share,
    multiple,
    share_behind,
    spent,
    paid,
    noun_behind,
    done_within,
    acting,
    averaged,
    elsewhere,
    measure,
    act_of,
    kind_of,
    words_before,
    carried,
)
