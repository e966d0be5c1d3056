"""Details of documents: every hit and miss of the rules, and which document a detail belongs to."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import NAMED, Detail, Entity, Property
from kg.reading import article_from_text
from kg.rules import Rule, rules

NOTICE = """\
桃源县教育局
关于印发《桃源县就业见习管理细则》的通知
桃教发〔2025〕17号
各乡镇学校，县直有关单位：
现将《桃源县就业见习管理细则》印发你们，请遵照执行。
桃源县教育局
2025年6月18日
桃源县就业见习管理细则
第一条 为规范见习，制定本细则。
第二条 本细则自2025年7月1日起施行，有效期3年。《桃源县见习办法》同时废止。
"""


def details(text: str) -> list[Detail]:
    return [fact for fact in extract(article_from_text(text, source="test")) if isinstance(fact, Detail)]


@pytest.mark.parametrize(
    ("rule", "hit"), [pytest.param(r, h, id=f"{r.name}-{n}") for r in rules("details") for n, h in enumerate(r.hits)]
)
def test_a_hit_is_found(rule: Rule, hit: tuple[str, tuple[str, ...]]) -> None:
    text, expected = hit
    assert sorted(d.value for d in details(text) if d.evidence.rule == rule.name) == sorted(expected)


@pytest.mark.parametrize(
    ("rule", "text"), [pytest.param(r, t, id=f"{r.name}-{n}") for r in rules("details") for n, t in enumerate(r.misses)]
)
def test_a_miss_is_left_alone(rule: Rule, text: str) -> None:
    assert not [d for d in details(text) if d.evidence.rule == rule.name]


def test_a_detail_belongs_to_the_document_that_its_sentence_names() -> None:
    said = {(d.document, d.property, d.value) for d in details(NOTICE)}
    inner = "桃源县就业见习管理细则"
    assert (inner, Property.IN_FORCE_FROM, "2025-07-01") in said
    assert (inner, Property.VALID_FOR, "P3Y") in said
    cover = "关于印发《桃源县就业见习管理细则》的通知"
    assert (cover, Property.NUMBER, "桃教发〔2025〕17号") in said
    assert (cover, Property.DATED, "2025-06-18") in said
    assert (inner, Property.REPEALS, "桃源县见习办法") in said


def test_every_quote_is_a_slice_and_every_named_value_an_entity() -> None:
    article = article_from_text(NOTICE, source="test")
    facts = extract(article)
    names = {(fact.type, fact.name) for fact in facts if isinstance(fact, Entity)}
    found = [fact for fact in facts if isinstance(fact, Detail)]
    assert found
    for detail in found:
        said = detail.evidence
        assert article.text[said.start : said.end] == said.quote != ""
        assert detail.property not in NAMED or {(t, detail.value) for t in NAMED[detail.property]} & names


def test_a_report_has_no_number_of_its_own() -> None:
    assert not details("莒县推出新办法\n本报讯 县里按照莒政发〔2023〕5号文件办理。")


def test_a_law_named_in_a_title_is_not_what_takes_effect() -> None:
    name = "吉林省实施〈中华人民共和国就业促进法〉办法"
    text = f"公告\n《{name}》已经通过，现予公布，自2024年10月1日起施行。"
    assert {(d.document, d.value) for d in details(text) if d.property is Property.IN_FORCE_FROM} == {
        (name, "2024-10-01")
    }
