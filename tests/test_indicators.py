"""Indicators: every shape finds what its examples say, and names are built from the words around a figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract import observations
from kg.extract.figures import builders
from kg.extract.page import Page
from kg.lexicon import words
from kg.reading import article_from_text
from kg.rules import Rule, rules


@pytest.mark.parametrize("rule", rules("phrases"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    def found(text: str) -> list[str]:
        return [hit.groupdict().get("hit") or hit.group() for hit in rule.regex.finditer(text) if hit.group()]

    for text, runs in rule.hits:
        assert all(run in found(text) for run in runs), (text, found(text))
    for text in rule.misses:
        assert found(text) == []


def names(text: str) -> list[str]:
    page = Page(article_from_text(f"{text}\n", source="test"))
    return [found.indicator for found in observations.find(page, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县共开展培训26期。", ["开展培训期数"]),
        ("全县带动就业超过1500人。", ["带动就业人数"]),
        ("有26个计划出列村。", ["计划出列村"]),
        ("选调25名党员技术骨干。", ["选调党员技术骨干"]),
        ("131名乡村医生全部参加企业职工养老保险。", ["参加企业职工养老保险的乡村医生"]),
        ("全县217人就业。", ["就业人数"]),
        ("贫困人口从80.2万人减少到1.6万人。", ["贫困人口", "贫困人口"]),
        ("贫困发生率下降到0.11%，较上年下降2个百分点。", ["贫困发生率", "贫困发生率下降"]),
        ("人才总量达187人，同比增长11.6%。", ["人才总量", "人才总量同比增长"]),
        ("改造棚户区16套、城镇老旧小区65个。", ["改造棚户区套数", "改造城镇老旧小区"]),
        ("为全镇34名专职委员的工作成绩鼓掌。", ["专职委员"]),
        ("山西各县共落实各级资金8.8亿元。", ["落实各级资金"]),
        ("我市设立12家创业服务工作站。", ["设立创业服务工作站"]),
        ("研发投入占销售收入的6.8%。", ["研发投入占销售收入比例"]),
        ("一半是带娃的妇女。", ["带娃的妇女占比"]),
        ("见习单位按每人每月1500元领取补贴。", ["每人每月补贴标准"]),
        ("按每人每天80元的标准发放生活补助。", ["每人每天生活补助标准"]),
        ("集中供养护理补贴300元/人·月。", ["每人每月集中供养护理补贴标准"]),
        ("投入专项资金500万元，其中200万元用于人才公寓建设。", ["投入专项资金", "用于人才公寓建设的专项资金"]),
        ("5个工作日内完成初审。", ["初审时限"]),
        ("新增护理型床位210张，入住率74%。", ["新增护理型床位", "护理型床位入住率"]),
        ("引进食用菌、连翘、核桃深加工等项目57个。", ["引进项目"]),
        ("本通知自印发之日起施行，有效期2年。", ["通知有效期"]),
        ("完成入户改造74户（民生任务70户），完成率105%。", ["完成入户改造", "民生任务", "入户改造完成率"]),
        ("对1万名教职员工给予午餐补助。", ["给予午餐补助的教职员工"]),
        ("7家合作社通过不同方式帮助残疾人。", ["帮助残疾人的合作社"]),
        ("秀山目前已选聘生态护林员11人，其中：新聘3人。", ["选聘生态护林员", "新聘生态护林员人数"]),
        (
            "人均收入8000元，年均增长6%，增速高于全省平均1.1个百分点。",
            ["人均收入", "人均收入年均增长", "人均收入增速高于全省平均"],
        ),
        ("解决了9万农村人口的饮水安全问题。", ["解决农村人口"]),
        ("培训补贴分两档，A类1500元、B类1200元。", ["培训补贴分档数", "A类培训补贴", "B类培训补贴"]),
        ("一等奖奖励5万元，二等奖3万元。", ["一等奖奖励", "二等奖奖励"]),
        ("新识别监测对象96户402人。", ["新识别监测对象", "新识别监测对象人数"]),
        ("2017年发放村干部报酬2146万元。", ["发放村干部报酬"]),
        ("涉及14个乡镇158个村。", ["涉及乡镇", "涉及村"]),
        ("一般事项7日内办结。", ["一般事项办结时限"]),
        ("3个工作日内向市公共就业服务中心备案。", ["备案时限"]),
        ("每千名老年人拥有养老床位35张。", ["每千名老年人拥有养老床位"]),
        ("带动5000户贫困户稳定增收。", ["带动贫困户"]),
        ("淘汰35蒸吨燃煤锅炉。", ["淘汰燃煤锅炉"]),
        ("组织各类招聘会460场。", ["组织招聘会场次"]),
        ("住宅楼建成，总投资6840万元。", ["总投资"]),
        (
            "城镇新增就业3126人，完成年度任务2800人的111.6%。",
            ["城镇新增就业人数", "城镇新增就业完成年度任务", "城镇新增就业完成年度任务比例"],
        ),
    ],
)
def test_a_name_is_built(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正职干部和副职干部月报酬分别为2215元、1772元。", ["正职干部月报酬", "副职干部月报酬"]),
        ("甲镇、乙镇覆盖率分别达到100%、70%。", ["甲镇覆盖率", "乙镇覆盖率"]),
        ("二孩、三孩家庭送托，保教费分别减免10%、20%。", ["二孩家庭送托保教费减免比例", "三孩家庭送托保教费减免比例"]),
        (
            "失业人员再就业682人，困难人员就业514人，分别完成年度任务的113.7%和107.1%。",
            [
                "失业人员再就业人数",
                "困难人员就业人数",
                "失业人员再就业完成年度任务比例",
                "困难人员就业完成年度任务比例",
            ],
        ),
        (
            "年均新增城镇就业9人，输转劳动力5人，城乡低保标准分别提高26.7%、27%。",
            ["年均新增城镇就业人数", "输转劳动力", *["城乡低保标准提高"] * 2],
        ),
        ("发放低保金3万元、特困供养金5万元，同比分别增长6%、9%。", ["发放低保金", "发放特困供养金"] * 2),
    ],
)
def test_a_list_is_spread_over_its_figures(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_every_builder_has_a_measured_confidence() -> None:
    files = Path(builders.__file__).parent.glob("*.py")
    used = {name for file in files for name in re.findall(r'"(indicator-[a-z-]+)"', file.read_text("utf-8"))}
    assert used == set(words("indicator_builders"))
