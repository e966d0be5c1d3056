"""The vocabulary is closed and the prefixes stand for one namespace each."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.namespaces import DEFAULT_BASE, EDTF, KG, SCHEMES, SKOS, check_base, prefixes
from kg.resources import knowledge_files


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="no term 'isues'"):
        KG.isues  # noqa: B018
    with pytest.raises(AttributeError):
        SKOS["preflabel"]


def test_terms_that_python_reserves_are_read_by_item() -> None:
    assert KG["from"] == KG.iri + "from"
    assert EDTF.EDTF == "http://id.loc.gov/datatypes/edtf/EDTF"


def test_another_base_moves_the_data_and_nothing_else() -> None:
    here, there = prefixes(), prefixes("https://example.org/kg/")
    moved = {prefix for prefix in here if here[prefix] != there[prefix]}
    assert {here[prefix].removeprefix(DEFAULT_BASE) for prefix in moved} == {
        there[prefix].removeprefix("https://example.org/kg/") for prefix in moved
    }
    assert "group" in moved
    assert not moved & {"kg", "ks", "inst", "role", "skos", "org"}


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(prefixes().values())) == len(prefixes())


def test_every_scheme_has_a_prefix() -> None:
    files = {path.stem for path in knowledge_files("vocab/*.ttl")}
    assert files == {*SCHEMES.values(), "group"}


@pytest.mark.parametrize(
    "base", ["http://example.org/", "https://example.org/kg#", "urn:kg:policy/", "https://例.cn/图/"]
)
def test_an_absolute_base_that_ends_in_a_mark_will_do(base: str) -> None:
    check_base(base)


@pytest.mark.parametrize(
    "base",
    ["", "notiri", "/kg/", "example.org/", "https://", "https:///", "https://example.org", "https://example.org/k g/",
     "https://example.org/<k>/", "https://example.org/#k/", "ftp://example.org/", "file:///kg/", "urn:/"],
)  # fmt: skip
def test_what_can_be_no_base_is_refused(base: str) -> None:
    with pytest.raises(InputError, match=r"cannot be the base.*ends in / or #"):
        check_base(base)
