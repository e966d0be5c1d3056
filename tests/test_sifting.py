"""What counts something and what does not, and the role of what does."""

from __future__ import annotations

import pytest

from kg.extract.figures.sifting import NO_UNIT, Figure, Skipped, is_missed, sift
from kg.extract.figures.times import Timeline
from kg.extract.page import Page
from kg.reading import article_from_text


def sifted(text: str) -> tuple[list[Figure], list[Skipped]]:
    page = Page(article_from_text(f"{text}\n", source="test"))
    return sift(page, Timeline(page).spans)


def roles(text: str) -> list[str]:
    return [figure.role.value for figure in sifted(text)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "严格落实《三年行动方案（20条）》。",
        "建立“四个一”机制。",
        "发挥五级书记和第一书记作用。",
        "给予一次性奖补。",
        "按第3条执行。",
        "关于2025届毕业生的通知说明。",
        "全面推行一事一议制度。",
        "各单位要有一支队伍。",
        "2024年3月5日在县里召开。",
        "每带动1户给予支持。",
        "为60岁以上老年人提供服务。",
        "新华社记者24日专访了负责人。",
        "人口达到数十万人。",
        "在十三届全国人大三次会议上报告。",
    ],
)
def test_labels_titles_dates_and_ordinals_are_no_figures(text: str) -> None:
    assert sifted(text)[0] == []


def test_a_number_without_a_unit_is_told() -> None:
    assert [item.reason for item in sifted("热线为12385，欢迎拨打。")[1]] == [NO_UNIT]


@pytest.mark.parametrize("text", ["按照国发〔2016〕65号执行。", "邮编：100070。", "（三）完善制度。", "第12次会议。"])
def test_numbers_of_documents_and_sessions_are_not_told(text: str) -> None:
    page = Page(article_from_text(f"{text}\n", source="test"))
    assert not any(is_missed(page, item) for item in sift(page, ())[1])


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("为15万农村人口统一参保。", 150000, "人"),
        ("免费为26县提供推介。", 26, "个"),
        ("惠及80多万低收入农户。", 800000, "户"),
        ("搬迁贫困人口36.2万，全部脱贫。", 362000, "人"),
        ("惠及507.75万农村义务教育阶段学生。", 5077500, "人"),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_noun(text: str, value: int, unit: str) -> None:
    figure = sifted(text)[0][0]
    assert (int(figure.quantity.value), figure.quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贫困人口从80.2万人减少到1.6万人。", ["before", "after"]),
        ("正职和副职月报酬分别从954元、668元提高到2215元、1772元。", ["before", "before", "after", "after"]),
        ("平均用时由25天压缩到12天以内。", ["before", "after"]),
        ("满意度升至96.1%。", ["after"]),
        ("同比增长11.7%。", ["change"]),
        ("比去年同期多1100人。", ["change"]),
        ("到岗率低于上年4.6个百分点。", ["change"]),
        ("超自治区下达任务37户。", ["change"]),
        ("年增支逾2100万元。", ["floor"]),
        ("转诊病人减少近四成。", ["approx"]),
        ("收入全部达到5万元以上。", ["floor"]),
        ("不低于年度总额的15%。", ["floor"]),
        ("最高额度500万元。", ["ceiling"]),
        ("每村至少培育1个主导产业。", ["floor"]),
        ("总额以40万元为限。", ["ceiling"]),
        ("乳儿班、托小班、托大班分别不超过10人、15人、20人。", ["ceiling", "ceiling", "ceiling"]),
        ("县里5个工作日内完成初审。", ["ceiling"]),
        ("3年内不予受理其申报。", ["level"]),
        ("近2年未发生事故。", ["level"]),
        ("最大的78岁。", ["level"]),
        ("为300余户办理。", ["approx"]),
    ],
)
def test_the_limit_word_decides_and_ends_of_a_change_stay_ends(text: str, expected: list[str]) -> None:
    assert roles(text) == expected
