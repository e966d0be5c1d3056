"""Names that stand in front of their figure, with the topic where they are a bare measure, verb or kind."""

from __future__ import annotations

from ...model import Role
from .phrases import (
    counting_word,
    form,
    is_act,
    is_rate,
    leading_act,
    matches,
    names_benefit,
    object_of,
    per_phrase,
    without_change,
)
from .quantities import PERCENT
from .views import Indicator, View, named

_LONGEST_OWNER, _LONGEST_KIND, _LONGEST_TOPIC = 8, 6, 5
_LED = 4
"""A longer name tells enough by itself."""
_RATE = 3
"""The length of a word like 入住率, before which only a short topic reads well."""
_BACK = 60
"""How far before a term of validity the document names itself."""


def averaged(view: View) -> Indicator | None:
    """户均68万元: the figure before, per head."""
    if view.before is None or not view.near or not matches("average", view.text(view.left)):
        return None
    base = view.before.base if view.figure.quantity.kind == "money" and view.beside else view.before.topic
    return named(view, view.text(view.left) + base, "indicator-averaged", spans=(view.left,), topic=view.before.topic)


def elsewhere(view: View) -> Indicator | None:
    """白草坡镇14名: the figure before, for another place."""
    if view.before is None or not view.beside or not matches("place-only", view.name):
        return None
    return named(view, view.before.base, "indicator-elsewhere", spans=(view.left,), topic=view.before.topic)


def measure(view: View) -> Indicator | None:
    """入住率92%, 有效期2年: a measure that needs to be told of what."""
    name = view.name
    topic = _document(view) if matches("document-term", name) else _topic(view, name)
    if not is_rate(name) or matches("tells-itself", name) or not topic or name[:2] in topic:
        return None
    return named(view, topic + name, "indicator-measure", spans=(view.left,), topic=topic)


def act_of(view: View) -> Indicator | None:
    """惠及1.92万人: a bare verb, with what does it."""
    if not view.owner or view.beside or not is_act(view.name):
        return None
    owner = view.owner.removesuffix(view.name)
    word = word_for(view, view.name)
    return named(view, owner + view.name, "indicator-act-of", spans=(view.left,), topic=view.owner, word=word)


def kind_of(view: View) -> Indicator | None:
    """其中男性30名, 庭院经济类：改造面积: a kind of what the head or the figure before names."""
    name = view.name
    if not name:
        return None
    if matches("kind-end", view.head) and len(name) <= _LONGEST_KIND and not view.head.startswith(name):
        return named(view, view.head + name, "indicator-kind", spans=(view.left,), word=word_for(view, name))
    if matches("kind-end", name) and view.figure.quantity.kind == "money" and (given := view.benefit):
        return named(view, name + given, "indicator-kind", spans=(view.left,), topic=given)
    if not matches("kind-end", name) or view.before is None or not view.near:
        return None
    topic = view.before.topic
    full = topic + name if is_act(topic) else name + topic
    return named(view, full, "indicator-kind", spans=(view.left,), topic=topic)


def words_before(view: View) -> Indicator | None:
    """开展培训26期: the words in front of the figure."""
    name = view.name
    if view.figure.quantity.kind == "period" and (hit := matches("term-of", name) or matches("last-condition", name)):
        name = hit["name"]
    if not name:
        return None
    if view.figure.role is Role.CHANGE and view.figure.quantity.unit != PERCENT:
        name = without_change(name)
    topic = view.before.topic if is_act(name) and view.before and view.near else object_of(name)
    full, word = _led(view, _completed(view, name)), word_for(view, name)
    told = view.right.end if view.figure.quantity.kind == "ratio" and view.attributive else 0
    return named(view, full, "indicator-before", spans=(view.left,), word=word, topic=topic, reach=told)


def carried(view: View) -> Indicator | None:
    """15户31人: another count of what the figure before counts."""
    if view.before is None or not view.near:
        return None
    base, quantity = view.before.base, view.figure.quantity
    word = form("money") if quantity.kind == "money" and not names_benefit(base) else quantity.noun
    return named(
        view, base, "indicator-carried", topic=view.before.topic, word="" if matches("measure-end", base) else word
    )


def word_for(view: View, name: str) -> str:
    """The word that makes a name the name of this kind of figure: 人数, 期数, 比例, 金额, or none."""
    quantity = view.figure.quantity
    if (per := per_phrase(name)) and name.endswith(per):
        return quantity.noun
    if quantity.unit == PERCENT and not matches("ratio-end", name) and without_change(name) == name:
        return form("percentage")
    if quantity.kind == "money" and is_act(name):
        return form("money")
    return counting_word(name, quantity.kind, quantity.noun)


def _document(view: View) -> str:
    """What a text calls itself before it says how long it holds: 本通知自…起施行，有效期2年."""
    hit = matches("this-document", view.wide[max(0, view.raw.start - _BACK) : view.raw.start])
    return hit["name"] if hit else ""


def _topic(view: View, name: str) -> str:
    """What a bare measure is a measure of; a rate takes only the last words of it."""
    owner = view.owner if len(view.owner) <= _LONGEST_OWNER else ""
    before = view.before.topic if view.before and view.near else ""
    topic = view.head or view.subject or (before if view.follows else "") or owner or before
    rate = len(name) == _RATE and matches("ratio-end", name)
    return topic[-4:] if rate and len(topic) > _LONGEST_TOPIC else topic


def _shared_verb(view: View, name: str) -> str:
    """The verb of the item before in a list: 改造棚户区16套、老旧小区65个."""
    if view.before is None or not view.follows_mark or object_of(name) != name or is_act(name):
        return ""
    return view.before.base.removesuffix(object_of(view.before.base))


def _led(view: View, name: str) -> str:
    """A short name with the arrangement in which the clause before ends: 强村贷单笔授信."""
    kind = view.figure.quantity.kind
    told = leading_act(name) or per_phrase(name) or view.lead[-2:] in name
    alone = kind != "period" and not told and (kind != "money" or object_of(name) == name)
    return view.lead + name if alone and len(name) <= _LED and len(view.lead) <= _LONGEST_OWNER else name


def _completed(view: View, name: str) -> str:
    """The name with what else the clause says: what is done at a ratio, the verb of the whole, its object."""
    quantity = view.figure.quantity
    if quantity.kind == "ratio" and view.attached and view.figure.role is not Role.BEFORE:
        done = matches("done-at", view.text(view.right))
        name += done["act"] if done else ""
    if view.before is None or not view.beside:
        return name
    if len(name) <= 4 and matches("of-them", view.raw_name):
        return leading_act(view.before.base) + name
    counted = quantity.kind in ("count", "person", "household")
    return name + view.before.topic if is_act(name) and counted else _shared_verb(view, name) + name
