"""Names of what is paid: per head, at a standard, or by analogy with the payment before."""

from __future__ import annotations

from ...model import Role, Span
from .phrases import (
    benefit_in,
    clean,
    core,
    form,
    is_act,
    matches,
    names_benefit,
    object_of,
    per_phrase,
    trimmed,
    without_recipient,
)
from .views import Indicator, View, named


def standard(view: View) -> Indicator | None:
    """按照5万元、7万元的标准拨付基本运转经费: the standard at which something is paid."""
    quantity = view.figure.quantity
    behind = Span(quantity.right, max(quantity.right, view.figure.clause.end))
    if quantity.kind != "money" or not (hit := matches("standard", behind.of(view.wide))):
        return None
    given = benefit_in(hit["given"]) or object_of(core(clean(hit["given"])))
    name, shown = per_phrase(view.raw_name) + given, Span(behind.start, behind.start + hit.end())
    return named(view, name, "indicator-standard", spans=(shown,), topic=given, word=form("standard"))


def spent(view: View) -> Indicator | None:
    """其中200万元用于人才公寓建设: what a part of the money before is used for."""
    if view.figure.quantity.kind != "money" or view.text(view.left) or not view.attached or view.before is None:
        return None
    if not view.near or not (hit := matches("used-for", view.text(view.right))):
        return None
    name = form("doing", act=hit["name"], part=view.before.topic)
    return named(view, name, "indicator-spent", spans=(view.right,), topic=view.before.topic)


def paid(view: View) -> Indicator | None:
    """每人每月2500元给予生活津贴: what is paid per head."""
    role, per = view.figure.role, per_phrase(view.raw_name) or _over(view)
    if view.figure.quantity.kind != "money" or role is Role.CHANGE or (role is Role.BEFORE and not per):
        return None
    if per:
        return _per_head(view, per) or _like_before(view, _without(view, per), per)
    return _like_before(view, view.name, "")


def _per_head(view: View, per: str) -> Indicator | None:
    given = benefit_in(view.right.of(view.wide)) if view.attached else ""
    if given:
        return named(view, per + given, "indicator-paid", spans=(view.raw, view.right), topic=given, word=_grant(given))
    name = _without(view, per)
    if names_benefit(name):
        return named(view, per + name, "indicator-paid", spans=(view.left,), topic=name, word=_grant(name))
    if not name and view.subject and not view.benefit:
        return named(view, view.subject + per, "indicator-paid", spans=(view.raw,), word=form("standard"))
    return None


def _like_before(view: View, name: str, per: str) -> Indicator | None:
    """博士每人每月3000元，硕士1500元: who is paid, with what the head or the figure before says is paid."""
    before = view.before if view.beside and matches("recipient", name) else None
    parallel = before.topic if before and names_benefit(before.topic) else benefit_in(before.name) if before else ""
    benefit = without_recipient(parallel or view.benefit)
    told = per or view.head or parallel or matches("single", name)
    if not benefit or names_benefit(name) or matches("measure-end", name) or is_act(name) or not told:
        return None
    word = _grant(benefit) if per else ""
    return named(view, name + per + benefit, "indicator-paid", spans=(view.raw,), topic=benefit, word=word)


def _without(view: View, per: str) -> str:
    """The name in front of the figure without its distributive phrase."""
    behind = matches("per-behind", view.raw_name)
    rest = view.raw_name[: behind.start()] if behind else view.text(view.left).replace(per, "", 1)
    name = core(trimmed(rest))
    giving = matches("giving", name)
    return name[: giving.start()] + name[giving.end() :] if giving else name


def _over(view: View) -> str:
    """The distributive phrase that a unit writes with strokes: 元/人·月 is 每人每月."""
    return "".join(form("each", part=part) for part in view.figure.quantity.over)


def _grant(benefit: str) -> str:
    return form("standard") if matches("grant", benefit) else ""
