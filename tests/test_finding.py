"""Search: what is found by which words, in which order, and that the index goes with the graph."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg import holdings
from kg.collection import add
from kg.commands import main
from kg.errors import UnknownName
from kg.finding import Hit, hits
from kg.finding.forms import fold, sounds
from kg.finding.index import FILE
from kg.graph import to_ntriples, vocabulary_ntriples
from kg.holdings import enter
from kg.identifiers import mint_article, mint_run
from kg.model import Article, Entity, EntityType, Evidence, Predicate, Reading, Relation
from kg.names import names
from kg.namespaces import KG, RDF
from kg.pipeline import fill, read_facts
from kg.store import Store, change_store, create_store, open_store
from kg.store.layout import CHANGES
from kg.store.terms import to_plain
from kg.wording import LANGUAGES

GOLD = Path(__file__).parents[1] / "data" / "gold"

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
    if {"报酬补贴", "村干部"} <= set(names):
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
    (folder / FILE).unlink(missing_ok=True)
    with open_store(folder) as store:
        monkeypatch.setattr(store, "generation", folder / "not" / "there")
        assert "村干部" in found(store, "村干部")
    assert not (folder / FILE).exists()


def put(folder: Path, *readings: Reading) -> None:
    with change_store(folder) as draft:
        holdings.add(draft, [enter(one, base=draft.base) for one in readings])


def take(folder: Path, *readings: Reading) -> None:
    with change_store(folder) as draft:
        holdings.remove(draft, [mint_run(one.reader, mint_article(one.article.id)) for one in readings])


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the index of a store says once the store has been searched, to the last place of the last sign."""
    with open_store(folder) as store:
        hits(store, "村")
    with closing(sqlite3.connect(folder / FILE)) as index:
        tables = {name: f"SELECT * FROM {name}" for name in ("thing", "quote", "said")}
        for name in ("names", "quotes"):
            index.execute(f"CREATE VIRTUAL TABLE temp.in_{name} USING fts5vocab(main, {name}, instance)")
            tables[name] = f"SELECT * FROM in_{name}"
        tables["article"] = "SELECT iri FROM article"
        return {name: sorted(index.execute(query), key=repr) for name, query in tables.items()}


@pytest.mark.parametrize("seed", range(3))
def test_an_index_that_grew_is_one_made_anew(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    pool = [reading(number, tuple(dice.sample(list(NAMES), dice.randrange(1, 6)))) for number in range(8)]
    pool += [read_facts(path) for path in sorted((GOLD / "mixed").glob("a-0[1-3].facts.jsonl"))]
    folder, held = tmp_path / "store", []
    for _ in range(6):
        gone = [one for one in held if dice.random() < 0.4]
        come = [one for one in pool if one not in held and dice.random() < 0.5]
        put(folder, *come)
        take(folder, *gone)
        held = [one for one in held if one not in gone] + come
        if dice.random() < 0.7:
            grown = contents(folder)
    grown = contents(folder)
    with open_store(folder) as store:
        texts = [name.label for name in names(store)]
        words = [text[start : start + 3] for text in dice.sample(texts, 40) for start in (0, 1)]
        found = [hits(store, word) for word in words]
    (folder / FILE).unlink()
    assert contents(folder) == grown
    with open_store(folder) as store:
        assert [hits(store, word) for word in words] == found


def test_only_what_has_changed_is_looked_at_again(tmp_path: Path) -> None:
    put(tmp_path / "s", *(reading(number, tuple(NAMES)) for number in range(5)))
    before = contents(tmp_path / "s")["article"]
    with closing(sqlite3.connect(tmp_path / "s" / FILE)) as index, index:
        index.execute("UPDATE article SET gave = '[[],[],[]]'")
    put(tmp_path / "s", reading(7, ("村干部",)))
    assert len(contents(tmp_path / "s")["article"]) == len(before) + 1
    with closing(sqlite3.connect(tmp_path / "s" / FILE)) as index:
        assert index.execute("SELECT COUNT(*) FROM article WHERE gave = '[[],[],[]]'").fetchone() == (len(before),)


def test_a_store_that_was_built_anew_gets_a_new_index(tmp_path: Path) -> None:
    fill(tmp_path / "s", [reading(1, ("村干部", "定远县"))])
    assert contents(tmp_path / "s")
    fill(tmp_path / "s", [reading(1, ("重庆市",))])
    with open_store(tmp_path / "s") as store:
        assert any(hit.facts for hit in found(store, "重庆").values())
        assert not any(hit.facts for hit in found(store, "定远").values())


@pytest.mark.parametrize("spoilt", [b"", b"no index at all, but long enough to be read as one", None])
def test_an_index_that_is_none_is_made_anew(tmp_path: Path, spoilt: bytes | None) -> None:
    put(tmp_path / "s", reading(1, tuple(NAMES)))
    good = contents(tmp_path / "s")
    if spoilt is None:
        (tmp_path / "s" / CHANGES).unlink()
    else:
        (tmp_path / "s" / FILE).write_bytes(spoilt)
    assert contents(tmp_path / "s") == good


def test_what_a_killed_search_left_of_an_index_that_is_gone_does_not_spoil_the_next(tmp_path: Path) -> None:
    put(tmp_path / "s", reading(1, tuple(NAMES)))
    good = contents(tmp_path / "s")
    (tmp_path / "s" / FILE).unlink()
    journal = tmp_path / "s" / f"{FILE}-journal"
    journal.write_bytes(bytes(4096))
    assert contents(tmp_path / "s") == good
    assert not journal.exists()


def test_a_search_that_is_stopped_in_the_middle_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    put(tmp_path / "s", reading(1, ("村干部",)))
    before = contents(tmp_path / "s")
    put(tmp_path / "s", *(reading(number, tuple(NAMES)) for number in range(2, 5)))

    def stop(part: float) -> None:
        if part > 0.5:
            raise KeyboardInterrupt

    with open_store(tmp_path / "s") as store, pytest.raises(KeyboardInterrupt):
        hits(store, "村", on_progress=stop)
    with closing(sqlite3.connect(tmp_path / "s" / FILE)) as index:
        assert sorted(index.execute("SELECT * FROM thing"), key=repr) == before["thing"]
    after = contents(tmp_path / "s")
    assert len(after["article"]) == 4
    (tmp_path / "s" / FILE).unlink()
    assert contents(tmp_path / "s") == after


def test_where_another_process_writes_for_long_the_index_is_made_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "s", reading(1, ("村干部",)))
    contents(tmp_path / "s")
    put(tmp_path / "s", reading(2, ("重庆市",)))
    monkeypatch.setattr("kg.finding.index._PATIENCE", 0.01)
    with closing(sqlite3.connect(tmp_path / "s" / FILE)) as other, open_store(tmp_path / "s") as store:
        other.execute("BEGIN IMMEDIATE")
        assert any(hit.facts for hit in found(store, "重庆").values())


def test_the_making_of_an_index_tells_how_far_it_is(tmp_path: Path) -> None:
    put(tmp_path / "s", *(reading(number, tuple(NAMES)) for number in range(3)))
    told: list[float] = []
    with open_store(tmp_path / "s") as store:
        hits(store, "村", on_progress=told.append)
        assert told == sorted(told)
        assert 0 < told[0] < told[-1] == 1
        told.clear()
        hits(store, "村", on_progress=told.append)
    assert told == []


def test_more_quotes_than_are_looked_at_together_are_all_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = set(found(store, "群众"))
    assert len(wanted) > 1
    monkeypatch.setattr("kg.finding._AT_ONCE", 1)
    assert set(found(store, "群众")) == wanted


def test_readings_that_a_name_leaves_open_are_all_kept() -> None:
    assert {"shanxian", "danxian", "sx", "dx"} <= set(sounds("单县"))
    assert list(sounds("ABC")) == []


def test_rows_as_people_see_them(store: Store) -> None:
    rows = kg.search(store, "国办", lang="en")
    assert rows.columns == ("Name", "Type", "Found by", "Quote", "Facts")
    assert rows.rows == (("国务院办公厅", "Organisation", "alias 国办", "国务院办公厅", 1),)


def test_types_are_told_in_the_language_of_the_table(store: Store) -> None:
    types = {lang: set(kg.search(store, "补贴", limit=50, lang=lang).rows) for lang in LANGUAGES}  # vocabulary, too
    shown = {lang: {row[1] for row in rows} for lang, rows in types.items()}
    assert "政策工具类型" in shown["zh"]
    assert "Policy instrument types" in shown["en"]
    assert not any(type.isascii() for type in shown["zh"])


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_the_command(folder: Path, form: str) -> None:
    done = CliRunner().invoke(main, ["search", "gwybgt", "--store", str(folder), "--format", form])
    assert done.exit_code == 0
    assert "国务院办公厅" in done.output
    assert form != "json" or json.loads(done.output)[0]["匹配"] == "拼音"


def test_the_command_finds_nothing(folder: Path) -> None:
    done = CliRunner().invoke(main, ["search", "zzzz", "--store", str(folder), "--lang", "en"])
    assert (done.exit_code, done.output) == (0, "No rows.\n")
