"""A server of SPARQL is written as a folder is: a small one, and Virtuoso where there is one."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.collection import add, listing, remove, update
from kg.commands import main
from kg.errors import StoreError, UnknownName
from kg.exports import export
from kg.namespaces import DEFAULT_BASE
from kg.pipeline import fill, read_facts
from kg.store import change_store, open_store
from sparql_server import ISQL, VIRTUOSO, Server, serving, virtuoso

GOLD = Path(__file__).parents[1] / "data" / "gold"
NEEDS_VIRTUOSO = pytest.mark.skipif(
    not (VIRTUOSO and ISQL), reason="Virtuoso is not installed (Debian's virtuoso-opensource)"
)
PAGES = {
    "a.txt": "莒县见闻\n莒县人社局启动“春风送岗”行动，惠及返乡农民工3.4万人。",
    "b.txt": "定远县见闻\n定远县委出台《驻村干部管理办法》，为驻村干部购买人身意外保险。",
    "c.txt": "莒县人社局培训返乡农民工。\n莒县位于山东。",
    "e.txt": "莒县新闻\n莒县教育局开展控辍保学。",
    "d.txt": "金寨县见闻\n金寨县委为驻村干部购买人身意外保险，为返乡农民工发放补贴。本办法有效期三年。",
}
Place = Path | str


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(ox.Store()) as found:
        yield found


@pytest.fixture(
    params=["default graph", "named graph", "without graph store", pytest.param("virtuoso", marks=NEEDS_VIRTUOSO)]
)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty server."""
    if request.param == "virtuoso":
        (tmp_path / "virtuoso").mkdir()
        with virtuoso(tmp_path / "virtuoso") as found:
            yield found
        return
    with serving(ox.Store()) as server:
        server.without_graphs = request.param == "without graph store"
        yield server.address + ("" if request.param == "default graph" else "?default-graph-uri=https://example.org/g")


def exported(place: Place, folder: Path) -> bytes:
    with open_store(place) as held:
        export(held, folder / "graph.nt")
    return (folder / "graph.nt").read_bytes()


def titles(place: Place) -> list[str]:
    with open_store(place) as held:
        return [str(row["title"]) for row in listing(held).dicts()]


def test_a_server_holds_what_a_folder_holds(address: str, corpus: Path, tmp_path: Path) -> None:
    """First files, more files, a changed one, a removed one, one that is gone, a whole build."""

    def steps(place: Place) -> Iterator[bytes]:
        add(place, [corpus / "a.txt"])
        assert len(add(place, [corpus]).added) == 4
        yield exported(place, tmp_path)
        (corpus / "b.txt").write_text("金寨县见闻\n金寨县委开展结对帮扶。", encoding="utf-8")
        assert [path.name for path in update(place).replaced] == ["b.txt"]
        assert len(remove(place, ["莒县见闻", "d.txt"]).removed) == 2
        yield exported(place, tmp_path)
        (corpus / "b.txt").unlink()
        assert len(update(place, prune=True).removed) == 1
        yield exported(place, tmp_path)
        (corpus / "b.txt").write_text(PAGES["b.txt"], encoding="utf-8")
        fill(place, [read_facts(GOLD / "dingyuan.facts.jsonl")])
        add(place, [corpus])
        yield exported(place, tmp_path)

    on_server, in_folder = list(steps(address)), list(steps(tmp_path / "folder"))
    assert [len(graph) for graph in on_server] == [len(graph) for graph in in_folder]
    assert on_server == in_folder


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_changes_gives_what_a_folder_gives(
    seed: int, server: Server, corpus: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    place, folder = f"{server.address}?default-graph-uri=urn:g", tmp_path / "folder"
    for _ in range(6):
        names = chance.sample(sorted(PAGES), chance.randint(1, 3))
        if chance.random() < 0.5:
            (corpus / names[0]).write_text(PAGES[chance.choice(sorted(PAGES))], encoding="utf-8")
        held = sorted(set(titles(folder))) if (folder / "store.json").exists() else []
        gone = chance.sample(held, 1) if held and chance.random() < 0.4 else []
        for where in (place, folder):
            if gone:
                remove(where, gone)
            else:
                add(where, [corpus / name for name in names])
        assert exported(place, tmp_path) == exported(folder, tmp_path)


def all_quads(server: Server) -> set[str]:
    """All that the server holds, locks apart."""
    return {str(quad) for quad in server.graph if "run/lock" not in str(quad.graph_name)}


def broken_off(server: Server, before: bytes, command: Callable[[], object], *, last: int) -> bool:
    """Run a command of which the server makes so many changes and no more; whether it did not come to its end."""
    server.graph = ox.Store()
    server.graph.load(before, ox.RdfFormat.N_QUADS)
    server.changes, server.last = 0, last
    with suppress(StoreError):
        command()
    ended, server.last = server.changes < last, None
    for lock in [graph for graph in server.graph.named_graphs() if "run/lock" in str(graph)]:
        server.graph.remove_graph(lock)
    return not ended


def put_in_place(corpus: Path, place: str) -> None:
    add(place, [corpus / "a.txt", corpus / "b.txt"])
    (corpus / "b.txt").write_text(PAGES["d.txt"], encoding="utf-8")


@pytest.mark.parametrize("kind", ["first", "add", "remove", "prune"])
def test_broken_off_at_any_request_the_same_command_finishes_the_work(kind: str, server: Server, corpus: Path) -> None:
    place = f"{server.address}?default-graph-uri=urn:g"
    commands: dict[str, Callable[[], object]] = {
        "first": lambda: add(place, [corpus / "a.txt"]),
        "add": lambda: add(place, [corpus / "b.txt", corpus / "c.txt"]),
        "remove": lambda: remove(place, ["定远县见闻"]),
        "prune": lambda: update(place, prune=True),
    }
    if kind != "first":
        put_in_place(corpus, place)
    if kind == "prune":
        (corpus / "b.txt").unlink()
    before = server.graph.dump(format=ox.RdfFormat.N_QUADS)
    assert before is not None
    next_file = [corpus / "e.txt"] if kind in ("remove", "prune") else []
    commands[kind]()
    add(place, next_file)
    wanted, last = all_quads(server), 0
    while broken_off(server, before, commands[kind], last=last):
        with suppress(UnknownName):
            commands[kind]()
        add(place, next_file)
        assert all_quads(server) == wanted, f"broken off after {last} changes"
        last += 1
    assert last > 8


def test_a_build_that_was_broken_off_leaves_the_last_graph_and_is_to_be_run_again(
    server: Server, corpus: Path, tmp_path: Path
) -> None:
    add(server.address, [corpus])
    before = server.graph.dump(format=ox.RdfFormat.N_QUADS)
    old = exported(server.address, tmp_path)
    build = lambda: fill(server.address, [read_facts(GOLD / "dingyuan.facts.jsonl")])  # noqa: E731
    build()
    wanted, new = all_quads(server), exported(server.address, tmp_path)
    assert before is not None
    for last in range(2, 40, 3):
        if not broken_off(server, before, build, last=last):
            break
        assert exported(server.address, tmp_path) in (old, new)
        if any("run/unfinished" in quad for quad in all_quads(server)):
            with pytest.raises(StoreError, match=r"`kg build` .* was not finished; run it again"):
                add(server.address, [GOLD / "neimenggu.txt"])
        build()
        assert all_quads(server) == wanted
    else:
        raise AssertionError("a build takes more requests than this test breaks off")


def test_texts_come_back_and_every_command_works(server: Server, corpus: Path, tmp_path: Path) -> None:
    long = "莒县长文\n" + '莒县人社局启动行动，惠及农民工3.4万人。\\"\u0085' * 3000
    (corpus / "long.txt").write_text(long, encoding="utf-8")
    add(server.address, [corpus])
    add(tmp_path / "folder", [corpus])
    with open_store(server.address) as far, open_store(tmp_path / "folder") as here:
        assert [far.article(id) for id in far.article_ids] == [here.article(id) for id in here.article_ids]
    for arguments in (["validate"], ["gaps", "--all"], ["list"], ["stats"]):
        ours, theirs = kg(*arguments, "--store", server.address), kg(*arguments, "--store", tmp_path / "folder")
        assert (ours.exit_code, ours.output) == (theirs.exit_code, theirs.output)
    ids = remove(server.address, ["long.txt"]).removed
    with open_store(server.address) as far, pytest.raises(StoreError, match="no article"):
        far.article(ids[0])


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_the_commands_tell_what_they_did(server: Server, corpus: Path, tmp_path: Path) -> None:
    store = ("--store", server.address, "--lang", "en")
    assert kg("add", corpus, *store).output == "5 files added\n"
    assert kg("add", corpus, *store).output == "5 files were held already\n"
    assert kg("remove", "b.txt", *store).output == "1 articles removed\n"
    built = kg("build", corpus / "a.txt", "-o", tmp_path / "out", *store)
    assert built.exit_code == 0, built.output
    assert server.address in built.output
    assert titles(server.address) == ["莒县见闻"]
    assert (tmp_path / "out" / "graph.html").is_file()


def test_a_base_of_ones_own_is_kept_when_all_articles_are_gone(server: Server, corpus: Path) -> None:
    add(server.address, [corpus / "a.txt"], base="https://example.org/kg/")
    remove(server.address, ["a.txt"])
    add(server.address, [corpus / "b.txt"])
    with open_store(server.address) as held:
        assert held.base == "https://example.org/kg/"


def test_a_build_under_another_base_leaves_nothing_of_the_last(server: Server, corpus: Path) -> None:
    add(server.address, [corpus])
    gold = [read_facts(GOLD / "dingyuan.facts.jsonl")]
    fill(server.address, gold, base="https://example.org/kg/")
    built, server.graph = all_quads(server), ox.Store()
    fill(server.address, gold, base="https://example.org/kg/")
    assert built == all_quads(server)


def test_two_graphs_of_one_server_do_not_meet(server: Server, corpus: Path, tmp_path: Path) -> None:
    one, two = (f"{server.address}?default-graph-uri=https://example.org/{name}" for name in ("one", "two"))
    add(one, [corpus])
    add(two, [corpus / "a.txt"])
    before = exported(two, tmp_path)
    remove(one, ["a.txt", "b.txt"])
    assert exported(two, tmp_path) == before
    assert add(two, [corpus / "a.txt"]).kept == [corpus / "a.txt"]


def test_a_server_that_shows_all_graphs_as_one_wants_a_named_graph(server: Server, corpus: Path) -> None:
    server.union = True
    with pytest.raises(StoreError, match=r"shows all its graphs as one.*\?default-graph-uri="):
        add(server.address, [corpus])
    add(f"{server.address}?default-graph-uri=urn:g", [corpus / "a.txt"])
    assert titles(f"{server.address}?default-graph-uri=urn:g") == ["莒县见闻"]


def entry(server: Server, **said: object) -> None:
    """An entry of another writer in the lock of the server."""
    now: dict[str, object] = {"pid": 1, "host": "elsewhere", "since": "2026-01-01", "until": time.time() + 60}
    graph = ox.NamedNode(f"{DEFAULT_BASE}run/lock")
    text = ox.Literal(json.dumps(now | said))
    server.graph.add(ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("http://purl.org/dc/terms/identifier"), text, graph))


def test_a_second_writer_is_told_who_writes(server: Server, corpus: Path) -> None:
    entry(server)
    with pytest.raises(StoreError, match=r"written by process 1 on elsewhere since 2026-01-01.*run/lock> is dropped"):
        add(server.address, [corpus])
    assert len(server.graph) == 1


@pytest.mark.parametrize("said", [{"until": 0}, {"host": os.uname().nodename, "pid": 2**22 + 1}])
def test_the_lock_of_a_dead_writer_falls(said: dict[str, object], server: Server, corpus: Path) -> None:
    entry(server, **said)
    assert len(add(server.address, [corpus / "a.txt"]).added) == 1


def test_readers_go_on_while_a_writer_works(server: Server, corpus: Path) -> None:
    add(server.address, [corpus / "a.txt"])
    with change_store(server.address):
        assert titles(server.address) == ["莒县见闻"]
        with pytest.raises(StoreError, match=f"is being written by process {os.getpid()} on"):
            add(server.address, [corpus])
    assert len(add(server.address, [corpus]).added) == 4


def test_a_login_from_the_environment(server: Server, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.login = ("me", "secret")
    with pytest.raises(StoreError, match=r"status 401 .*check KG_STORE_USER and KG_STORE_PASSWORD"):
        add(server.address, [corpus])
    monkeypatch.setenv("KG_STORE_USER", "me")
    monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="status 401"):
        add(server.address, [corpus])
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    assert len(add(server.address, [corpus / "a.txt"]).added) == 1


@NEEDS_VIRTUOSO
def test_digest_login_to_virtuoso(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "virtuoso").mkdir()
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    with virtuoso(tmp_path / "virtuoso") as address:
        place = address.replace("/sparql?", "/sparql-auth?")
        add(place, [corpus / "a.txt"])
        assert len(add(place, [corpus / "d.txt"]).added) == 1
        assert titles(place) == ["莒县见闻", "金寨县见闻"]
        assert len(remove(place, ["d.txt"]).removed) == 1
        with pytest.raises(StoreError, match=r"shows all its graphs as one"):
            add(place.partition("?")[0], [corpus])
        monkeypatch.setenv("KG_STORE_PASSWORD", "wrong")
        with pytest.raises(StoreError, match=r"check KG_STORE_USER and KG_STORE_PASSWORD"):
            titles(place)


def test_nobody_is_sent_elsewhere(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "me")
    server.moved = "http://127.0.0.1:9/elsewhere"
    with pytest.raises(StoreError, match=r"status 302 .*points to http://127.0.0.1:9/elsewhere; give that address"):
        open_store(server.address)


def test_addresses_for_changes_come_from_the_environment(
    server: Server, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = server.address.removesuffix("/sparql")
    assert len(add(f"{root}/query", [corpus / "a.txt"]).added) == 1
    assert server.paths == {"/query", "/update", "/store"}
    monkeypatch.setenv("KG_STORE_UPDATE", f"{root}/one")
    monkeypatch.setenv("KG_STORE_GRAPHS", f"{root}/two")
    server.paths.clear()
    assert len(add(f"{root}/query", [corpus / "b.txt"]).added) == 1
    assert server.paths == {"/query", "/one", "/two"}


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (404, b"", "takes no changes .*name the right address in KG_STORE_UPDATE"),
        (500, b"No permission to execute", "lets nobody write: No permission .*check KG_STORE_USER"),
        (400, b"syntax error", "refuses a change: syntax error"),
        (502, b"", "status 502 .*try again later"),
    ],
)
def test_what_a_server_says_against_a_change_is_told(
    status: int, said: bytes, told: str, server: Server, corpus: Path
) -> None:
    server.refuses = (status, said)
    with pytest.raises(StoreError, match=told):
        add(server.address, [corpus])


def test_a_graph_of_another_hand_is_only_built_anew(server: Server, corpus: Path) -> None:
    server.graph.load(b"<urn:a> <urn:b> <urn:c> .", ox.RdfFormat.N_TRIPLES)
    with pytest.raises(StoreError, match=r"was not written by kg.*`kg build`"):
        add(server.address, [corpus])
    fill(server.address, [read_facts(GOLD / "dingyuan.facts.jsonl")])
    assert len(add(server.address, [corpus / "a.txt"]).added) == 1


KILLED = """
import sys
from pathlib import Path
from kg.collection import add
add(sys.argv[1], [Path(sys.argv[2])])
"""


@pytest.mark.parametrize("seconds", [1.0, 1.6])
def test_killed_by_the_system_the_next_command_finishes_the_work(
    seconds: float, server: Server, corpus: Path, tmp_path: Path
) -> None:
    add(server.address, [corpus / "a.txt"])
    with subprocess.Popen([sys.executable, "-c", KILLED, server.address, str(corpus)]) as writing:
        with suppress(subprocess.TimeoutExpired):
            writing.wait(seconds)
        writing.kill()
    add(server.address, [corpus])
    add(tmp_path / "folder", [corpus])
    assert exported(server.address, tmp_path) == exported(tmp_path / "folder", tmp_path)
