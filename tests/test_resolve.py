"""Resolving: overlaps, names that say the same, and the one entity that comes of them."""

from __future__ import annotations

from kg.extract.page import Mention, Page
from kg.extract.resolve import assemble, settle, unify
from kg.model import EntityType
from kg.reading import article_from_text

BODY, PLACE, GROUP, MECHANISM = (
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
    EntityType.MECHANISM,
)


def mention(kind: EntityType, start: int, end: int, name: str, confidence: float = 0.9, also: str = "") -> Mention:
    return Mention(kind, start, end, name, "test", confidence, also=(also,) if also else ())


def test_the_longer_mention_wins_and_keeps_the_place_inside() -> None:
    body, place, group = mention(BODY, 0, 5, "莒县人社局"), mention(PLACE, 0, 2, "莒县"), mention(GROUP, 2, 4, "人社")
    assert settle([group, place, body]) == [body, place]


def test_of_two_on_the_same_words_the_surer_wins() -> None:
    body, group = mention(BODY, 0, 4, "用人单位", 0.6), mention(GROUP, 0, 4, "用人单位", 0.7)
    assert settle([body, group]) == [group]


def test_crossing_mentions_do_not_both_stand() -> None:
    longer, shorter = mention(MECHANISM, 0, 6, "结对帮扶机制"), mention(GROUP, 4, 8, "机制干部")
    assert settle([shorter, longer]) == [longer]


def test_names_that_say_the_same_are_one_body() -> None:
    short, long = mention(BODY, 0, 5, "岚县人社局"), mention(BODY, 9, 21, "岚县人力资源和社会保障局")
    assert {m.entity for m in unify([short, long])} == {"岚县人力资源和社会保障局"}


def test_the_end_of_exactly_one_name_means_it() -> None:
    team, short = mention(BODY, 0, 5, "驻村工作队"), mention(BODY, 9, 12, "工作队")
    other = mention(BODY, 20, 25, "帮扶工作队")
    assert [m.entity for m in unify([team, short])] == ["驻村工作队"] * 2
    assert [m.entity for m in unify([team, short, other])] == ["驻村工作队", "工作队", "帮扶工作队"]


def test_an_entity_carries_the_other_names_and_a_plain_quote() -> None:
    page = Page(article_from_text("县人社局和莒县人社局是一家。", source="test"))
    short = mention(BODY, 0, 4, "莒县人社局", also="县人社局")
    (entity,) = assemble(page, unify([short, mention(BODY, 5, 10, "莒县人社局")]))
    assert (entity.name, entity.also, entity.evidence.quote) == ("莒县人社局", ("县人社局",), "莒县人社局")


def test_the_end_of_a_mechanism_means_it_only_when_it_tells_enough() -> None:
    long, short, bare = (
        mention(MECHANISM, 0, 8, "职业技能培训补贴"),
        mention(MECHANISM, 9, 13, "培训补贴"),
        mention(MECHANISM, 20, 22, "补贴"),
    )
    assert [m.entity for m in unify([long, short, bare])] == ["职业技能培训补贴", "职业技能培训补贴", "补贴"]


def test_a_measure_and_what_it_is_called_are_one() -> None:
    plain, called = mention(MECHANISM, 0, 4, "脱贫攻坚"), mention(MECHANISM, 9, 14, "脱贫攻坚战")
    assert {m.entity for m in unify([plain, called])} == {"脱贫攻坚战"}
