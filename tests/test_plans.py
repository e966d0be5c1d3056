"""The marks in the text of a question: values inside its parts, lines for what is given, parts apart, the order."""

from __future__ import annotations

import pytest

from kg.plans import conditions, filled, mentions, sorting

TEXT = """SELECT ?x {
  # with area: ?x kg:within? $area .
  { SELECT * { ?x kg:unit ?unit } }
  { SELECT DISTINCT ?x { ?x kg:of $area } }
}"""


@pytest.mark.parametrize(
    ("clause", "order"),
    [
        (" ORDER BY ?x\n", (("x", False),)),
        (" ORDER BY DESC(?n) ?x ASC(?y)", (("n", True), ("x", False), ("y", False))),
    ],
)
def test_the_last_order_is_taken_off(clause: str, order: tuple[tuple[str, bool], ...]) -> None:
    assert sorting("SELECT ?x { ?x ?p ?o }" + clause) == ("SELECT ?x { ?x ?p ?o } ", order)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x ?p ?o }",
        "SELECT ?x { ?x ?p ?o } ORDER BY (?o + 1)",
        "SELECT ?x { ?x ?p ?o } ORDER BY ?x LIMIT 3",
        "SELECT ?x { { SELECT ?x { ?x ?p ?o } ORDER BY ?x } }",
    ],
)
def test_an_order_of_another_kind_stays_with_the_engine(text: str) -> None:
    assert sorting(text) == (text, ())


def test_without_values_the_text_stays_as_it_is() -> None:
    assert filled(TEXT, {}, narrowed=False) == TEXT


def test_a_value_stands_in_every_part_and_opens_its_line_and_the_parts_apart() -> None:
    assert filled(TEXT, {"area": "<urn:a>"}, narrowed=True).splitlines()[1:4] == [
        "  ?x kg:within? <urn:a> .",
        "  { { ?x kg:unit ?unit } }",
        "  { SELECT DISTINCT ?x { ?x kg:of <urn:a> } }",
    ]


def test_a_needed_value_leaves_parts_apart() -> None:
    assert "SELECT * " in filled(TEXT, {"area": "<urn:a>"}, narrowed=False)


def test_a_variable_is_mentioned_under_its_whole_name() -> None:
    assert mentions("{ ?area a kg:Place }", "area")
    assert not mentions("{ ?areas kg:within $area }", "area")


def test_lines_wait_for_names() -> None:
    assert conditions(TEXT) == {"area"}
