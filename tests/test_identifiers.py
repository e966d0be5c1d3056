"""IRIs are legal, readable, and the same for the same thing."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identifiers import (
    clean_name,
    digest,
    format_decimal,
    mint_claim,
    mint_entity,
    mint_extractor,
    mint_indicator,
    mint_inference,
    mint_observation,
)
from kg.model import EntityType

BASE = "https://example.org/kg/"


@settings(deadline=None)
@given(st.text(), st.sampled_from(EntityType), st.none() | st.text())
def test_any_name_gives_a_legal_iri(name: str, type: EntityType, scope: str | None) -> None:
    iri = mint_entity(type, name, scope=scope, base=BASE)
    local = iri.rpartition("/")[2]
    line = f"<{iri}> <{iri}> <{iri}> .".encode()
    assert [triple.subject.value for triple in ox.parse(line, format=ox.RdfFormat.N_TRIPLES)] == [iri]
    assert local
    assert all(sign.isalnum() or sign in "_~" for sign in local)
    assert urlsplit(iri).path.count("/") == 3
    assert iri == mint_entity(type, name, scope=scope, base=BASE)


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_hashes_tell_where_one_part_ends(left: str, right: str) -> None:
    assert digest(left, right) == digest(left, right)
    assert digest(left, right) != digest(left + right)
    assert digest(left[:-1], left[-1:] + right) != digest(left, right)


def test_parts_of_a_hash_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("1:a") != digest("1", "a")


@pytest.mark.parametrize(
    ("left", "right"),
    [("“两学一做”学习教育", "两学一做学习教育"), ("ＡＢＣ计划", "abc计划"), ("办法(试行)", "办法（试行）")],
)
def test_quotation_marks_width_and_case_make_no_other_thing(left: str, right: str) -> None:
    assert clean_name(left) == clean_name(right)


def test_long_names_are_cut_and_told_apart() -> None:
    names = ["推进" * 60 + end for end in "甲乙"]
    cleaned = [clean_name(name) for name in names]
    assert len(set(cleaned)) == 2
    assert all(len(name) == 89 for name in cleaned)


def test_a_name_without_letters_has_an_address_too() -> None:
    assert clean_name("***") != clean_name("……")
    assert clean_name("***").startswith("~")


def test_a_scope_tells_homonyms_apart_and_is_not_repeated() -> None:
    mechanism = EntityType.MECHANISM
    assert mint_entity(mechanism, "培训", scope="定远县") != mint_entity(mechanism, "培训", scope="莒县")
    assert mint_entity(mechanism, "定远县培训", scope="定远县").endswith("/mech/定远县培训")


def test_groups_are_the_same_everywhere() -> None:
    assert mint_entity(EntityType.GROUP, "村干部", scope="定远县") == mint_entity(EntityType.GROUP, "村干部")


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_number_has_one_spelling(value: Decimal) -> None:
    spelt = format_decimal(value)
    assert Decimal(spelt) == value
    assert spelt == format_decimal(Decimal(spelt)) == format_decimal(Decimal(f"{value:f}0"))
    assert "e" not in spelt.lower()


def test_facts_differ_by_what_they_say_and_by_who_says_it() -> None:
    said = ("article", "s", "p", "o", "quote")
    assert mint_claim("rules", *said) == mint_claim("rules", *said)
    assert len({mint_claim("rules", *said), mint_claim("reader", *said), mint_claim("rules", *said[:-1], "Quote")}) == 3
    assert mint_observation("rules", "a", "人数", Decimal("5.0"), ("人",)) == mint_observation(
        "rules", "a", "人数", Decimal(5), ("人",)
    )
    assert mint_inference("r", "s", "p", "o") != mint_inference("r", "s", "p", "o", "via")


def test_the_base_is_a_choice() -> None:
    assert mint_indicator("贫困人口", base=BASE) == BASE + "indicator/贫困人口"
    assert mint_extractor("rules", base=BASE) == BASE + "extractor/rules"
