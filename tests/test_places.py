"""Places in texts: by name, by short name, by the form of the name, and words that point at one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import table
from kg.places import PlaceLevel, find_deictics, find_places, parent_of, resolve_deictic
from kg.rules import Rule, rules
from kg.text import widen


def names(text: str) -> list[str]:
    return [hit.name for hit in find_places(widen(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2月21日,正月十二,莒县沭上镇零工驿站", ["莒县", "沭上镇"]),
        ("为贯彻落实《湖南省青年就业规定》和《常德市行动方案》", ["湖南省", "常德市"]),
        ("和长治市、晋城市城区谈互认", ["长治市", "晋城市城区"]),
        ("浙江义乌引来的工坊", ["浙江省", "义乌市"]),
        ("甘肃省甘南州舟曲县曲告纳镇、博峪镇等5个乡镇", ["甘肃省", "甘南藏族自治州", "舟曲县", "曲告纳镇", "博峪镇"]),
        ("呼伦贝尔市陈巴尔虎旗巴彦库仁镇完工嘎查牧民", ["呼伦贝尔市", "陈巴尔虎旗", "巴彦库仁镇", "完工嘎查"]),
        ("走进高平市梨坪街道的槐荫社区", ["高平市", "梨坪街道", "槐荫社区"]),
        ("如定城镇十八岗村采用“村集体+企业”的模式", ["定城镇", "十八岗村"]),
        ("在幸福村、高潮村探索", ["幸福村", "高潮村"]),
        ("在青砚垭镇绿松石产业园上岗", ["青砚垭镇", "青砚垭镇绿松石产业园"]),
        ("设在城西的望江产业园", ["望江产业园"]),
        ("黑龙江省五常市民乐朝鲜族乡", ["黑龙江省", "五常市", "民乐朝鲜族乡"]),
        ("湖南怀化市会同县", ["湖南省", "怀化市", "会同县"]),
        ("北京路上的长沙高新区", ["长沙高新区"]),
        ("推动长三角一体化、京津冀协同", ["长三角", "京津冀"]),
        ("2011年底，在榆树甸、靠山子等乡镇发展互助社", ["榆树甸", "靠山子"]),
        ("覆盖双河、东风、红星3个村，", ["双河村", "东风村", "红星村"]),
        ("教育、医疗、养老等3个村级服务", []),
        ("原阳官厂镇：建立网格体系", ["原阳县", "官厂镇"]),
        ("新疆生产建设兵团44团、51团推广", ["44团", "51团"]),
        ("派出3个小分队和44团艺术家", []),
        ("金昌、庆阳、白银入选试点", ["金昌市", "庆阳市", "白银市"]),
        ("安吉县天荒坪镇余村", ["安吉县", "天荒坪镇", "余村"]),
        ("德保县那造村", ["德保县", "那造村"]),
        ("澄海市莲华镇", ["澄海市", "莲华镇"]),
        ("认定南京六合区", ["南京市", "六合区"]),
        ("石门岔乡驻柳泉村工作队", ["石门岔乡", "柳泉村"]),
        ("浙江出台新政，助推沈阳、大连发展", ["浙江省", "沈阳市", "大连市"]),
        ("德阳经济技术开发区", ["德阳经济技术开发区"]),
    ],
)
def test_places_are_found_under_their_full_names(text: str, expected: list[str]) -> None:
    found = names(text)
    assert [name for name in found if name != "北京市"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "由县委组织部会同县直各单位和乡镇党委",
        "乡村振兴重点帮扶县、贫困村、城镇社区、老旧小区、工业园区",
        "推动城区、镇区、社区三级网络全覆盖，各区县、县市区抓落实",
        "推动强村带弱村，坚持县管镇用、乡编村用，实现村村通",
        "各地市场主体在市区依法经营，长治久安，创新乡村治理",
        "江苏恒屹精密传动有限公司，来源：遵义晚风，《清远日报》",
        "党旗、锦旗、红旗飘扬，下乡、返乡、城乡一体",
        "3个村、两镇、一镇一品",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_county_goes_by_its_short_name_where_the_full_one_stands_too() -> None:
    assert names("永新推行监管办法。记者在永新县采访。") == ["永新县", "永新县"]
    assert names("永新推行监管办法。") == []
    assert names("干群同心协力。同心县召开会议。") == ["同心县"]


def test_a_name_run_together_with_a_verb_is_known_from_elsewhere() -> None:
    assert names("在白茅岭村，村民很多。帮衬白茅岭村修路。") == ["白茅岭村", "白茅岭村"]


def test_a_short_name_with_a_level_word_is_enough() -> None:
    assert names("化隆县连续四年零返贫") == ["化隆县"]
    assert names("化隆回族自治县通报：化隆县零返贫") == ["化隆回族自治县", "化隆回族自治县"]


def test_places_lie_in_one_another() -> None:
    hits = list(find_places("湖北省襄阳市谷城县五山镇堰河村"))
    assert [(hit.name, hit.parent) for hit in hits] == [
        ("湖北省", None),
        ("襄阳市", "湖北省"),
        ("谷城县", "襄阳市"),
        ("五山镇", "谷城县"),
        ("堰河村", "五山镇"),
    ]
    assert [hit.level for hit in hits] == [1, 2, 3, 4, 5]


def test_of_counties_with_one_name_the_one_within_is_meant() -> None:
    city, district = find_places("长春市朝阳区")
    assert (city.name, district.name, district.parent) == ("长春市", "朝阳区", "长春市")


@pytest.mark.parametrize(
    ("word", "main", "place"),
    [
        ("全县", "定远县", "定远县"),
        ("我市", "平果市", "平果市"),
        ("全区", "内蒙古自治区", "内蒙古自治区"),
        ("全市", "桃源县", "常德市"),
        ("全省", "桃源县", "湖南省"),
        ("该镇", "桃源县", None),
        ("全县", None, None),
    ],
)
def test_pointing_words_are_resolved(word: str, main: str | None, place: str | None) -> None:
    assert resolve_deictic(word, main) == place


def test_pointing_words_are_found() -> None:
    text = "全县返乡3万人,该局联合县总工会。由县级财政承担，在我市落户；县医保局负责"
    assert [text[word.start : word.end] for word in find_deictics(widen(text))] == ["全县", "我市", "县"]


PIECES = [
    "莒县",
    "全县",
    "湖南",
    "沭上镇",
    "幸福村",
    "的",
    "在",
    "，",
    "产业园",
    "街道",
    "和",
    "新区",
    "县",
    "市",
    "工作",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_hits_stand_in_order_and_apart(text: str) -> None:
    hits = list(find_places(text))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_the_table_of_divisions_is_sound() -> None:
    rows = table("places")
    known = {row["word"]: PlaceLevel[row["level"].upper()] for row in rows}
    count = Counter(row["word"] for row in rows)
    assert Counter(row["level"] for row in rows) == {"province": 34, "prefecture": 333, "county": 2846}
    for row in rows:
        assert (row["level"] == "province") == (not row["parent"])
        assert not row["parent"] or known[row["parent"]] < known[row["word"]]
        assert re.fullmatch(r"\d{6}", row["code"])
        assert all(short in row["word"] or short[-1] in "州县旗" for short in row["short"].split())
        assert parent_of(row["word"]) == ((row["parent"] or None) if count[row["word"]] == 1 else None)
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))


def test_the_table_of_former_divisions_is_sound() -> None:
    today = {row["word"] for row in table("places")}
    for row in table("places_former"):
        assert row["word"] not in today
        assert today.issuperset(row["now"].split())
        assert 1994 <= int(row["until"]) <= 2026
    assert {"襄樊市", "蓟县", "任县", "莱芜市"} <= {row["word"] for row in table("places_former")}


@pytest.mark.parametrize("rule", rules("places"), ids=lambda rule: rule.name)
def test_a_rule_hits_and_misses_its_examples(rule: Rule) -> None:
    for text, expected in rule.hits:
        assert tuple(hit.group() for hit in rule.regex.finditer(text)) == expected
    for text in rule.misses:
        assert not rule.regex.match(text)
        assert rule.label == "PartOfName" or not rule.regex.search(text)
