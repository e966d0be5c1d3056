"""The builders of indicators, tried in order: each makes a name from the words around a figure, or passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...model import Role, Span
from .phrases import (
    bare_predicate,
    benefit_in,
    clean,
    core,
    counting_word,
    is_act,
    is_rate,
    leading_act,
    matches,
    names_benefit,
    object_of,
    per_phrase,
    split_predicate,
    trim,
)
from .views import Indicator, View, named

_OF_THEM: Final = "其中"
_LONGEST_OWNER = 8
_COMPARED_TO = 20
"""A comparison does not run longer than this."""


def build(view: View) -> Indicator:
    """The indicator of a figure, by the first builder that knows one."""
    for builder in BUILDERS:
        found = builder(view)
        if found and found.name:
            return found
    return named(view, view.topic or view.text(view.raw), "indicator-topic")


def _same(view: View) -> Indicator | None:
    """较上年提高5个百分点, 提高到30万元: the same as the figure before."""
    if view.before is None or not view.near:
        return None
    role, name = view.figure.role, view.text(view.left)
    ends = role is Role.AFTER and (view.before_role is Role.BEFORE or not name)
    compared = matches("compared", view.raw_name) and len(view.raw_name) <= _COMPARED_TO
    if ends or compared or (role is Role.CHANGE and len(name) <= 2 and not view.attached):
        return named(view, view.before.name, "indicator-same", spans=(view.raw,), topic=view.before.topic)
    return None


def _standard(view: View) -> Indicator | None:
    """按照5万元、7万元的标准拨付基本运转经费: the standard at which something is paid."""
    if view.figure.quantity.kind != "money":
        return None
    end = view.figure.clause.end
    hit = matches("standard", view.wide[view.figure.quantity.right : end])
    if not hit:
        return None
    given = benefit_in(hit["given"]) or object_of(core(clean(hit["given"])))
    shown = Span(view.figure.quantity.right, view.figure.quantity.right + hit.end())
    return named(
        view, per_phrase(view.raw_name) + given, "indicator-standard", spans=(shown,), topic=given, word="标准"
    )


def _share(view: View) -> Indicator | None:
    """X占Y的5%: what part of the whole X is."""
    if view.figure.quantity.kind != "ratio" or not (hit := matches("share", view.raw_name)):
        return None
    whole = core(clean(hit["whole"]))
    if whole[:1] in ("", "比") or not matches("thing", whole):
        whole = ""
    part = core(clean(trim(hit["part"], Span(0, len(hit["part"]))).of(hit["part"]))) or view.topic
    if not whole and matches("kind-end", part) and view.before and view.near:
        part += view.before.topic
    name = f"{part}占{whole}比例" if whole else f"{part}占比"
    return named(view, name, "indicator-share", spans=(view.raw,), topic=part)


def _times_of(view: View) -> Indicator | None:
    """是搬迁前的3倍: one thing compared with another."""
    if view.figure.quantity.unit != "倍" or not (hit := matches("times-of", view.raw_name)):
        return None
    other = view.before.name if view.before and view.near else view.topic
    part = core(clean(hit["part"])) or other
    return named(view, f"{part}与{clean(hit['whole'])}之比", "indicator-times", spans=(view.raw,), topic=part)


def _share_right(view: View) -> Indicator | None:
    """一半是带娃的妇女, 20%留作滚动发展: the part is named behind the figure."""
    if view.figure.quantity.kind != "ratio" or view.text(view.left) or not view.attached:
        return None
    rest = view.text(view.right)
    if view.wide[view.right.start] == "的":
        noun, predicate = split_predicate(view.wide, Span(view.right.start + 1, view.right.end))
        act = view.text(bare_predicate(view.wide, predicate))
        name = f"{act}的{view.text(noun)}占比" if act else f"{view.text(noun)}占比"
        return named(view, name, "indicator-share-of-them", spans=(view.right,))
    hit = matches("share-is", rest)
    if hit:
        return named(view, f"{hit['part']}占比", "indicator-share-is", spans=(view.right,))
    whole = view.topic
    return named(
        view,
        f"{rest}的{whole}比例" if whole else f"{rest}比例",
        "indicator-share-does",
        spans=(view.right,),
        topic=whole,
    )


def _paid(view: View) -> Indicator | None:
    """每人每月2500元给予生活津贴: what is paid per head."""
    quantity = view.figure.quantity
    per = per_phrase(view.raw_name)
    if quantity.kind != "money" or view.figure.role is Role.CHANGE or (view.figure.role is Role.BEFORE and not per):
        return None
    given = benefit_in(view.right.of(view.wide)) if view.attached else ""
    if per and given:
        word = "标准" if matches("grant", given) else ""
        return named(view, per + given, "indicator-paid", spans=(view.raw, view.right), topic=given, word=word)
    behind = matches("per-behind", view.raw_name)
    rest = view.raw_name[: behind.start()] if behind else view.text(view.left).replace(per, "", 1)
    name = core(clean(trim(rest, Span(0, len(rest))).of(rest))) if per else view.name
    if names_benefit(name) and per:
        word = "标准" if matches("grant", name) else ""
        return named(view, per + name, "indicator-paid", spans=(view.left,), topic=name, word=word)
    alike = view.before and view.beside and matches("recipient", name)
    if per and not name and view.subject and not view.benefit:
        return named(view, view.subject + per, "indicator-paid", spans=(view.raw,), word="标准")
    parallel = benefit_in(view.before.name) if view.before and alike else ""
    benefit = parallel or view.benefit
    if benefit and not names_benefit(name) and (per or view.head or parallel) and not is_act(name):
        return named(view, name + per + benefit, "indicator-paid", spans=(view.raw,), topic=benefit)
    return None


def _attributive(view: View) -> Indicator | None:
    """26个计划出列村: the noun behind the figure, with its predicate turned in front of it."""
    quantity = view.figure.quantity
    if quantity.kind == "ratio" or view.figure.role is Role.BEFORE or not view.attached:
        return None
    if quantity.kind == "period" and matches("inside", view.text(view.right)):
        return None
    of = 1 if view.wide[view.right.start] == "的" else 0
    noun, predicate = split_predicate(view.wide, Span(view.right.start + of, view.right.end))
    name = core(view.text(noun))
    if end := matches("noun-tail", name):
        name = name[: end.start()]
    if len(name) < 2 or (quantity.kind == "period" and not (of or view.figure.role in (Role.FLOOR, Role.CEILING))):
        return None
    if quantity.kind not in ("count", "person", "household"):
        known = (
            names_benefit(view.name) if quantity.kind == "money" else len(view.name) >= 2 and quantity.kind != "event"
        )
        if known and not of and quantity.kind != "period":
            return None
        if of and len(view.name) == 2 and not is_act(view.name) and quantity.kind != "money":
            name = view.name + name
        if quantity.kind == "age" and (person := view.person):
            name = person
        word = counting_word(name, quantity.kind, quantity.noun)
        verb = view.name if 2 <= len(view.name) <= 3 and quantity.kind == "event" else ""
        return named(
            view,
            per_phrase(view.raw_name) + verb + name,
            "indicator-of",
            spans=(view.raw if verb else noun, noun),
            word=word,
        )
    if of and quantity.kind == "person":
        return named(view, name, "indicator-of", spans=(noun,), word=quantity.noun)
    return _counted(view, name, noun, predicate)


def _counted(view: View, name: str, noun: Span, predicate: Span) -> Indicator:
    act = view.text(bare_predicate(view.wide, predicate))
    if len(act) >= 2:
        return named(view, f"{act}的{name}", "indicator-doing", spans=(noun, predicate), topic=name, reach=noun.end)
    verb = view.name if is_act(view.name) or 2 <= len(view.name) <= 4 else ""
    return named(view, verb + name, "indicator-counted", spans=(view.left if verb else noun, noun), topic=name)


def _within(view: View) -> Indicator | None:
    """5个工作日内完成初审, 三年内不予受理: what is to happen within the time."""
    quantity = view.figure.quantity
    if quantity.kind != "period" or view.figure.role in (Role.BEFORE, Role.AFTER) or not view.attached:
        return None
    if view.raw_name.endswith("每") and (again := matches("period-of", view.text(view.right))):
        return named(view, again["act"], "indicator-again", spans=(view.right,), word="周期")
    if not (hit := matches("done-within", view.text(view.right))):
        return None
    word = quantity.noun if view.figure.role is Role.LEVEL else "时限"
    return named(view, hit["act"], "indicator-within", spans=(view.right,), word=word)


def _acting(view: View) -> Indicator | None:
    """217人就业: what the counted ones do, when no noun names them."""
    quantity = view.figure.quantity
    if quantity.kind not in ("person", "household") or view.figure.role is Role.BEFORE or not view.attached:
        return None
    act = view.text(bare_predicate(view.wide, view.right))
    verb = view.name if len(view.name) <= 4 else ""
    return (
        named(
            view,
            verb + act,
            "indicator-acting",
            spans=(view.left if verb else view.right, view.right),
            word=quantity.noun,
        )
        if len(act) >= 2
        else None
    )


def _averaged(view: View) -> Indicator | None:
    """户均68万元: the figure before, per head."""
    if view.before is None or not view.near or not matches("average", view.text(view.left)):
        return None
    base = view.before.topic if view.figure.quantity.kind != "money" else view.before.base
    return named(view, view.text(view.left) + base, "indicator-averaged", spans=(view.left,), topic=view.before.topic)


def _left(view: View) -> Indicator | None:
    """开展培训26期: the words in front of the figure, with the topic where they are a bare measure or verb."""
    name, quantity = view.name, view.figure.quantity
    if quantity.kind == "period":
        name = matches("last-condition", name)["name"]  # type: ignore[index]
    if not name:
        return None
    if matches("place-only", name) and view.before and view.beside:
        return named(view, view.before.base, "indicator-same-elsewhere", spans=(view.left,), topic=view.before.topic)
    topic = view.topic
    if is_rate(name):
        topic = _topic_for(view, name)
    if matches("document-term", name):
        found = matches("this-document", view.wide[max(0, view.raw.start - 60) : view.raw.start])
        topic = found["name"] if found else topic
    if is_rate(name) and topic and name[:2] not in topic:
        return named(view, topic + name, "indicator-measure", spans=(view.left,), topic=topic)
    if is_act(name) and view.owner and not view.beside:
        owner = view.owner.removesuffix(name)
        return named(
            view, owner + name, "indicator-act-of", spans=(view.left,), topic=view.owner, word=word_for(view, name)
        )
    if matches("kind-end", view.head) and len(name) <= _LONGEST_OWNER - 2 and not view.head.startswith(name):
        return named(view, view.head + name, "indicator-kind", spans=(view.left,), word=word_for(view, name))
    if matches("kind-end", name) and view.before and view.near:
        first, second = (view.before.topic, name) if is_act(view.before.topic) else (name, view.before.topic)
        return named(view, first + second, "indicator-kind", spans=(view.left,), topic=view.before.topic)
    return named(
        view,
        _completed(view, name),
        "indicator-left",
        spans=(view.left,),
        word=word_for(view, name),
        topic=_topic_of(view, name),
    )


def _topic_for(view: View, name: str) -> str:
    """What a bare measure is a measure of; a rate takes only the last word of it."""
    told = view.head or view.subject
    before = view.before.topic if view.before and view.near else ""
    owner = view.owner if len(view.owner) <= _LONGEST_OWNER else ""
    topic = told or owner or before
    return topic[-2:] if len(name) == 3 and matches("ratio-end", name) else topic


def _topic_of(view: View, name: str) -> str:
    return view.before.topic if is_act(name) and view.before and view.near else object_of(name)


def _completed(view: View, name: str) -> str:
    """A ratio with what is done at that ratio: 按研发费用的6%补助."""
    quantity = view.figure.quantity
    if quantity.kind == "ratio" and view.attached and view.figure.role is not Role.BEFORE:
        done = matches("done-at", view.text(view.right))
        name += done["act"] if done else ""
    if view.beside and view.before and len(name) <= 4 and view.raw_name.startswith(_OF_THEM):
        return leading_act(view.before.base) + name
    if is_act(name) and quantity.kind in ("count", "person", "household") and view.before and view.beside:
        return name + view.before.topic
    return name


def word_for(view: View, name: str) -> str:
    quantity = view.figure.quantity
    if name == per_phrase(name):
        return quantity.noun
    if quantity.unit == "%" and not matches("ratio-end", name):
        return "比例"
    if quantity.kind == "money" and is_act(name):
        return "金额"
    return counting_word(name, quantity.kind, quantity.noun)


def _carried(view: View) -> Indicator | None:
    """15户31人: another count of what the figure before counts."""
    if view.before is None or not view.near:
        return None
    base, quantity = view.before.base, view.figure.quantity
    word = "金额" if quantity.kind == "money" and not names_benefit(base) else quantity.noun
    return named(view, base, "indicator-carried", topic=view.before.topic, word=word)


BUILDERS: Final[tuple[Callable[[View], Indicator | None], ...]] = (
    _standard,
    _same,
    _share,
    _times_of,
    _share_right,
    _paid,
    _attributive,
    _within,
    _acting,
    _averaged,
    _left,
    _carried,
)
