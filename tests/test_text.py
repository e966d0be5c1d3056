"""Widening never changes the length; splitting gives spans that lie in the text and lose nothing but blanks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text import LONGEST_SENTENCE, split_clauses, split_sentences, tidy_name, title_name, widen

TEXTS = st.text(alphabet=st.sampled_from("县的干部。，,；;：:！？!?\n \t　（(《〈<”“ab12.%％"), max_size=60)


@given(st.text(max_size=80))
def test_widening_keeps_the_length_and_settles(text: str) -> None:
    assert len(widen(text)) == len(text)
    assert widen(widen(text)) == widen(text)


@given(TEXTS)
def test_sentences_cover_all_but_blanks_in_order(text: str) -> None:
    spans = list(split_sentences(text))
    kept = "".join("".join(span.of(text).split()) for span in spans)
    assert kept == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_clauses_lie_in_their_sentence(text: str) -> None:
    wide = widen(text)
    for sentence in split_sentences(wide):
        for clause in split_clauses(wide, sentence):
            assert sentence.start <= clause.start <= clause.end <= sentence.end


def test_sentences_keep_their_closing_marks() -> None:
    text = "他说：“好。”然后走了。\n第二行"
    assert [span.of(text) for span in split_sentences(text)] == ["他说：“好。”", "然后走了。", "第二行"]


def test_clauses_drop_their_marks() -> None:
    wide = "一是建机制，二是抓培训；三是促就业。"
    assert [c.of(wide) for c in split_clauses(wide, Span(0, len(wide)))] == ["一是建机制", "二是抓培训", "三是促就业"]


def test_names_lose_quotation_marks_and_titles_only_their_outer_ones() -> None:
    assert tidy_name("“一村一策”、") == "一村一策"
    assert title_name("《关于落实<条例>的“十条”意见》") == "关于落实〈条例〉的“十条”意见"


@pytest.mark.parametrize(
    "pattern", ["发放补贴100元、", "发放补贴100元，发放补助、", "一，二；三、", "的", "补贴1,000元", "  、"]
)
def test_a_text_without_ends_of_sentences_is_cut_at_its_strongest_pauses(pattern: str) -> None:
    text = pattern * 2000
    spans = list(split_sentences(text))
    kept = "".join(span.of(text) for span in spans)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert all(0 < span.end - span.start <= LONGEST_SENTENCE for span in spans)
    assert len(spans) <= 2 * len(text) // LONGEST_SENTENCE + 1
    strongest = next((mark for mark in "；，、" if mark in pattern), "")
    assert all(span.of(text).endswith(strongest) for span in spans[:-1])


def test_a_sentence_of_common_length_is_never_cut() -> None:
    text = "发放补贴，" * (LONGEST_SENTENCE // 5)
    assert [span.of(text) for span in split_sentences(text)] == [text]
