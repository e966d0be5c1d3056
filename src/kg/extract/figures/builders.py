"""The builders of indicators in the order in which they are tried; each makes a name for a figure, or passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ...model import Role
from .following import acting, done_within, noun_behind
from .leading import act_of, averaged, carried, elsewhere, kind_of, measure, words_before
from .payments import paid, spent, standard
from .phrases import core, matches, without_change
from .shares import fulfilled, multiple, share, share_behind
from .views import Indicator, View, named

_COMPARED_TO = 20
"""A comparison does not run longer than this."""


def build(view: View) -> Indicator:
    """The indicator of a figure, by the first builder that knows one."""
    for builder in BUILDERS:
        found = builder(view)
        if found and found.name:
            return found
    counts = view.figure.quantity.kind in ("person", "household")
    name = view.topic or view.owner or core(view.text(view.raw)) or view.sentence_start
    return named(view, name, "indicator-topic", word=view.figure.quantity.noun if counts else "")


def same(view: View) -> Indicator | None:
    """较上年提高5个百分点, 提高到30万元: the same as the figure before."""
    if view.before is None or not view.near:
        return None
    role, name = view.figure.role, view.text(view.left)
    end = role is Role.AFTER and (view.before_role is Role.BEFORE or not name)
    changed = _changed(view.raw_name) if role is Role.CHANGE else None
    difference = role is Role.CHANGE and not view.attached and (len(name) <= 2 or (changed and not changed.start()))
    compared = matches("compared", view.raw_name) and len(view.raw_name) <= _COMPARED_TO
    if not (end or difference or compared):
        return None
    base = view.before.name
    name = without_change(base) + changed["name"] if changed else base
    return named(view, name, "indicator-same", spans=(view.raw,), topic=view.before.topic)


def _changed(run: str) -> re.Match[str] | None:
    """How something changed (同比增长), or what it lies above or below (高于全省平均)."""
    return matches("compared-with", run) or matches("changed", run)


BUILDERS: Final[tuple[Callable[[View], Indicator | None], ...]] = (
    standard,
    same,
    fulfilled,
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
