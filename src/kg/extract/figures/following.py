"""Names that stand behind their figure: the noun that is counted, what is done within a time, who does what."""

from __future__ import annotations

from ...model import Role, Span
from .phrases import (
    bare_predicate,
    before_attribute,
    closing_act,
    core,
    counting_word,
    ends_in_help,
    form,
    is_act,
    matches,
    names_benefit,
    per_phrase,
    split_predicate,
)
from .views import Indicator, View, named

_LONGEST_ACT = 14
"""A longer predicate is a story of its own and no part of a name."""
_SIZES = ("mass", "rate", "energy", "volume")
_SHORT = 6
"""What is done, or to whom, is told in so few characters where both stand in a name."""
_COUNTED = ("count", "person", "household")


def noun_behind(view: View) -> Indicator | None:
    """26个计划出列村, 60万元科研启动费: the noun behind the figure, with its predicate turned in front of it."""
    if view.figure.quantity.kind == "ratio" or view.figure.role is Role.BEFORE or not view.attached:
        return None
    noun, predicate = split_predicate(view.wide, Span(view.right.start + view.attributive, view.right.end))
    name = _noun(view, noun)
    if len(name) < 2:
        return _of_one_character(view, name, noun)
    if view.figure.quantity.kind not in _COUNTED:
        return _measured(view, name, noun)
    if view.attributive and view.figure.quantity.kind == "person":
        return named(view, name, "indicator-size", spans=(noun,), word=view.figure.quantity.noun)
    act = "" if matches("begins-average", view.text(predicate)) else view.text(bare_predicate(view.wide, predicate))
    return _counted(view, name, noun, act, predicate)


def _noun(view: View, noun: Span) -> str:
    """The noun alone: without a bracket that explains it, of 乡镇的建卡贫困户中 the 乡镇."""
    name = view.text(noun)
    if aside := matches("explained", name):
        name = name[: aside.start()]
    if (owner := matches("thing-of", name)) and view.figure.quantity.kind in _COUNTED:
        name = owner["name"]
    name = core(name)
    end = matches("noun-tail", name)
    return name[: end.start()] if end else name


def _of_one_character(view: View, name: str, noun: Span) -> Indicator | None:
    """走进56个村: a noun too short to stand without the words in front of the figure."""
    if not name or view.figure.quantity.kind != "count":
        return None
    return named(view, (view.name or _chained(view)) + name, "indicator-counted", spans=(view.left, noun), topic=name)


def _counted(view: View, name: str, noun: Span, act: str, predicate: Span) -> Indicator:
    if 2 <= len(act) <= _LONGEST_ACT and not ends_in_help(view.name):
        doing = form("doing", act=act, part=name)
        return named(view, doing, "indicator-doing", spans=(noun, predicate), topic=name, reach=noun.end)
    verb = closing_act(view.name) or (view.name if 2 <= len(view.name) <= 4 else "")
    verb = verb or (_chained(view) if len(name) == 2 else "")
    return named(view, verb + name, "indicator-counted", spans=(view.left if verb else noun, noun), topic=name)


def _chained(view: View) -> str:
    """涉及14个乡镇158个村: the verb of the counted noun right before."""
    before = view.before if view.beside and not view.raw_name else None
    act = before.base.removesuffix(before.topic) if before and before.rule == "indicator-counted" else ""
    return act if 2 <= len(act) <= 4 else ""


def _measured(view: View, name: str, noun: Span) -> Indicator | None:
    """110平方米的人才房: the thing of that size, age, price or length."""
    kind, left = view.figure.quantity.kind, view.name
    if kind in _SIZES and is_act(left) and not view.attributive:
        return named(view, left + name, "indicator-measured", spans=(view.left, noun), topic=name)
    if not _measures(view, left, name):
        return None
    if kind == "money" and is_act(left) and not (view.attributive or names_benefit(name) or matches("fund", name)):
        shown = (view.left, noun)
        return named(view, name + left, "indicator-spending", spans=shown, topic=name, reach=view.figure.quantity.right)
    name, per = name if view.attributive else before_attribute(name), per_phrase(view.raw_name)
    if kind == "age":
        name = view.person or name
    elif view.attributive and len(left) == 2 and left != per and not is_act(left) and kind != "money":
        name = left + name
    verb = left if kind == "event" and 2 <= len(left) <= 3 and left != per else ""
    full = ("" if kind == "event" else per) + verb + name
    word = counting_word(name, kind, view.figure.quantity.noun)
    return named(view, full, "indicator-measured", spans=(view.raw if verb else noun, noun), word=word)


def _measures(view: View, left: str, name: str) -> bool:
    """Whether the noun behind, and not the words in front, is what the figure measures."""
    kind = view.figure.quantity.kind
    lent = kind == "money" and matches("fund", name)
    if kind == "period":
        limited = view.figure.role in (Role.FLOOR, Role.CEILING)
        return (view.attributive or limited) and not matches("inside", view.text(view.right))
    limited = view.attributive and view.figure.role in (Role.FLOOR, Role.CEILING) and not lent
    if kind in ("money", "ratio") and ((limited and len(left) >= 3) or (view.attributive and view.listed)):
        return False
    told = names_benefit(left) if kind == "money" else len(left) >= 2 and kind != "event"
    return view.attributive or not told


def done_within(view: View) -> Indicator | None:
    """5个工作日内完成初审, 三年内不予受理, 每两年调整一次: what happens within the time."""
    quantity = view.figure.quantity
    if quantity.kind != "period" or view.figure.role in (Role.BEFORE, Role.AFTER) or not view.attached:
        return None
    again = matches("period-of", view.text(view.right)) if matches("each", view.raw_name) else None
    if again:
        return named(view, again["act"], "indicator-again", spans=(view.right,), word=form("cycle"))
    if not (hit := matches("done-within", view.text(view.right))):
        return None
    word = quantity.noun if view.figure.role is Role.LEVEL else form("limit")
    what = view.name if 2 <= len(view.name) <= _SHORT and not matches("doer", view.raw_name) else ""
    limited = view.figure.role is Role.CEILING and len(hit["act"]) <= _SHORT
    return named(view, (what if limited else "") + hit["act"], "indicator-within", spans=(view.right,), word=word)


def acting(view: View) -> Indicator | None:
    """217人就业: what the counted ones do, when no noun names them."""
    quantity = view.figure.quantity
    if quantity.kind not in ("person", "household") or view.figure.role is Role.BEFORE or not view.attached:
        return None
    act = view.text(bare_predicate(view.wide, view.right))
    verb = view.name if len(view.name) <= 4 else ""
    shown = (view.left if verb else view.right, view.right)
    return named(view, verb + act, "indicator-acting", spans=shown, word=quantity.noun) if len(act) >= 2 else None
