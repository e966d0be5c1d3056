"""What was left out: signals of policy, silent sentences, the account of all numbers, coverage, forms."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract, not_understood
from kg.extract.figures.account import account
from kg.extract.figures.compact import Compact
from kg.extract.figures.sifting import sift
from kg.extract.figures.times import Timeline
from kg.extract.page import Page
from kg.model import Article, Reading, Span
from kg.omissions import Gaps, gaps, gaps_of_store, signals_in
from kg.omissions.report import coverage_line, render
from kg.pipeline import fill, read
from kg.reading import article_from_text
from kg.store import Store, open_store

MIXED = sorted((Path(__file__).parents[1] / "data" / "gold" / "mixed").glob("*.txt"))
TEXT = """安丰县临时救助办法
安丰县民政局为困难群众发放临时救助金500元。
天气一天天热起来。
到2025年，空气明显好转。
凡符合条件的，应当予以照顾。
2024年3月，《安丰县“十百千”行动方案》印发，电话0716-88。
"""


def reading(text: str = TEXT) -> Reading:
    article = article_from_text(text, source="anfeng.txt")
    return Reading(article, extract(article), unread=not_understood(article))


def bare(text: str = TEXT) -> Reading:
    """A reading that took nothing."""
    return Reading(article_from_text(text, source="anfeng.txt"), ())


def sentences(found: Gaps) -> list[str]:
    return [item.span.of(found.article.text) for item in found.silent]


def test_signals_are_found_once_each_the_weightiest_first() -> None:
    assert [signal.extra["en"] for signal in signals_in("到2025年，由县人社局负责发放补贴和补助")] == [
        "who is responsible",
        "payment",
        "time limit",
    ]
    assert signals_in("天气一天天热起来。") == ()


def test_sentences_with_signals_and_without_facts_are_ranked() -> None:
    found = gaps(reading())
    assert sentences(found) == ["凡符合条件的，应当予以照顾。", "到2025年，空气明显好转。"]
    assert [item.weight for item in found.silent] == [5, 2]
    assert found.signalled == 4
    assert found.taken == 1


def test_where_nothing_was_taken_every_sentence_with_signals_is_silent() -> None:
    found = gaps(bare())
    assert len(found.silent) == found.signalled == 4
    assert "天气一天天热起来。" not in sentences(found)


def test_every_number_is_taken_or_listed_with_its_reason() -> None:
    found = gaps(reading())
    text = found.article.text
    assert {(item.span.of(text), item.reason) for item in found.passed} == {
        ("2025年", "date"),
        ("一天", "figure-one-of-something"),
        ("2024年3月", "date"),
        ("《安丰县“十百千”行动方案》", "title"),
        ("“十百千”", "label"),
        ("0716", "no unit"),
        ("88", "no unit"),
    }


def loose_digits(article: Article) -> list[str]:
    """The digits that are neither part of a figure that was taken nor in the account."""
    page = Page(article)
    compact = Compact(page)
    figures, _ = sift(compact.page, Timeline(compact.page).spans)
    held = [compact.back(f.quantity.start, f.quantity.end) for f in figures] + [item.span for item in account(page)]
    inside = {at for span in held for at in range(span.start, span.end)}
    return [
        article.text[at - 5 : at + 5] for at, sign in enumerate(page.wide) if sign in "0123456789" and at not in inside
    ]


@pytest.mark.parametrize("path", MIXED, ids=lambda path: path.stem)
def test_no_digit_of_a_text_is_lost(path: Path) -> None:
    assert loose_digits(article_from_text(path.read_text(encoding="utf-8"), source=path.name)) == []


@given(st.text(alphabet=st.sampled_from("0123456789.%，。：-—《》“”第条元人年月日万个达 \n县办法"), max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_digit_of_any_text_is_lost(text: str) -> None:
    article = article_from_text(text, source="any")
    assert loose_digits(article) == []
    found = gaps(Reading(article, extract(article), unread=not_understood(article)))
    assert found.signalled >= len(found.silent)


def test_a_store_tells_what_its_facts_leave_out(tmp_path: Path) -> None:
    fill(tmp_path / "full", [reading()])
    fill(tmp_path / "bare", [bare()])
    with open_store(tmp_path / "full") as store:
        assert only(store) == gaps(reading())
    with open_store(tmp_path / "bare") as store:
        assert only(store).signalled == len(only(store).silent)


def only(store: Store) -> Gaps:
    (found,) = gaps_of_store(store)
    return found


def test_coverage_is_told_in_one_line() -> None:
    assert coverage_line([gaps(reading())], lang="en").startswith(
        "Of 4 sentences with signals of policy, 2 gave facts (50.0%); of 1 figures, 1 were understood (100.0%)."
    )
    assert coverage_line([gaps(bare("床前明月光\n疑是地上霜"))], lang="zh") == ""


def test_every_form_in_both_languages() -> None:
    found = [gaps(reading())]
    table = render(found)
    assert "没有读出事实的句子 · 2" in table
    assert "责任分工" not in table
    assert "· 1/2" in render(found, limit=1)
    assert "| 5 | anfeng.txt | line 5 | duty/whom it is for | 凡符合条件的，应当予以照顾。 |" in render(
        found, "md", lang="en"
    )
    assert "in the title of a document" in render(found, "md", lang="en", every=True)
    record = json.loads(render(found, "json", every=True))
    assert record["covered"][0] == {"covered_what": "signalled", "all": 4, "covered_taken": 2, "share": 50.0}
    assert record["silent"][0]["signals"] == "signal-duty signal-addressed"
    assert {row["reason"] for row in record["numbers"]} == {
        "date",
        "title",
        "label",
        "no unit",
        "figure-one-of-something",
    }
    assert render(found, "csv", lang="en") == render(found, "csv")


def test_a_sentence_of_a_word_file_is_found_by_its_paragraph(notice: Path) -> None:
    found = replace(read(notice), facts=())
    assert "| notice.docx | 第9段 |" in render([gaps(found)], "md")
    assert "| notice.docx | paragraph 9 |" in render([gaps(found)], "md", lang="en")
    assert '"where": "paragraph 9"' in render([gaps(found)], "json")


def test_a_rule_that_passed_a_number_over_is_named() -> None:
    found = gaps(reading("安丰县人社局提高标准\n企业每新吸纳1名脱贫劳动力就业，发放补贴1000元。"))
    assert "figure-for-each" in render([found], lang="en")
    assert [item.span for item in found.unread] == [Span(17, 19)]
