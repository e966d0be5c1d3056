"""Documents: full titles, the article's own heading, and short forms that mean one of them."""

from __future__ import annotations

from kg.extract import documents
from kg.extract.page import Page
from kg.reading import article_from_text


def names(text: str) -> list[tuple[str, str]]:
    """Every mention as (the words of the text, the document meant)."""
    page = Page(article_from_text(text, source="test"))
    mentions = sorted(documents.find(page), key=lambda m: m.start)
    return list(dict.fromkeys((page.wide[m.start : m.end], m.name) for m in mentions))


def test_a_nested_title_is_a_document_of_its_own() -> None:
    text = "印发《关于转发〈县级储备粮管理办法〉的通知》。"
    assert [name for _, name in names(text)] == ["关于转发〈县级储备粮管理办法〉的通知", "县级储备粮管理办法"]


def test_words_of_a_title_are_no_documents() -> None:
    assert [name for _, name in names("根据《中华人民共和国宪法》制定。")] == ["中华人民共和国宪法"]


def test_this_document_is_the_heading_even_after_other_titles() -> None:
    text = "镇巴县人民政府工作规则\n一、参照《汉中市人民政府工作规则》，制定本规则。"
    assert ("本规则", "镇巴县人民政府工作规则") in names(text)


def test_a_short_title_means_the_nearest_before() -> None:
    text = "市里印发《门诊保障实施细则》。县里印发《住院保障实施细则》。《细则》自5月起施行。"
    assert ("《细则》", "住院保障实施细则") in names(text)


def test_a_short_title_without_a_full_one_is_left_alone() -> None:
    assert names("《办法》自5月起施行。") == []


def test_a_literal_title_is_kept_beside_the_tidy_name() -> None:
    page = Page(article_from_text("出台《生育支持办法(试行)》。", source="test"))
    (mention,) = {m.name: m for m in documents.find(page)}.values()
    assert mention.name == "生育支持办法（试行）"
    assert mention.also == ("生育支持办法(试行)",)


def test_a_notice_goes_by_its_whole_line_as_well() -> None:
    text = "于都县人民政府办公室关于印发《于都县救助供养实施办法》的通知\n于府办发〔2018〕33号\n各乡镇：\n请遵照执行。"
    mentions = documents.find(Page(article_from_text(text, source="test")))
    notice = next(m for m in mentions if m.rule == "document-wrapper")
    assert notice.name == "关于印发《于都县救助供养实施办法》的通知"
    assert notice.also == ("于都县人民政府办公室关于印发《于都县救助供养实施办法》的通知",)


def test_a_notice_without_inner_marks_wraps_a_document() -> None:
    text = "《国务院关于印发打赢蓝天保卫战三年行动计划的通知》提出"
    assert [name for _, name in names(text)] == [
        "国务院关于印发打赢蓝天保卫战三年行动计划的通知",
        "打赢蓝天保卫战三年行动计划",
    ]
