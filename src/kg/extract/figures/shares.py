"""Names of shares and of multiples: what part of what, what compared with what."""

from __future__ import annotations

from ...model import Span
from .phrases import bare_predicate, clean, core, form, matches, split_predicate, trimmed
from .views import Indicator, View, named

_LONGEST_DONE = 10


def share(view: View) -> Indicator | None:
    """X占Y的5%: what part of the whole X is."""
    if view.figure.quantity.kind != "ratio" or not (hit := matches("share", view.raw_name)):
        return None
    whole = core(clean(hit["whole"]))
    part = core(trimmed(hit["part"])) or view.topic
    if not matches("thing", whole):
        whole = ""
        part += view.before.topic if matches("kind-end", part) and view.before and view.near else ""
    name = form("share-of", part=part, whole=whole) if whole else form("share", part=part)
    return named(view, name, "indicator-share", spans=(view.left,), topic=part)


def fulfilled(view: View) -> Indicator | None:
    """完成年度任务2800人的111.6%: how much was to be done, and how much of it the figure before is."""
    before = view.before if view.follows else None
    if hit := matches("fulfils", view.raw_name):
        done, task = before.topic if before else "", hit["name"]
    elif before and before.rule == "indicator-fulfilled" and len(view.raw_name) <= 1:
        done, task = before.topic, before.base.removeprefix(before.topic)
    else:
        return None
    done, word = done if len(done) <= _LONGEST_DONE else "", form("percentage")
    ratio = view.figure.quantity.kind == "ratio"
    return named(view, done + task, "indicator-fulfilled", spans=(view.raw,), topic=done, word=word if ratio else "")


def multiple(view: View) -> Indicator | None:
    """是搬迁前的3倍: one thing compared with another."""
    hit = matches("times-of", view.raw_name) if matches("multiple", view.figure.quantity.unit) else None
    if hit is None:
        return None
    part = core(clean(hit["part"])) or (view.before.name if view.before and view.near else view.topic)
    name = form("compared", part=part, whole=clean(hit["whole"]))
    return named(view, name, "indicator-compared", spans=(view.raw,), topic=part)


def share_behind(view: View) -> Indicator | None:
    """一半是带娃的妇女, 20%留作滚动发展: the part is named behind the figure."""
    if view.figure.quantity.kind != "ratio" or view.text(view.left) or not view.attached:
        return None
    if view.attributive:
        return _share_of_them(view)
    rest, whole = view.text(view.right), view.topic
    if hit := matches("share-is", rest):
        return named(view, form("share", part=hit["part"]), "indicator-share-is", spans=(view.right,))
    name = form("share-done", act=rest, part=whole) if whole else form("share-doing", act=rest)
    return named(view, name, "indicator-share-does", spans=(view.right,), topic=whole)


def _share_of_them(view: View) -> Indicator:
    """近四分之一的患者自付超过3000元: the part of them that does something."""
    noun, predicate = split_predicate(view.wide, Span(view.right.start + 1, view.right.end))
    part, act = view.text(noun), view.text(bare_predicate(view.wide, predicate))
    doing = form("doing", act=act, part=part) if act else part
    return named(view, form("share", part=doing), "indicator-share-of-them", spans=(view.right,))
