"""Whatever text comes in: facts or none, never an exception, every quote an exact and honest slice, in bounded work."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import extract, not_understood
from kg.model import Article, Fact
from kg.reading import article_from_text
from kg.text import LONGEST_SENTENCE, split_sentences

MIXED = Path(__file__).parents[1] / "data" / "gold" / "mixed"
SENTENCES = sorted(
    {
        span.of(text)
        for path in MIXED.glob("[a-d]-*.txt")
        for text in [path.read_text(encoding="utf-8")]
        for span in split_sentences(text)
    }
)
POLICY = "县市省全区村民干部人社局政府印发办法意见《》（）“”，。；：、！？0123456789%.元万户年月日一二十百分之达到\n "
FREELY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(text: str) -> tuple[Article, tuple[Fact, ...]]:
    """Extract and look at every receipt."""
    article = article_from_text(text, source="any")
    facts = extract(article)
    for fact in facts:
        said = fact.evidence
        assert said.quote.strip()
        assert 0 <= said.start < said.end <= len(article.text)
        assert said.quote == article.text[said.start : said.end]
        assert 0 < said.confidence <= 1
    for unread in not_understood(article):
        assert unread.span.of(article.text).strip()
    return article, facts


@FREELY
@given(st.text(max_size=300))
def test_any_text_gives_facts_or_none(text: str) -> None:
    check(text)


@FREELY
@given(st.text(alphabet=st.sampled_from(POLICY), max_size=200))
def test_any_text_of_the_characters_of_policy_gives_facts_or_none(text: str) -> None:
    check(text)


@FREELY
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.sampled_from(["", "\n", "，", " "]))
def test_real_sentences_in_any_order_give_facts_or_none(sentences: list[str], joint: str) -> None:
    check(joint.join(sentences))


@FREELY
@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.integers(0, 80), st.integers(0, 80)), max_size=8))
def test_torn_sentences_give_facts_or_none(parts: list[tuple[str, int, int]]) -> None:
    check("".join(sentence[start : start + length] for sentence, start, length in parts))


HEAD = "定远县促就业\n近年来，全县坚持把就业作为最大的民生。\n"


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("定远县为贫困户发放补贴100元、", 2000),
        ("全县发放补贴100元。\n", 2000),
        ("县政府印发《定远县就业补贴办法》，", 1000),
        ("定远县坚持把就业作为最大的民生", 2000),
        ("一", 30_000),
        ("1", 30_000),
        ("，", 20_000),
        ("县 ", 10_000),
        ("（", 5000),
        ("“", 5000),
        ("《", 5000),
        ("《定远县", 2000),
        ("“定远县", 2000),
    ],
)
@pytest.mark.parametrize("head", ["", HEAD])
def test_a_long_monotonous_text_is_read_in_pieces_of_bounded_length(head: str, piece: str, times: int) -> None:
    article, facts = check(head + piece * times)
    assert all(len(sentence.span) <= LONGEST_SENTENCE for sentence in article.sentences)
    assert len(article.title) <= LONGEST_SENTENCE
    assert len(facts) <= len(article.text) // 4
    assert all(len(fact.evidence.quote) <= 2 * LONGEST_SENTENCE for fact in facts)
