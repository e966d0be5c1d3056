"""Search: what is found by which words, in which order, and that the index goes with the graph."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.collection import add
from kg.commands import main
from kg.errors import UnknownName
from kg.finding import Hit, hits
from kg.finding.forms import fold, sounds
from kg.graph import to_ntriples, vocabulary_ntriples
from kg.model import Article, Entity, EntityType, Evidence, Predicate, Reading, Relation
from kg.names import names
from kg.namespaces import KG, RDF
from kg.store import Store, create_store, open_store
from kg.store.terms import to_plain

NAMES = {
    "国务院办公厅": (EntityType.ORGANISATION, ("国办",)),
    "定远县": (EntityType.PLACE, ()),
    "重庆市": (EntityType.PLACE, ()),
    "单县": (EntityType.PLACE, ()),
    "六安市": (EntityType.PLACE, ()),
    "村干部": (EntityType.GROUP, ()),
    "村干部家属": (EntityType.GROUP, ("村官家属",)),
    "驻村干部": (EntityType.GROUP, ()),
    "报酬补贴": (EntityType.MECHANISM, ("村干部补贴",)),
    "5G基站建设": (EntityType.MECHANISM, ()),
}
SAID = "定远县为村干部发放报酬补贴，受到群众欢迎"


def reading(number: int, names: tuple[str, ...]) -> Reading:
    text = "，".join(names) + "。" + SAID
    facts: list[Entity | Relation] = []
    for name in names:
        start = text.index(name)
        type, also = NAMES[name]
        facts.append(Entity(type, name, Evidence(name, start, start + len(name), "reader", 1.0), also=also))
    if "报酬补贴" in names:
        said = Evidence(SAID, len(text) - len(SAID), len(text), "reader", 1.0)
        facts.append(Relation("报酬补贴", Predicate.TARGETS, "村干部", said))
    return Reading(Article(id=f"{number:016x}", source=f"{number}.txt", text=text, title=f"第{number}篇"), tuple(facts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "store"
    readings = [reading(1, tuple(NAMES)), reading(2, ("驻村干部", "定远县")), reading(3, ("驻村干部",))]
    with create_store(path) as draft:
        draft.load(vocabulary_ntriples(draft.base))
        draft.load(line for one in readings for line in to_ntriples(one, base=draft.base))
    return path


@pytest.fixture
def store(folder: Path) -> Store:
    return open_store(folder)


def found(store: Store, text: str, **options: object) -> dict[str, Hit]:
    return {hit.label: hit for hit in hits(store, text, limit=1000, **options)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "label", "how"),
    [
        ("村干部", "村干部", "name"),
        ("村干", "村干部", "beginning"),
        ("國務院辦公廳", "国务院办公厅", "name"),
        ("《国务院 办公厅》", "国务院办公厅", "name"),
        ("国办", "国务院办公厅", "alias"),
        ("gwybgt", "国务院办公厅", "pinyin"),
        ("GWYB", "国务院办公厅", "pinyin"),
        ("guo wu yuan", "国务院办公厅", "pinyin"),
        ("chongqing", "重庆市", "pinyin"),
        ("cqs", "重庆市", "pinyin"),
        ("luan", "六安市", "pinyin"),
        ("shanxian", "单县", "pinyin"),
        ("dx", "单县", "pinyin"),
        ("办公", "国务院办公厅", "part"),
        ("村官", "村干部家属", "alias"),
        ("5g", "5G基站建设", "beginning"),
        ("厅", "国务院办公厅", "part"),
        ("群众欢迎", "报酬补贴", "quote"),
        ("補貼，受到", "报酬补贴", "quote"),
    ],
)
def test_a_thing_is_found(store: Store, text: str, label: str, how: str) -> None:
    assert found(store, text)[label].how == how


def test_the_best_reason_comes_first_then_what_is_mentioned_most(store: Store) -> None:
    got = [(hit.label, hit.how) for hit in hits(store, "村干部") if hit.facts]
    assert got == [
        ("村干部", "name"),
        ("村干部家属", "beginning"),
        ("报酬补贴", "alias"),
        ("驻村干部", "part"),
    ]
    ranked = [hit.label for hit in hits(store, "县") if hit.facts]
    assert ranked == ["定远县", "单县", "村干部", "报酬补贴"]


def test_a_hit_tells_its_alias_its_quote_and_its_facts(store: Store) -> None:
    paid = found(store, "村干部补贴")["报酬补贴"]
    assert (paid.alias, paid.quote, paid.facts) == ("村干部补贴", SAID, 2)
    assert found(store, "受到群众")["报酬补贴"].quote == SAID
    assert found(store, "村干部")["村干部"].alias == ""


def test_types_and_limit(store: Store) -> None:
    assert {hit.types for hit in found(store, "村干部", types=["Mechanism"]).values()} == {("Mechanism",)}
    assert len(hits(store, "村干部", limit=2)) == 2
    with pytest.raises(UnknownName, match="Mechanism"):
        hits(store, "村", types=["Mechanisms"])


@pytest.mark.parametrize("text", ["", "  ", "，。", '"', "*", "label : x", "'; DROP", "\x00", "\ue000", "不在其中的字"])
def test_what_finds_nothing_finds_nothing(store: Store, text: str) -> None:
    assert hits(store, text) == ()


def test_every_run_of_every_name_and_quote_is_found(store: Store) -> None:
    """Against the plain way: looking whether the words stand in each label, alias and quote."""
    texts = [(str(name.iri), fold(name.label)) for name in names(store)]
    known = {iri for iri, _ in texts}
    quotes = {fact: fold(str(to_plain(term))) for fact, _, term in store.triples(None, KG.quote)}
    for end in (RDF.subject, RDF.object):
        texts += [(str(to_plain(node)), quotes[fact]) for fact, _, node in store.triples(None, end) if fact in quotes]
    dice = random.Random(1)
    for text in map(fold, (*NAMES, *[SAID] * 20)):
        start = dice.randrange(len(text))
        run = text[start : start + dice.randrange(1, 8)]
        wanted = {iri for iri, whole in texts if run in whole} & known
        by_sound = {hit.iri for hit in hits(store, run, limit=10_000) if hit.how == "pinyin"}
        assert {str(hit.iri) for hit in hits(store, run, limit=10_000)} - by_sound == wanted - by_sound


def test_an_index_goes_with_the_graph(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("莒县见闻\n莒县人社局启动“春风送岗”行动，惠及返乡农民工3.4万人。", encoding="utf-8")
    add(tmp_path / "s", [text])
    with open_store(tmp_path / "s") as before:
        assert "莒县" in found(before, "莒县")
        assert found(before, "定远") == {}
        text.write_text("定远县见闻\n定远县委出台《驻村干部管理办法》。", encoding="utf-8")
        add(tmp_path / "s", [text])
        assert found(before, "定远") == {}
    with open_store(tmp_path / "s") as after:
        assert "定远县" in found(after, "定远")
        assert not any(hit.facts for hit in found(after, "莒县").values())


def test_a_store_that_nobody_may_write_is_searched_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(folder) as store:
        monkeypatch.setattr(store, "generation", folder / "not" / "there")
        assert "村干部" in found(store, "村干部")


def test_readings_that_a_name_leaves_open_are_all_kept() -> None:
    assert {"shanxian", "danxian", "sx", "dx"} <= set(sounds("单县"))
    assert list(sounds("ABC")) == []


def test_rows_as_people_see_them(store: Store) -> None:
    rows = kg.search(store, "国办", lang="en")
    assert rows.columns == ("Name", "Type", "Found by", "Quote", "Facts")
    assert rows.rows == (("国务院办公厅", "Organisation", "alias 国办", "国务院办公厅", 1),)


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_the_command(folder: Path, form: str) -> None:
    done = CliRunner().invoke(main, ["search", "gwybgt", "--store", str(folder), "--format", form])
    assert done.exit_code == 0
    assert "国务院办公厅" in done.output
    assert form != "json" or json.loads(done.output)[0]["匹配"] == "拼音"


def test_the_command_finds_nothing(folder: Path) -> None:
    done = CliRunner().invoke(main, ["search", "zzzz", "--store", str(folder), "--lang", "en"])
    assert (done.exit_code, done.output) == (0, "No rows.\n")
