"""Relation rules: each example of each rule, right entities in and relations out, speed, any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gold import f1, load_gold, parse_marked, relation_keys
from kg.errors import KnowledgeError
from kg.extract import relations
from kg.extract.alphabet import Line
from kg.extract.page import Page
from kg.extract.patterns import find_matches
from kg.model import OBJECTS, SUBJECTS, THIS_ARTICLE, EntityType, Predicate
from kg.reading import article_from_text
from kg.resources import knowledge_text
from kg.rules import Rule

GOLD = Path(__file__).parent.parent / "data" / "gold"
RULES = relations.relation_rules()
HITS = [(rule.name, text, found) for rule in RULES for text, found in rule.hits]
MISSES = [(rule.name, text) for rule in RULES for text in rule.misses]


def found_by(name: str, marked: str) -> set[str]:
    """What one rule finds in a marked text: `subject predicate object`."""
    votes = relations.find_votes(*parse_marked(marked))
    return {" ".join(key) for key, vote in votes.items() if name in vote}


@pytest.mark.parametrize(("rule", "text", "expected"), HITS, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(HITS)])
def test_rule_finds(rule: str, text: str, expected: tuple[str, ...]) -> None:
    assert found_by(rule, text) == set(expected)


@pytest.mark.parametrize(("rule", "text"), MISSES, ids=[f"{name}-{i}" for i, (name, _) in enumerate(MISSES)])
def test_rule_is_silent(rule: str, text: str) -> None:
    assert found_by(rule, text) == set()


def test_every_rule_names_a_predicate_and_every_weight_is_of_a_rule() -> None:
    table = json.loads(knowledge_text("weights/relations.json"))
    assert {rule.label for rule in RULES} == set(table) == {str(predicate) for predicate in Predicate}
    for predicate, weights in table.items():
        weighed = {feature.removeprefix("rule ") for feature in weights if feature.startswith("rule ")}
        assert weighed <= {rule.name for rule in RULES if rule.label == predicate}


@pytest.mark.parametrize(("name", "least"), [("dingyuan", 0.66), ("neimenggu", 0.6)])
def test_right_entities_in_relations_out(name: str, least: float) -> None:
    page, mentions, facts = load_gold(GOLD / f"{name}.txt")
    assert f1(relation_keys(facts), relation_keys(relations.find(page, mentions))) >= least


@pytest.mark.parametrize("name", ["dingyuan", "neimenggu"])
def test_relations_join_the_right_types_and_quote_the_text(name: str) -> None:
    page, mentions, _ = load_gold(GOLD / f"{name}.txt")
    types: dict[str, set[EntityType]] = {}
    for mention in mentions:
        types.setdefault(mention.entity, set()).add(mention.type)
    for relation in relations.find(page, mentions):
        assert types[relation.subject] & SUBJECTS[relation.predicate]
        assert relation.object == THIS_ARTICLE or types[relation.object] & OBJECTS[relation.predicate]
        assert page.text[relation.evidence.start : relation.evidence.end] == relation.evidence.quote != ""
        assert 0 < relation.evidence.confidence <= 1


def test_a_long_article_takes_a_fraction_of_a_second() -> None:
    page, mentions, _ = load_gold(GOLD / "neimenggu.txt")
    start = time.perf_counter()
    list(relations.find(page, mentions))
    assert time.perf_counter() - start < 0.5


def test_the_subject_comes_from_the_heading_when_the_sentence_has_none() -> None:
    page, mentions = parse_marked(
        "春耕工作总结\n一、[包联制度|Mechanism]\n对[贫困户|Group]开展[走访|Mechanism]。\n全年补短板。"
    )
    assert ("走访", "partOf", "包联制度") in relation_keys(relations.find(page, mentions))


def test_all_bodies_at_the_head_of_a_title_issue_the_document() -> None:
    title = (
        "《[[县委|Organisation]、[县政府|Organisation]关于[县水务局|Organisation]改革的意见|PolicyDocument]》已经公开。"
    )
    name = "县委、县政府关于县水务局改革的意见"
    assert found_by("body-in-title", title) == {f"{body} issues {name}" for body in ("县委", "县政府")}


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    page = Page(article_from_text(text, source="any"))
    assert list(relations.find(page, [])) == []


@pytest.mark.parametrize(
    ("pattern", "extra", "problem"),
    [
        ("s:Organisation ... nonsense ... o:Mechanism", {}, "no class of symbols 'nonsense'"),
        ("s:Organisation ... o:Mechanism", {"scope": "chapter"}, "'chapter'"),
        ("Organisation ... Mechanism", {}, "needs one s:"),
        ("s:Organisation %% o:Mechanism", {}, "cannot read the token '%%'"),
    ],
)
def test_a_broken_pattern_is_told_with_its_rule(pattern: str, extra: dict[str, str], problem: str) -> None:
    rule = Rule("broken", "operates", pattern, 0.5, (), (), extra)
    with pytest.raises(KnowledgeError, match=problem) as error:
        list(find_matches(rule, Line(())))
    assert "'broken'" in str(error.value)


def test_a_rule_of_the_head_does_not_read_the_running_text() -> None:
    page, mentions = parse_marked("春耕见闻\n清晨四点，机器已经发动。\n[县民政局|Organisation]\n家家忙春耕。")
    assert all("letterhead-reports" not in votes for votes in relations.find_votes(page, mentions).values())


def test_no_division_is_part_of_one_that_it_does_not_lie_in() -> None:
    page, mentions = parse_marked("[常德市|Place]扶贫见闻\n[湖南省|Place]与[桃源县|Place]、[桂林市|Place]的干部进村。")
    whole = {
        subject for subject, predicate, _ in relation_keys(relations.find(page, mentions)) if predicate == "partOf"
    }
    assert not whole & {"湖南省", "桂林市"}


def test_a_body_before_a_list_of_titles_has_issued_the_first() -> None:
    listed = "根据[国务院|Organisation]《[节水规划|PolicyDocument]》、《[安徽省节水规划|PolicyDocument]》的要求"
    assert found_by("body-then-document", listed) == {"国务院 issues 节水规划"}


def test_a_paper_runs_no_measure_that_it_reports() -> None:
    page, mentions = parse_marked("[三峡晚报|Organisation]讯 今年以来，全县积极开展[巡诊|Mechanism]。")
    assert "operates" not in {predicate for _, predicate, _ in relation_keys(relations.find(page, mentions))}
