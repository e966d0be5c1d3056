"""Free wording finds its question: Chinese or English, with the names set aside first."""

from __future__ import annotations

import pytest

from kg.errors import UnknownName
from kg.matching import match, names_in
from kg.names import Named
from kg.questions import Question, questions
from kg.tables import Iri

NAMES = [
    Named("驻村干部", frozenset({"Group"}), Iri("g:1")),
    Named("村干部", frozenset({"Group"}), Iri("g:2")),
    Named("Resident village workers", frozenset({"Group"}), Iri("g:1")),
    Named("定远县", frozenset({"Place"}), Iri("p:1")),
    Named("内蒙古自治区", frozenset({"Place"}), Iri("p:2")),
    Named("培训", frozenset({"Mechanism"}), Iri("m:1")),
    Named("抓党建促脱贫攻坚工作方案", frozenset({"PolicyDocument"}), Iri("d:1")),
    Named("贫困人口", frozenset({"Group"}), Iri("g:3")),
    Named("贫困人口", frozenset({"Indicator"}), Iri("i:3")),
]


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("哪些政策影响驻村干部？", "policies-for-group", {"group": "g:1"}),
        ("驻村干部能享受哪些政策", "policies-for-group", {"group": "g:1"}),
        ("Which policies affect resident village workers?", "policies-for-group", {"group": "g:1"}),
        ("定远县为驻村干部做了什么？", "place-for-group", {"place": "p:1", "group": "g:1"}),
        ("《抓党建促脱贫攻坚工作方案》是谁印发的？", "who-issued-what", {"document": "d:1"}),
        ("培训由谁负责实施？", "who-runs", {"mechanism": "m:1"}),
        ("定远县和内蒙古自治区有哪些共有的机制", "shared-mechanisms", {"place": "p:1", "other": "p:2"}),
        ("贫困人口前后有什么变化？", "before-and-after", {"indicator": "i:3"}),
        ("哪些文件没有写明发文机关？", "documents-without-issuer", {}),
        ("Who issued what?", "who-issued-what", {}),
        ("Groups named but reached by no policy", "unreached-groups", {}),
        ("内蒙古和定远县都惠及哪些群体？", "groups-in-both", {"place": "p:2", "other": "p:1"}),
    ],
)
def test_wordings_find_their_question(text: str, question: str, values: dict[str, str]) -> None:
    found = match(text, NAMES)
    assert (found.question.name, {k: v.iri for k, v in found.values.items()}) == (question, values)


def test_a_longer_name_hides_the_shorter_one_inside_it() -> None:
    assert [name.label for name in names_in("哪些政策影响驻村干部", NAMES)] == ["驻村干部"]


def test_what_is_no_question_is_refused_with_a_way_out() -> None:
    with pytest.raises(UnknownName, match="kg ask"):
        match("今天天气怎么样", NAMES)


@pytest.mark.parametrize("asked", questions().values(), ids=lambda asked: asked.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_title_finds_its_own_question(asked: Question, lang: str) -> None:
    assert match(asked.title[lang], []).question.name == asked.name


def test_what_was_not_used_is_told() -> None:
    assert match("定远县哪些政策影响驻村干部？", NAMES).unused == ("定远县",)
    assert match("火星上的驻村干部能享受哪些政策？", NAMES).unused == ("火星上",)
    assert match("哪些政策影响驻村干部？", NAMES).unused == ()


def test_a_single_word_is_no_question() -> None:
    with pytest.raises(UnknownName):
        match("什么", NAMES)
