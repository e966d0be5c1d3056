"""Rules: every hit and every miss of the rules read here is one test; every rule file is tested somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import resources, rules
from kg.errors import KnowledgeError
from kg.extract import areas, documents, organisations, persons
from kg.extract.page import Mention, Page
from kg.reading import article_from_text
from kg.rules import Rule, all_rules


def _organisations(page: Page) -> Iterator[Mention]:
    return organisations.find(page, [*areas.find(page), *persons.find(page)])


STAGES: dict[str, Callable[[Page], Iterator[Mention]]] = {
    "documents": documents.find,
    "organisations": _organisations,
    "persons": persons.find,
}
"""The rule files that a stage reads on a whole page."""

BARE = ("reading", "figures", "signals")
"""The rule files whose patterns are looked for in the bare text."""

ELSEWHERE = {
    "damage": "test_reading.py",
    "pages": "test_reading.py",
    "details": "test_details.py",
    "groups": "test_groups.py",
    "mechanisms": "test_mechanisms.py",
    "metadata": "test_reading.py",
    "outcomes": "test_outcomes.py",
    "phrases": "test_indicators.py",
    "places": "test_places.py",
    "times": "test_times.py",
}
"""The rule files whose examples are of another kind, and the tests that run them."""


def found(file: str, rule: Rule, text: str) -> list[tuple[str, ...]]:
    """What the rule finds in the text, each find under the names it may be told by."""
    if file in STAGES:
        page = Page(article_from_text(text, source="example"))
        finds = {(m.start, m.end): m.name for m in STAGES[file](page) if m.rule == rule.name}
        return [(name, page.wide[start:end]) for (start, end), name in sorted(finds.items())]
    return [(hit.groupdict().get("name") or hit.group(),) for hit in rule.regex.finditer(text)]


def _cases(which: str) -> list[object]:
    return [
        pytest.param(file, rule, example, id=f"{rule.name}-{number}")
        for file, rule in all_rules()
        if file in STAGES or file in BARE
        for number, example in enumerate(getattr(rule, which), 1)
    ]


@pytest.mark.parametrize(("file", "rule", "hit"), _cases("hits"))
def test_a_hit_is_found(file: str, rule: Rule, hit: tuple[str, tuple[str, ...]]) -> None:
    text, expected = hit
    finds = found(file, rule, text)
    assert len(finds) == len(expected), finds
    assert all(name in names for name, names in zip(expected, finds, strict=True)), finds


@pytest.mark.parametrize(("file", "rule", "text"), _cases("misses"))
def test_a_miss_is_left_alone(file: str, rule: Rule, text: str) -> None:
    assert found(file, rule, text) == []


def test_every_rule_file_is_tested() -> None:
    files = {file for file, _ in all_rules() if not file.startswith("relations-")}
    assert files == {*STAGES, *BARE, *ELSEWHERE}
    assert all(Path(__file__).with_name(name).is_file() for name in ELSEWHERE.values())


RULE = """\
- name: post
  label: Person
  pattern: "(?P<name>王某)"
  confidence: 0.9
  examples: {hits: {"局长王某": "王某"}, misses: ["局长"]}
"""


def broken(folder: Path, text: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Rule]:
    """The rules of a `persons.yaml` with this text, in an ontology folder of its own, all patterns compiled."""
    for name in ("rules", "lexicon"):
        (folder / name).mkdir()
    for name in ("rule_labels", "rule_keys"):
        table = resources.knowledge_text(f"lexicon/{name}.tsv")
        (folder / "lexicon" / f"{name}.tsv").write_text(table, encoding="utf-8")
    (folder / "rules" / "parts.yaml").write_text('a: "{$b}"\nb: "{$a}"\n', encoding="utf-8")
    (folder / "rules" / "persons.yaml").write_bytes(text)
    monkeypatch.setattr(resources, "ontology", lambda: folder)
    rules._parts.cache_clear()
    try:
        found = list(rules.rules.__wrapped__("persons"))
        return [rule for rule in found if rule.regex]
    finally:
        rules._parts.cache_clear()


def test_a_sound_file_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = broken(tmp_path, RULE.encode(), monkeypatch)
    assert (rule.name, rule.label, rule.confidence, rule.path) == ("post", "Person", 0.9, "rules/persons.yaml")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("0.9", "high", "'post'.*number from 0 to 1, not 'high'"),
        ("0.9", "1.5", "'post'.*number from 0 to 1"),
        ("confidence", "scoop: clause\n  confidence", "'post'.*'scoop' is none of.*scope"),
        ("confidence", "scope: [clause]\n  confidence", "'post'.*scope must be a text"),
        ("label: Person", "label: Persoon", "'post'.*'Persoon' is none of.*Person"),
        ("(?P<name>王某)", "(?P<name>王某", "'post'.*no regular expression"),
        ("(?P<name>王某)", "{$none}", "'post'.*no part"),
        ("(?P<name>王某)", "{$a}", "'post'.*contains itself"),
        ("(?P<name>王某)", "{no_such_table}", "no such file"),
        ('"(?P<name>王某)"', "3", "'post'.*needs name, label, pattern"),
        ('misses: ["局长"]', "misses: 局长", "'post'.*one miss"),
        ("misses", "missed", "'post'.*one miss"),
        (RULE, "rules: all", "list of rules"),
        ("- name: post", "- name: [", "no valid YAML"),
    ],
)
def test_a_broken_file_is_named_with_the_rule(
    old: str, new: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KnowledgeError, match=problem) as raised:
        broken(tmp_path, RULE.replace(old, new).encode(), monkeypatch)
    assert raised.value.path in ("rules/persons.yaml", "lexicon/no_such_table.tsv")


def test_a_rule_lacks_no_key_that_its_label_needs() -> None:
    assert "needs rank" in str(rules._misfit({"label": "heading"}, "reading"))
    assert rules._misfit({"label": "heading", "rank": 2}, "reading") is None


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KnowledgeError, match=r"^rules/persons\.yaml: .*not UTF-8"):
        broken(tmp_path, RULE.encode("gb18030"), monkeypatch)
