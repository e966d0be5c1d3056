"""Evaluation: the measure on cases that can be counted by hand, near-misses, readers, forms, floors of the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluation import Evaluation, evaluate
from kg.evaluation.likeness import alike, plain
from kg.evaluation.report import render
from kg.evaluation.scores import Score, calibration, differences, scores

GOLD = Path(__file__).parents[1] / "data" / "gold"


def entity(type: str, name: str, *also: str, **more: object) -> dict[str, object]:
    return {"kind": "entity", "type": type, "name": name, "also": list(also), "quote": name, **more}


def relation(
    subject: str, predicate: str, object: str, quote: str = "县人社局发放补贴", **more: object
) -> dict[str, object]:
    record = {"kind": "relation", "subject": subject, "predicate": predicate, "object": object, "quote": quote}
    return record | more


def figure(indicator: str, value: float, unit: str, quote: str, **more: object) -> dict[str, object]:
    record = {"kind": "observation", "indicator": indicator, "value": value, "unit": unit, "quote": quote}
    return record | {"role": "level", "level": "output", "time": None} | more


def written(folder: Path, *facts: dict[str, object], name: str = "a") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.facts.jsonl"
    path.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts), encoding="utf-8")
    return path


def judged(folder: Path, gold: list[dict[str, object]], found: list[dict[str, object]]) -> Evaluation:
    return evaluate(written(folder / "gold", *gold), written(folder / "system", *found))


def only(found: Evaluation) -> dict[str, Score]:
    """The scores of the one reader, by their names."""
    (verdicts,) = found.readers.values()
    return {score.sort: score for score in scores(verdicts)}


def counts(score: Score) -> tuple[int, int, int, int]:
    return score.gold, score.found, score.right, score.near


@pytest.mark.parametrize(
    ("gold", "found", "likeness"),
    [
        ("《“两学一做”方案》", "两学一做方案", 1.0),
        ("贫困户", "建档立卡贫困户", 0.5),
        ("脱贫户", "脱贫户家庭", 0.6),
        ("驻村干部", "驻村队员", 0.5),
        ("村民", "干部", 0.0),
        ("", "干部", 0.0),
        ("——", "干部", 0.0),
    ],
)
def test_likeness_of_names(gold: str, found: str, likeness: float) -> None:
    assert alike(gold, found) == likeness
    assert plain(" 《甲》—“乙”") == "甲乙"


def test_a_name_counts_from_three_quarters_on_and_a_type_must_be_the_same(tmp_path: Path) -> None:
    gold = [
        entity("Group", "甲乙丙丁"),
        entity("Group", "脱贫人口"),
        entity("Mechanism", "培训"),
        entity("Group", "甲"),
    ]
    found = [entity("Group", "甲乙丙"), entity("Group", "脱贫户"), entity("Group", "培训"), entity("Group", "甲乙丙丁")]
    score = only(judged(tmp_path, gold, found))
    # 甲乙丙丁 is found in full, so 甲乙丙 (3 of 4) stays over; 脱贫户 is 4 of 7 like 脱贫人口; 培训 has another type.
    assert counts(score["Group"]) == (3, 4, 1, 0)
    assert counts(score["Mechanism"]) == (1, 0, 0, 1)
    assert (score["Group"].precision, score["Group"].recall) == (1 / 4, 1 / 3)
    assert score["Group"].f1 == pytest.approx(2 / 7)
    assert counts(score["entities"]) == (4, 4, 1, 1)


def test_every_other_name_of_the_gold_counts_and_three_of_the_system(tmp_path: Path) -> None:
    gold = [entity("Organisation", "定远县委", "县委", "该县县委", "甲", "乙部门")]
    system = entity("Organisation", "子丑", "寅卯", "辰巳", "乙部门")
    assert counts(only(judged(tmp_path / "three", gold, [system]))["entities"]) == (1, 1, 1, 0)
    system = entity("Organisation", "子丑", "寅卯", "辰巳", "午未", "乙部门")
    assert counts(only(judged(tmp_path / "four", gold, [system]))["entities"])[2] == 0


def test_facts_stated_twice_count_once(tmp_path: Path) -> None:
    twice = [entity("Group", "村民"), entity("Group", "村民")]
    assert counts(only(judged(tmp_path, twice, twice))["Group"]) == (1, 1, 1, 0)


def test_a_relation_is_as_right_as_the_worse_of_its_ends(tmp_path: Path) -> None:
    gold = [
        entity("Organisation", "县人社局", "人社局"),
        relation("县人社局", "operates", "岗位补贴"),
        relation("县人社局", "operates", "技能培训", "县人社局开展培训"),
        relation("县人社局", "reports", "@article", "县人社局报道"),
    ]
    found = [
        relation("人社局", "operates", "岗位补贴"),
        relation("县人社局", "operates", "以工代赈", "县人社局开展培训"),
        relation("县人社局", "reports", "县人社局", "县人社局报道"),
    ]
    score = only(judged(tmp_path, gold, found))
    assert counts(score["operates"]) == (2, 2, 1, 1)
    assert counts(score["reports"]) == (1, 1, 0, 1)
    assert counts(score["relations"]) == (3, 3, 1, 2)


def test_a_figure_needs_value_and_unit_and_in_full_role_time_and_indicator(tmp_path: Path) -> None:
    quote = "全县培训村干部120人次"
    gold = [
        figure("培训村干部人次", 120, "人次", quote, time="2020"),
        figure("贫困人口", 802000, "人", "贫困人口80.2万人"),
        figure("补贴", 500, "元", "每人补贴500元"),
        figure("村数", 12, "个", "12个村"),
    ]
    found = [
        figure("培训村干部人次", 120.0, "人次", quote, time="2020"),
        figure("贫困人口", 802000, "名", "贫困人口80.2万人", role="before"),
        figure("补贴", 600, "元", "每人补贴500元"),
        figure("村数", 12, "个", "县里有关部门另有规定"),
    ]
    evaluation = judged(tmp_path, gold, found)
    score = only(evaluation)
    assert counts(score["figures"]) == (4, 4, 3, 1)
    assert counts(score["figures_full"]) == (4, 4, 2, 2)
    (verdicts,) = evaluation.readers.values()
    assert differences(verdicts) == {("figures", "role"): 1, ("figures", "value"): 1}


@pytest.mark.parametrize(
    ("gold", "found", "parts"),
    [
        (entity("Group", "脱贫户"), entity("Group", "建档立卡脱贫户"), {"left_edge"}),
        (entity("Mechanism", "岗位补贴"), entity("Mechanism", "岗位补贴政策落实"), {"right_edge"}),
        (entity("Group", "就业困难人员"), entity("Group", "就业困难"), {"right_edge"}),
        (entity("Group", "困难人员"), entity("Group", "就业困难人员家庭"), {"left_edge", "right_edge"}),
        (entity("Group", "村级党组织"), entity("Group", "村里党的组织"), {"name"}),
        (entity("Group", "村党支部"), entity("Organisation", "村党支部"), {"type"}),
        (entity("Group", "村民"), entity("Group", "新任村党组织书记和驻村的村民"), set()),
        (relation("甲局", "operates", "补贴"), relation("乙办", "operates", "补贴"), {"subject"}),
        (relation("甲局", "operates", "补贴"), relation("甲局", "operates", "培训"), {"object"}),
        (relation("甲局", "operates", "补贴"), relation("甲局", "operates", "培训", "另有规定"), set()),
        (relation("补贴", "targets", "村民"), relation("补贴", "appliesIn", "村民"), {"predicate"}),
        (relation("甲制", "partOf", "乙制度"), relation("乙制度", "partOf", "甲制"), {"direction"}),
        (relation("甲局", "operates", "补贴"), relation("乙办", "operates", "培训"), set()),
        (figure("补贴", 5, "元", "每月5元"), figure("补贴", 5, "元/月", "每月5元"), {"unit"}),
        (figure("补贴", 5, "元", "每月5元"), figure("补贴", 5, "元", "每月5元", time="2020"), {"time"}),
        (figure("补贴", 5, "元", "每月5元"), figure("贷款余额", 5, "元", "每月5元"), {"indicator"}),
        (figure("补贴", 5, "元", "每月5元"), figure("村民", 7, "户", "每月5元"), set()),
    ],
)
def test_a_near_miss_tells_the_part_in_which_it_differs(
    gold: dict[str, object], found: dict[str, object], parts: set[str], tmp_path: Path
) -> None:
    (verdicts,) = judged(tmp_path, [gold], [found]).readers.values()
    assert {part for _, part in differences(verdicts)} == parts


def test_calibration_counts_the_right_facts_of_each_band(tmp_path: Path) -> None:
    gold = [entity("Group", "村民"), entity("Group", "教师"), entity("Group", "牧民")]
    sure = {"村民": 1, "教师": 0.8, "司机": 0.85, "牧民": 0.2}
    found = [entity("Group", name, confidence=confidence) for name, confidence in sure.items()]
    (verdicts,) = judged(tmp_path, gold, found).readers.values()
    bands = [(b.kind, b.least, b.most, b.found, b.right) for b in calibration(verdicts)]
    assert bands == [("entities", 0.0, 0.5, 1, 1), ("entities", 0.8, 0.9, 2, 1), ("entities", 0.9, 1.0, 1, 1)]


def test_readers_are_told_apart(tmp_path: Path) -> None:
    gold = [entity("Group", "村民"), entity("Group", "教师")]
    found = [
        entity("Group", "村民", reader="rules"),
        entity("Group", "村民", reader="model"),
        entity("Group", "教师", reader="model"),
        entity("Group", "司机", reader="model"),
    ]
    evaluation = judged(tmp_path, gold, found)
    assert list(evaluation.readers) == ["all", "model", "rules"]
    by_reader = {name: counts(next(scores(verdicts))) for name, verdicts in evaluation.readers.items()}
    assert by_reader == {"all": (2, 3, 2, 0), "model": (2, 3, 2, 0), "rules": (2, 1, 1, 0)}
    assert "得分 · model" in render(evaluation)


def test_folders_are_paired_by_name_and_absent_files_are_told(tmp_path: Path) -> None:
    gold, system = tmp_path / "gold", tmp_path / "system"
    for name in ("one", "two"):
        written(gold / "sub", entity("Group", "村民"), name=name)
    written(system / "sub", entity("Group", "村民"), name="two")
    evaluation = evaluate(gold, system)
    assert (evaluation.articles, evaluation.absent) == (("sub/one", "sub/two"), ("sub/one",))
    assert counts(only(evaluation)["Group"]) == (2, 1, 1, 0)


def test_a_fact_compared_with_itself_is_right_in_every_kind() -> None:
    for score in only(evaluate(GOLD / "mixed", GOLD / "mixed")).values():
        assert (score.precision, score.recall, score.f1, score.near) == (1.0, 1.0, 1.0, 0)


def test_every_form_in_both_languages(tmp_path: Path) -> None:
    gold = [entity("Mechanism", "岗位补贴"), relation("甲局", "operates", "补贴"), figure("补贴", 5, "元", "每月5元")]
    found = [
        entity("Mechanism", "岗位"),
        relation("甲局", "operates", "补贴"),
        figure("补贴", 5, "元", "每月5元", role="floor"),
    ]
    evaluation = judged(tmp_path, gold, found)
    table = render(evaluation, calibrated=True)
    assert [word for word in ("机制措施", "右边界", "0.000", "置信度可信吗") if word not in table] == []
    assert "| Mechanism | near | a | 岗位补贴 | 岗位 | right edge |" in render(evaluation, "md", lang="en")
    record = json.loads(render(evaluation, "json"))
    assert record["scores"][0] == {
        "sort": "Mechanism", "gold": 1, "found": 1, "right": 0, "near": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0,
    }  # fmt: skip
    assert record == json.loads(render(evaluation, "json", lang="en"))
    assert "errors,1,differs,right_edge" in render(evaluation, "csv")
    assert "errors" not in json.loads(render(evaluation, "json", errors=0))


@pytest.mark.parametrize(
    ("gold", "system", "given", "problem"),
    [
        ("none", None, None, "no such file or folder"),
        ("empty", None, None, "no \\*.facts.jsonl in this folder"),
        ("gold/a.facts.jsonl", None, None, "article of these facts is missing"),
        ("gold/a.facts.jsonl", "none", None, "not there"),
        ("gold", "gold/a.facts.jsonl", None, "a file for a folder"),
        ("gold", "gold", "entities", "without the entities"),
        ("broken", "gold", None, "broken/a.facts.jsonl:1: the entity has no 'name'"),
    ],
)
def test_mistakes_are_told(gold: str, system: str | None, given: str | None, problem: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path / "gold", entity("Group", "村民"))
    written(tmp_path / "broken", {"kind": "entity", "type": "Group", "quote": "村民"})
    with pytest.raises(InputError, match=problem):
        evaluate(tmp_path / gold, tmp_path / system if system else None, given=given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "least"), [("dingyuan.facts.jsonl", 0.7), ("neimenggu.facts.jsonl", 0.66), ("mixed", 0.64)]
)
def test_right_entities_in_relations_out(name: str, least: float) -> None:
    score = only(evaluate(GOLD / name, given="entities"))["relations"]
    assert score.f1 >= least
    assert score.near <= score.gold * 0.08
