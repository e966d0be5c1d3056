"""Numbers with their units and the limit words that touch them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures.quantities import find_quantities
from kg.lexicon import table
from kg.text import widen


def read(text: str) -> list[tuple[float, str, str | None]]:
    found = find_quantities(widen(text))
    return [(float(q.value), q.unit, q.role.value if q.role else None) for q in found if not q.bare]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培训3.2万人次", [(32000, "人次", None)]),
        ("投入112万元", [(1120000, "元", None)]),
        ("3万多名党员", [(30000, "名", "approx")]),
        ("下降0.7个百分点", [(0.7, "百分点", None)]),
        ("5个工作日内", [(5, "工作日", None)]),
        ("满6个月的", [(6, "个月", "floor")]),
        ("近四分之一", [(25, "%", "approx")]),
        ("三分之一", [(33.3, "%", None)]),
        ("六成五", [(65, "%", None)]),
        ("两成半", [(25, "%", None)]),
        ("百分之五", [(5, "%", None)]),
        ("一半以上", [(50, "%", "floor")]),
        ("半年", [(0.5, "年", None)]),
        ("两年半", [(2.5, "年", None)]),
        ("每斤多卖一元五，", [(1.5, "元", None)]),
        ("挣了1160块", [(1160, "元", None)]),
        ("是从前的3倍多。", [(3, "倍", "approx")]),
        ("不超过3000元", [(3000, "元", "ceiling")]),
        ("3人（含）以上", [(3, "人", "floor")]),
        ("投入 120 万元", [(1200000, "元", None)]),
        ("８家", [(8, "家", None)]),
        ("实际缴费的2/3", [(66.7, "%", None)]),
        ("300元/人·月", [(300, "元", None)]),
        ("30人/班", [(30, "人/班", None)]),
        ("装机3万千瓦", [(30000, "千瓦", None)]),
        ("增长-8.6%", [(-8.6, "%", None)]),
        ("附件-3项", [(3, "项", None)]),
        ("3成以上", [(30, "%", "floor")]),
        ("千分之五", [(0.5, "%", None)]),
        ("万分之三", [(0.03, "%", None)]),
        ("百分之零点五", [(0.5, "%", None)]),
        ("百分之百", [(100, "%", None)]),
        ("死亡率降到21/10万", [(21, "/10万", None)]),
        ("两个半月", [(2.5, "个月", None)]),
        ("三个半小时", [(3.5, "小时", None)]),
        ("万把人", [(10000, "人", "approx")]),
        ("两把锁", [(2, "把", None)]),
        ("两三个", [(2, "个", "floor"), (3, "个", "ceiling")]),
        ("租金减半", [(50, "%", "change")]),
        ("提高6.1个、8.4个百分点", [(6.1, "百分点", None), (8.4, "百分点", None)]),
    ],
)
def test_a_quantity_is_read(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("日薪160元至200元", [(160, "元"), (200, "元")]),
        ("期限3至12个月", [(3, "个月"), (12, "个月")]),
        ("补助800—2000元", [(800, "元"), (2000, "元")]),
        ("12万—15万元", [(120000, "元"), (150000, "元")]),
        ("增长10-15%", [(10, "%"), (15, "%")]),
        ("投资3-5万元", [(30000, "元"), (50000, "元")]),
    ],
)
def test_a_range_is_a_floor_and_a_ceiling(text: str, ends: list[tuple[float, str]]) -> None:
    assert read(text) == [(*ends[0], "floor"), (*ends[1], "ceiling")]


def test_a_list_shares_its_unit() -> None:
    assert read("分5、7、9万元三档")[:3] == [(50000, "元", None), (70000, "元", None), (90000, "元", None)]


def test_a_word_that_ends_like_a_limit_is_none() -> None:
    assert read("新签约22人") == [(22, "人", None)]
    assert read("3100根上下水立管") == [(3100, "根", None)]


def test_a_unit_that_begins_a_longer_noun_is_none() -> None:
    assert read("20个人力资源市场") == [(20, "个", None)]
    assert read("有20个人。") == [(20, "个人", None)]
    assert read("四轮车、3轮次") == [(3, "轮次", None)]


def test_every_unit_is_read_behind_a_number() -> None:
    for row in table("units"):
        units = {quantity.unit for quantity in find_quantities(f"共7{row['word']}")}
        assert (row["as"] or row["word"]) in units, row


@given(st.text())
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    found = list(find_quantities(widen(text)))
    assert all(0 <= q.left <= q.start < q.end <= q.right <= len(text) for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)
