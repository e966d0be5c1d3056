"""The command line as a person uses it: every command on a built graph, every mistake with its word and exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg.commands import main
from kg.evidence import claims
from kg.namespaces import KG
from kg.reports import findings_of
from kg.store import Store, open_store
from kg.validation import Finding

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "data" / "articles"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin, catch_exceptions=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `kg build` on the two articles."""
    output = tmp_path_factory.mktemp("built") / "build"
    result = run("build", ARTICLES, "-o", output, "--lang", "en")
    assert result.exit_code == 0, result.output
    (output / "summary.txt").write_text(result.stdout, encoding="utf-8")
    return output


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the facts that people found in the two articles."""
    output = tmp_path_factory.mktemp("read")
    facts = [part for path in sorted((ROOT / "data" / "gold").glob("*.jsonl")) for part in ("--facts", path)]
    assert run("build", *facts, "-o", output).exit_code == 0
    return output / "store"


def test_build_writes_store_turtle_and_page_and_tells_what_it_did(built: Path) -> None:
    summary = (built / "summary.txt").read_text(encoding="utf-8")
    for heading in ("Articles", "Entities", "Relations", "Figures", "Which policies affect", "Damaged", "Validation"):
        assert heading in summary
    assert 'kg ask "which policies affect ' in summary
    assert "line 12, character 353" in summary
    assert (built / "policy.ttl").read_text(encoding="utf-8").startswith("@prefix")
    assert (built / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_second_build_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    run("build", ARTICLES, "-o", tmp_path, "--lang", "en")
    for name in ("policy.ttl", "graph.html"):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


def test_build_from_facts_that_people_made(tmp_path: Path) -> None:
    facts = ROOT / "data" / "gold" / "dingyuan.facts.jsonl"
    assert run("build", "--facts", facts, "-o", tmp_path).exit_code == 0
    with open_store(tmp_path / "store") as store:
        assert store.counts["articles"] == 1


def test_build_under_another_base_moves_the_data_and_not_the_vocabulary(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "安丰县出台办法\n安丰县人民政府印发《安丰县临时救助办法》，为困难群众发放临时救助金。\n", encoding="utf-8"
    )
    assert run("build", text, "-o", tmp_path / "b", "--base", "https://example.org/g/").exit_code == 0
    turtle = (tmp_path / "b" / "policy.ttl").read_text(encoding="utf-8")
    assert "<https://example.org/g/doc/>" in turtle
    assert "<https://w3id.org/policykg/ns#>" in turtle
    assert "policykg/doc/" not in turtle


def test_a_bad_file_stops_the_build_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("安丰县印发《安丰县临时救助办法》。\n", encoding="utf-8")
    bad.write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    output = tmp_path / "build"
    run("build", good, "-o", output)
    before = (output / "policy.ttl").read_bytes()
    stopped = run("build", good, bad, "-o", output)
    assert (stopped.exit_code, "bad.txt" in stopped.stderr) == (3, True)
    assert (output / "policy.ttl").read_bytes() == before
    went_on = run("build", good, bad, "-o", output, "--keep-going", "--lang", "en")
    assert (went_on.exit_code, "could not be read" in went_on.stdout) == (3, True)
    assert (output / "policy.ttl").read_bytes() == before


def test_extract_prints_one_fact_a_line_with_offsets(tmp_path: Path) -> None:
    result = run("extract", ROOT / "data" / "gold" / "dingyuan.txt", "--format", "jsonl")
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    text = (ROOT / "data" / "gold" / "dingyuan.txt").read_text(encoding="utf-8")
    assert {fact["kind"] for fact in facts} == {"entity", "relation", "observation"}
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] and fact["rule"] for fact in facts)


def test_extract_as_table_and_on_a_text_without_facts(tmp_path: Path) -> None:
    assert "定远县" in run("extract", ROOT / "data" / "gold" / "dingyuan.txt").stdout
    empty = tmp_path / "poem.txt"
    empty.write_text("床前明月光\n疑是地上霜\n", encoding="utf-8")
    result = run("extract", empty, "--lang", "en")
    assert (result.exit_code, "No facts" in result.stdout) == (0, True)


def test_extract_speaks_the_language_of_the_reader() -> None:
    notice = ROOT / "tests" / "notice.txt"
    lines = [line.split() for line in run("extract", notice).stdout.splitlines()]
    told = {(line[0], line[-3]) for line in lines}
    assert {("发文字号", "蓟州政办规〔2022〕3号"), ("有效期", "有效期五年"), ("地方", "蓟县")} <= told
    assert "valid for" in (english := run("extract", notice, "--lang", "en").stdout)
    assert ": 5 years " in english


def test_a_finding_on_a_date_is_told_in_words(notice_store: Store) -> None:
    dated = next(claim for claim in claims(notice_store) if claim.predicate == KG.dated)
    finding = Finding("warning", "", "", dated.iri, {"zh": "看一看", "en": "Look"})
    told = findings_of(notice_store, [finding], "table", lang="zh")
    assert "关于印发蓟州区高龄老年人津贴发放办法的通知 —成文日期→ 2022-05-10 “" in told


def test_extract_names_the_article_where_a_file_has_several(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("标题,正文\n一,安丰县印发《救助办法》。\n二,安丰县印发《就业办法》。\n", encoding="utf-8")
    facts = [json.loads(line) for line in run("extract", table, "--format", "jsonl").stdout.splitlines()]
    assert {fact["article"] for fact in facts} == {"a.csv#row=2", "a.csv#row=3"}
    assert "a.csv#row=3" in run("extract", table).stdout


def test_ask_lists_all_questions() -> None:
    result = run("ask", "--lang", "en")
    assert result.stdout.count("\n") > 24
    assert "Which policies affect a group" in result.stdout


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_ask_by_name_in_every_form(store: Path, form: str) -> None:
    result = run("ask", "policies-for-group", "--group", "在职村干部", "--store", store, "--format", form)
    assert result.exit_code == 0
    assert "养老保险" in result.stdout


def test_ask_in_free_wording_shows_how_it_was_understood(store: Path) -> None:
    result = run("ask", "哪些政策影响在职村干部？", "--store", store, "--evidence")
    assert "policies-for-group --group 在职村干部" in result.stderr
    assert "[1] “" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["ask", "policies-for-grou", "--group", "贫困户"], 7, "policies-for-group"),
        (["ask", "policies-for-group", "--group", "驻村干事部"], 7, "驻村干部"),
        (["ask", "policies-for-group"], 6, "--group"),
        (["ask", "policies-for-group", "--place", "定远县"], 6, "group"),
        (["ask", "明天会下雨吗"], 7, "kg ask"),
        (["query", "SELECT ?x WHERE { ?x ?y"], 6, "line 1"),
        (["query", "SELECT ?x WHERE { ?x nope:p ?y }"], 6, "nope"),
        (["query", "DELETE WHERE { ?s ?p ?o }"], 6, "DELETE"),
        (["query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], 6, "SERVICE"),
        (["export", "-o", "x.pdf"], 8, ".ttl"),
        (["view", "--around", "没有这个名字的东西"], 7, "没有这个名字的东西"),
        (["view", "--type", "Nonsense"], 7, "Mechanism"),
        (["explain", "没有这个名字的东西"], 7, "没有这个名字的东西"),
    ],
)
def test_a_mistake_gives_one_clear_message(store: Path, arguments: list[str], status: int, words: str) -> None:
    result = run(*arguments, "--store", store)
    assert (result.exit_code, words in result.stderr) == (status, True), result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "none.txt"), (b"", "empty"), (b"\x7fELF\x02\x01\x00\x00\x00", "text")],
)
def test_an_unreadable_article_is_named(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / ("none.txt" if content is None else "some.txt")
    if content is not None:
        path.write_bytes(content)
    result = run("build", path, "-o", tmp_path / "build", "--lang", "en")
    assert (result.exit_code, words in result.stderr) == (3, True), result.stderr
    assert not (tmp_path / "build").exists()


def test_an_unknown_suffix_lists_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.xyz"
    path.write_text("安丰县", encoding="utf-8")
    result = run("build", path, "-o", tmp_path / "build")
    assert (result.exit_code, ".txt" in result.stderr) == (8, True)


@pytest.mark.parametrize("command", ["ask people", "query ASK{}", "export -o x.ttl", "validate", "stats", "explain 甲"])
def test_without_a_store_the_way_out_is_named(command: str, tmp_path: Path) -> None:
    result = run(*command.split(), "--store", tmp_path / "none")
    assert (result.exit_code, "kg build" in result.stderr) == (5, True)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.json").write_text('{"format": 99, "base": "b", "counts": {}}', encoding="utf-8")
    result = run("stats", "--store", tmp_path / "store")
    assert (result.exit_code, "99" in result.stderr) == (5, True)


def test_a_store_being_written_names_its_holder(tmp_path: Path) -> None:
    script = f"""
import sys, time
from pathlib import Path
from kg.store import create_store
with create_store(Path({str(tmp_path / "store")!r})):
    print("held", flush=True)
    sys.stdin.readline()
"""
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        result = run("build", ARTICLES, "-o", tmp_path, "--store", tmp_path / "store")
        holder.communicate(b"\n")
    assert (result.exit_code, str(holder.pid) in result.stderr) == (5, True)


def test_query_reads_text_file_and_standard_input(store: Path, tmp_path: Path) -> None:
    text = "SELECT ?d WHERE { ?d a kg:PolicyDocument }"
    file = tmp_path / "documents.rq"
    file.write_text(text, encoding="utf-8")
    answers = {
        run("query", text, "--store", store).stdout,
        run("query", file, "--store", store).stdout,
        run("query", "-", "--store", store, stdin=text).stdout,
    }
    assert len(answers) == 1
    assert "doc:" in answers.pop()


def test_query_answers_all_four_forms(store: Path) -> None:
    assert run("query", "ASK { ?m a kg:Mechanism }", "--store", store).stdout == "true\n"
    assert (
        "kg:targets"
        in run("query", "CONSTRUCT { ?m kg:targets ?g } WHERE { ?m kg:targets ?g } LIMIT 3", "--store", store).stdout
    )
    assert "rdfs:label" in run("query", "DESCRIBE place:定远县", "--store", store).stdout
    assert "No rows" in run("query", "SELECT ?x { ?x kg:from kg:to }", "--store", store, "--lang", "en").stdout


def test_view_draws_the_whole_a_part_and_nothing(store: Path, tmp_path: Path) -> None:
    whole, part, none = (tmp_path / f"{name}.html" for name in ("whole", "part", "none"))
    run("view", "-o", whole, "--store", store)
    run("view", "-o", part, "--store", store, "--around", "村干部报酬待遇", "--type", "Group")
    empty = run("view", "-o", none, "--store", store, "--type", "Person", "--place", "鄂伦春自治旗", "--lang", "en")
    assert 0 < part.stat().st_size < whole.stat().st_size
    assert "nothing fits" in empty.stderr or "drew 1 node" in empty.stderr


def test_view_draws_the_answer_of_a_question(store: Path, tmp_path: Path) -> None:
    result = run("view", "-o", tmp_path / "q.html", "--store", store, "--question", "who-issued-what", "--lang", "en")
    assert "drew" in result.stderr


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".graphml", ".gexf", ".csv.zip"])
def test_export_writes_every_format(store: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"graph{suffix}"
    assert run("export", "-o", target, "--store", store).exit_code == 0
    assert target.stat().st_size > 1000


def test_export_to_standard_output(store: Path) -> None:
    result = run("export", "-o", "-", "--store", store, "--format", ".nt")
    assert "<https://w3id.org/policykg/ns#issues>" in result.stdout
    assert run("export", "-o", "-", "--store", store, "--format", ".pdf").exit_code == 8


def test_a_place_that_cannot_be_written_is_named(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("view", "-o", tmp_path / "file" / "graph.html", "--store", store)
    assert (result.exit_code, "graph.html" in result.stderr) == (10, True)


def test_validate_stats_and_explain_answer_in_both_languages(store: Path) -> None:
    assert run("validate", "--store", store).exit_code == 0
    for lang, word in (("zh", "机制"), ("en", "Mechanism")):
        assert word in run("stats", "--store", store, "--lang", lang).stdout
    assert "定远县" in run("explain", "定远县委", "--store", store).stdout


def test_evaluate_scores_the_rules_and_names_absent_files(tmp_path: Path) -> None:
    gold = ROOT / "data" / "gold" / "dingyuan.facts.jsonl"
    scored = run("evaluate", gold, "--lang", "en", "--calibration")
    assert [word for word in ("Precision", "Target group", "near", "0.9–1") if word not in scored.stdout] == []
    rows = json.loads(run("evaluate", gold, gold, "--format", "json").stdout)["scores"]
    assert {row["f1"] for row in rows} == {1}
    (tmp_path / "system").mkdir()
    absent = run("evaluate", gold.parent, tmp_path / "system", "--errors", "0", "--lang", "en")
    count = len(list(gold.parent.rglob("*.facts.jsonl")))
    assert f"no file for {count} articles" in absent.stderr
    given = run("evaluate", gold, "--given", "entities", "--lang", "en").stdout
    assert "Mechanism" not in given


def test_gaps_of_files_and_of_the_store(built: Path) -> None:
    files = run("gaps", ARTICLES, "--lang", "en").stdout
    assert files.startswith("Coverage")
    assert run("gaps", "--all", "--store", built / "store", "--lang", "en").stdout == files
    assert "2020年3月" in run("gaps", ARTICLES, "--every-number", "--format", "json").stdout
    assert "sentences with signals" in (built / "summary.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], [ARTICLES, "--all"]])
def test_gaps_needs_files_or_the_store(arguments: list[str | Path]) -> None:
    result = run("gaps", *arguments)
    assert (result.exit_code, "--all" in result.stderr) == (2, True)


def commands() -> list[click.Command]:
    return list(main.commands.values())


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_and_option_has_help(command: click.Command) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_stands_in_the_readme(command: click.Command) -> None:
    assert f"kg {command.name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_launcher_equals_kg() -> None:
    done = subprocess.run([sys.executable, ROOT / "cli.py", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == run("--version").stdout
