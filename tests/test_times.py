"""Times: every rule finds what its examples say, and a figure is given the time that holds for it."""

from __future__ import annotations

import pytest

from kg.extract.figures.times import Timeline
from kg.extract.figures.years import anchor_year, report_time
from kg.extract.page import Page
from kg.reading import article_from_text
from kg.rules import Rule, rules


def page(text: str, date: str | None = None) -> Page:
    body = text if date is None else f"{text}\n\n某县民政局\n{date}"
    return Page(article_from_text(body, source="test"))


def time_of(text: str, word: str, date: str | None = None) -> str | None:
    made = page(text, date)
    return Timeline(made).at(made.wide.index(word))


@pytest.mark.parametrize("rule", rules("times"), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    def found(text: str) -> list[str]:
        return [hit.groupdict().get("name") or hit.group() for hit in rule.regex.finditer(text)]

    for text, runs in rule.hits:
        assert all(run in found(text) for run in runs), (text, found(text))
    for text in rule.misses:
        assert found(text) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("截至2024年6月末，全市有9人。", "2024-06"),
        ("2016年初，全市有9人。", "2016-01"),
        ("2019年底，全市有9人。", "2019-12"),
        ("2019年以来，全市有9人。", "2019/.."),
        ("自2018年启动以来累计9人。", "2018/.."),
        ("2024年前三季度，有9人。", "2024-01/2024-09"),
        ("2025年至2027年，有9人。", "2025/2027"),
        ("从2020年起连续3年每年有9人。", "2020/2022"),
        ("“十四五”以来有9人。", "2021/.."),
        ("2018年前，有9人。", "../2018"),
        ("2018年前后，有9人。", "2018~"),
        ("上世纪80年代，有9人。", "198X"),
        ("2024年3月底前有9人。", "2024-03"),
    ],
)
def test_a_time_is_said_in_edtf(text: str, edtf: str) -> None:
    assert time_of(text, "9人") == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("去年新增9人。", "2024"),
        ("今年上半年新增9人。", "2025-01/2025-06"),
        ("1-9月，新增9人。", "2025-01/2025-09"),
        ("去年四季度以来新增9人。", "2024-10/.."),
        ("明年新增9人。", "2026"),
    ],
)
def test_relative_times_count_from_the_year_of_the_text(text: str, edtf: str) -> None:
    assert time_of(f"某县工作动态\n{text}", "9人", date="2025年6月18日") == edtf


def test_a_year_holds_for_its_sentence_and_a_period_for_its_paragraph() -> None:
    text = "某县在2021年新建7所，又办了8期。还有6家。\n2022年上半年，新建5处。又有4支。\n现有9人。"
    assert time_of(text, "8期") == "2021"
    assert time_of(text, "6家") is None
    assert time_of(text, "4支") == "2022-01/2022-06"
    assert time_of(text, "9人") is None


def test_what_opens_a_paragraph_holds_for_the_rest_of_it() -> None:
    text = "2015年，某市新建7所。还有6家。\n现有9人。"
    assert time_of(text, "6家") == "2015"
    assert time_of(text, "9人") is None


def test_this_same_year_is_the_year_named_last() -> None:
    assert time_of("某村工作动态\n2018年初找到5个水源。当年7月出资9元。", "9元") == "2018-07"


def test_now_is_when_the_text_was_published() -> None:
    assert time_of("目前，全省有9人。", "9人", date="2020-08-25") == "2020-08"
    assert time_of("国办函〔2018〕46号\n全省试点。目前，全省有9人。", "9人") == "2018"
    assert time_of("目前，全省有9人。", "9人") is None


def test_a_line_that_looks_back_lends_its_time() -> None:
    text = "2026年某省政府工作报告\n“十四五”时期工作回顾\n新增就业9人。改造8户。"
    assert time_of(text, "8户") == "2021/2025"


def test_a_work_report_to_an_assembly_looks_back_on_the_year_before() -> None:
    assert time_of("2026年某省政府工作报告\n新增就业9人。", "9人") == "2025"


def test_the_last_years_end_with_the_last_whole_year() -> None:
    assert time_of("某县工作动态\n三年里交流9人。", "9人", date="2024年1月9日") == "2021/2023"
    assert time_of("某县工作动态\n近三年，有9人。", "9人", date="2023年11月2日") == "2021/2023"


def test_an_end_of_a_change_takes_the_time_that_touches_it() -> None:
    made = page("参保率由2020年的91.2%升至99.1%。")
    timeline = Timeline(made)
    assert timeline.local(made.wide.index("91.2")) == "2020"
    assert timeline.local(made.wide.index("99.1")) is None


def test_what_is_only_compared_with_carries_nothing() -> None:
    assert time_of("全县较2020年末提高9人。", "9人") is None
    assert time_of("《行动方案（2024—2026年）》提出新增9人。", "9人") is None
    assert time_of("2021年印发的《规定》让9人受益。", "9人") is None


def test_a_report_lends_its_year() -> None:
    made = page("某市2023年养老服务工作总结\n\n今年的工作总结如下。\n累计9人。")
    assert report_time(made) == "2023"
    assert anchor_year(made) == 2023
    assert Timeline(made).at(made.wide.index("9人")) == "2023"


def test_without_a_year_relative_times_stay_unsaid() -> None:
    assert time_of("去年新增9人。", "9人") is None


def test_a_heading_of_any_height_lends_its_year() -> None:
    text = (
        "某县政府工作报告\n——2012年2月15日在某县第十六届人民代表大会上\n一、2011年工作回顾\n（一）卫生\n全年投入9元。\n"
    )
    text += "二、2012年工作安排\n（一）卫生\n全年投入8元。\n"
    assert (time_of(text, "9元"), time_of(text, "8元")) == ("2011", "2012")


def test_years_without_a_count_are_those_of_the_plan() -> None:
    text = "“十三五”期间，全县92个村退出。五年累计投入9元。"
    assert time_of(text, "9元", date="2021年3月2日") == "2016/2020"


def test_the_year_in_the_title_of_a_notice_is_told_apart() -> None:
    timeline = Timeline(page("关于做好2018年城乡居民大病保险工作的通知\n起付线为9元。", date="2017年12月11日"))
    assert (timeline.titled, timeline.at(timeline.spans[-1].start)) == ("2018", "2017-12-11")


def test_a_report_of_this_year_so_far_is_of_the_year_and_says_nothing_of_what_comes() -> None:
    text = "某乡治理工作情况报告\n2020年以来，某乡扎实推进。\n一、做法\n建成9处。\n下一步，拟新建8处。"
    made = page(text, "2020年12月8日")
    timeline = Timeline(made)
    assert (timeline.at(made.wide.index("9处")), timeline.at(made.wide.index("8处"))) == ("2020", None)
