"""From a file to an article: decoding, cleaning with offsets, damage and repairs, layout, metadata."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, UnknownFormat
from kg.model import Article
from kg.reading import LOADERS, article_from_text, read_article, read_articles
from kg.reading.area import main_area
from kg.reading.cleaning import clean, conversion_edits, strip_glosses, to_simplified
from kg.reading.damage import Repair, find_damage, repair_edits
from kg.reading.decoding import decode
from kg.reading.metadata import parse_date
from kg.reading.sidecar import load_sidecar
from kg.reading.tracing import Traced
from kg.rules import Rule, rules
from kg.text import widen

DATA = Path(__file__).parents[1] / "data"
SEEDS = {"000_a9c2261e11aec1ab": "neimenggu", "003_9b19b7111ec6c0c4": "dingyuan"}
PROSE = "近年来，全县坚持把就业作为最大的民生，城镇新增就业五千人。"


def read(name: str) -> Article:
    return read_article(DATA / "articles" / f"{name}.txt")


# The two articles


@pytest.mark.parametrize(("seed", "gold"), SEEDS.items())
def test_a_cleaned_seed_is_the_text_that_people_made(seed: str, gold: str) -> None:
    expected = (DATA / "gold" / f"{gold}.txt").read_text(encoding="utf-8")
    text = read(seed).text
    rest = expected[len(text) :].strip()
    assert expected.startswith(text)
    assert not rest or rest.startswith("新闻推荐")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_character_leads_back_to_where_it_stood(seed: str) -> None:
    raw = (DATA / "articles" / f"{seed}.txt").read_text(encoding="utf-8")
    article = read(seed)
    offsets = [article.alignment.to_raw(offset) for offset in range(len(article.text))]
    assert offsets == sorted(offsets)
    kept = sum(raw[at] == sign for at, sign in zip(offsets, article.text, strict=True))
    turned = [(raw[at], sign) for at, sign in zip(offsets, article.text, strict=True) if raw[at] != sign]
    assert kept > 0.5 * len(article.text)
    assert sum(to_simplified(Traced.of(old * 3)).text[:1] == new for old, new in turned) >= 0.95 * len(turned)


def test_damage_is_found_and_repaired_by_the_sidecar() -> None:
    damage = read("000_a9c2261e11aec1ab").damage
    assert [(d.line, d.repair) for d in damage] == [
        (12, "經常化、規范化"),
        (20, "。總結提煉"),
        (26, "重擔"),
        (26, "日報社"),
    ]


def test_damage_without_a_repair_stays_visible() -> None:
    article = read("003_9b19b7111ec6c0c4")
    assert [(d.kind, d.repair) for d in article.damage] == [("masked", None)] * 2
    assert article.text.count("***") == 2


def test_the_seeds_tell_who_wrote_them_and_where() -> None:
    first, second = (read(seed) for seed in SEEDS)
    assert first.title.startswith("风展党旗美如画——全区深入推进抓党建促脱贫攻坚工作综述")
    assert (first.publisher, first.authors, first.place) == ("内蒙古日报社", ("及庆玲",), "内蒙古自治区")
    assert (second.title, second.byline, second.place) == ("围绕“五个强化” 助力脱贫攻坚", "邓国银", "定远县")


# Files


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", PROSE),
        ("utf-8-sig", PROSE),
        ("utf-16", PROSE),
        ("gb18030", PROSE),
        ("gbk", PROSE),
        ("utf-16-le", PROSE),
        ("utf-16-be", f"{PROSE}\nGDP增长6%"),
        ("big5", "近年來，全縣堅持把就業作為最大的民生，城鎮新增就業五千人。"),
    ],
)
def test_the_encoding_is_recognised(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), path="a.txt") == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (bytes(range(128, 256)) * 4, "not text"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem) as caught:
        read_article(path)
    assert caught.value.path == str(path)
    assert caught.value.hint


def test_damage_is_told_by_its_line_in_the_file_and_not_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html>\n<p>{PROSE}</p>\n\n<p>将***纳入清单。</p>", encoding="utf-8")
    assert [(d.kind, d.line, d.column) for d in read_article(path).damage] == [("masked", 4, 5)]


@pytest.mark.parametrize("suffix", LOADERS)
@settings(deadline=None)  # the first call loads the library of the format
@given(data=st.binary(max_size=300) | st.text(st.sampled_from('<p>&#;"{}[],:\n县一'), max_size=60).map(str.encode))
def test_no_bytes_raise_anything_but_an_input_error(suffix: str, data: bytes, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    with suppress(InputError):
        assert all(article.text for article in read_articles(path))


def test_a_few_broken_bytes_become_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((PROSE * 4).encode() + b"\xe5\x85" + PROSE.encode())
    article = read_article(path)
    assert [(d.kind, d.line, d.column) for d in article.damage] == [("broken-bytes", 1, 4 * len(PROSE) + 1)]


def test_a_missing_file_and_an_unknown_suffix_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(InputError, match="no such file"):
        read_article(tmp_path / "none")
    with pytest.raises(InputError, match="this is a folder"):
        read_article(tmp_path)
    (tmp_path / "a.xyz").write_text(PROSE, encoding="utf-8")
    with pytest.raises(UnknownFormat, match=r"\.xyz") as caught:
        read_article(tmp_path / "a.xyz")
    assert caught.value.known == tuple(LOADERS)


@pytest.mark.parametrize(
    "page",
    [f"<!DOCTYPE html>\n<p>{PROSE}</p>", f"\n<html lang='zh'>{PROSE}", f"<?xml version='1.0'?><HTML>{PROSE}",
     f"<div class='x'><p>{PROSE}</p></div>\n" * 5],
)  # fmt: skip
def test_a_web_page_under_the_suffix_of_a_text_is_read_as_one(page: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    assert set(read_article(tmp_path / "a.txt").text.splitlines()) == {PROSE}


def test_a_text_with_a_stray_tag_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"莒县促就业<br>\n{PROSE}见<附件>。", encoding="utf-8")
    assert read_article(tmp_path / "a.txt").text.endswith("见<附件>。")


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# 莒县2023年工作总结\n\n**{PROSE}**见[附件](a.pdf)。\n", encoding="utf-8")
    article = read_article(path)
    assert article.title == "莒县2023年工作总结"
    assert article.text.endswith(f"{PROSE}见附件。")
    raw = path.read_text(encoding="utf-8")
    assert all(raw[article.alignment.to_raw(i)] == sign for i, sign in enumerate(article.text))


def test_the_identity_is_that_of_the_bytes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    one, other = (read_article(tmp_path / name) for name in ("a.txt", "b.txt"))
    assert one.id == other.id
    assert re.fullmatch("[0-9a-f]{16}", one.id)
    assert (one.source, other.source) == ("a.txt", "b.txt")


# Sidecars


def test_a_sidecar_overrides_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"莒县新闻\n{PROSE}", encoding="utf-8")
    said = "title: 就业\ndate: 2020-03\nauthors: [甲, 乙]\nplace: 定远县\n"
    (tmp_path / "a.yaml").write_text(said, encoding="utf-8")
    article = read_article(tmp_path / "a.txt")
    assert (article.title, article.date, article.place) == ("就业", "2020-03", "定远县")
    assert article.authors == ("甲", "乙")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("titel: x", "titel"),
        ("title: [x]", "takes a text"),
        ("date: 3月", "EDTF"),
        ("repairs: x", "takes a list"),
        ("repairs: [{find: x}]", "find and replace"),
        ("- x", "key: value"),
        ("title: [", "cannot be read"),
        ("repairs: [{find: 没有, replace: 有}]", "finds nothing"),
        ("repairs: [{find: 就业, replace: 有}]", "2 places"),
        ("repairs: [{find: 全县坚持, replace: x}, {find: 坚持把, replace: x}]", "two repairs"),
    ],
)
def test_a_wrong_sidecar_is_told(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as caught:
        read_article(tmp_path / "a.txt")
    assert caught.value.path == str(tmp_path / "a.yaml")


def test_a_repair_of_every_place_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("repairs: [{find: 就业, replace: 就学, every: true}]", encoding="utf-8")
    (repair,) = load_sidecar(path).repairs
    assert repair == Repair("就业", "就学", every=True)
    assert [PROSE[start:end] for start, end, _ in repair_edits(PROSE, [repair], path="a.yaml")] == ["就业", "就业"]


# Cleaning


def test_glosses_go_and_abbreviations_stay() -> None:
    glossed = "風(fēng)展黨(dǎng)旗,我們(men)用APP(手机版)和云(yun)平台（PPP）"
    assert strip_glosses(Traced.of(glossed)).text == "風展黨旗,我們用APP(手机版)和云平台（PPP）"
    plain = "人工智能(ai)平台"
    assert strip_glosses(Traced.of(plain)).text == plain


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("伴隨著經濟發展，踐行著莊嚴承諾", "伴随着经济发展，践行着庄严承诺"),
        ("取得顯著成效，著名專家編著論著", "取得显著成效，著名专家编著论著"),
        ("為什麼這樣說，甚麼叫幹部", "为什么这样说，什么叫干部"),
    ],
)
def test_traditional_characters_become_simplified(traditional: str, simplified: str) -> None:
    assert to_simplified(Traced.of(traditional)).text == simplified


def test_a_simplified_text_is_left_alone() -> None:
    text = "乾隆年间的著作，昇平社区的干部后来说。" + PROSE
    assert to_simplified(Traced.of(text)).text == text


def test_line_ends_blanks_and_invisible_signs_are_evened() -> None:
    assert clean(Traced.of("\ufeff\r\n一\xa0二\u200b三\r四\u2028五\x07 \n")).text == "一 二三\n四\n五"
    assert clean(Traced.of("\u2f00")).text == "一"


SIGNS = st.text(st.sampled_from("風展黨旗著名經濟(fēng)(dé)（men）网際路a1 \r\n\xa0\u200b。，?"), max_size=60)


@given(SIGNS)
def test_clean_text_is_aligned_with_the_raw_one(raw: str) -> None:
    text = clean(Traced.of(raw))
    alignment = text.alignment()
    offsets = [alignment.to_raw(i) for i in range(len(text.text))]
    assert offsets == list(text.origin)
    assert offsets == sorted(set(offsets))
    for sign, at in zip(text.text, offsets, strict=True):
        assert sign == raw[at] or sign in " \n" or clean(Traced.of("經濟發" + raw[at])).text[-1] in (sign, "著")


@given(st.text("網際網路程式好，。", max_size=30))
def test_a_conversion_may_change_the_length(text: str) -> None:
    def convert(run: str) -> str:
        return run.replace("網際網路", "互联网").replace("程式", "小程序").replace("網", "网")

    traced = Traced.of(text).edited(conversion_edits(text, convert))
    assert traced.text == "".join(convert(piece) for piece in re.split("(?<=[，。])", text))
    assert list(traced.origin) == sorted(traced.origin)
    assert all(text[at] == sign for sign, at in zip(traced.text, traced.origin, strict=True) if sign in "好，。")


# Layout


def headings(text: str) -> list[tuple[int, str]]:
    article = article_from_text(text, source="a.txt")
    return [(part.level, part.heading.of(text)) for part in article.sections if part.heading]


def test_headings_have_levels() -> None:
    text = (
        "某县工作方案\n一、总体要求\n坚持就业优先。\n二、重点任务\n（一）编制清单。县民政局公布清单。\n"
        "1.建床位。每户补贴三千元。\n三、保障措施\n县财政安排资金。\n"
    )
    assert headings(text) == [
        (1, "一、总体要求"),
        (1, "二、重点任务"),
        (2, "（一）编制清单"),
        (3, "1.建床位"),
        (1, "三、保障措施"),
    ]


def test_plain_lines_are_headings_only_between_paragraphs() -> None:
    text = f"标题\n{PROSE}\n强化思想认识\n以“头等大事”增强合力\n{PROSE}\n某县民政局\n2024年1月9日"
    assert headings(text) == [(1, "强化思想认识\n以“头等大事”增强合力")]


def test_sections_cut_the_text_and_hold_their_sentences() -> None:
    for gold in SEEDS.values():
        article = article_from_text((DATA / "gold" / f"{gold}.txt").read_text(encoding="utf-8"), source=gold)
        assert "".join(part.span.of(article.text) for part in article.sections) == article.text
        for sentence in article.sentences:
            part = article.sections[sentence.section].span
            assert part.start <= sentence.span.start < sentence.span.end <= part.end
        assert list(article.sentences) == sorted(article.sentences, key=lambda s: s.span.start)


@given(st.text("一、二（）。\n问：答第条1.【】今年县新闻推荐", max_size=80))
def test_any_text_is_laid_out(text: str) -> None:
    article = article_from_text(text, source="a.txt")
    assert text.startswith(article.text)
    assert "".join(part.span.of(article.text) for part in article.sections) == article.text
    assert all(s.span.of(article.text).strip() == s.span.of(article.text) for s in article.sentences)


# Metadata


@pytest.mark.parametrize(
    ("text", "title", "publisher", "authors", "date"),
    [
        (f"2024年02月22日 第02版:民生\n送岗到田头\n莒县促就业\n本报讯(记者 侯敬尧 通讯员 祁晓棠){PROSE}",
         "送岗到田头 莒县促就业", None, ("侯敬尧", "祁晓棠"), "2024-02-22"),
        (f"首页>>新闻\n高平办“时间银行”\n——对话局长\n来源：太行晚报 2024-10-11\n字号：大 小\n{PROSE}\n（记者 柴一苇）",
         "高平办“时间银行”——对话局长", "太行晚报", ("柴一苇",), "2024-10-11"),
        (f"会组通字〔2023〕41号\n中共会宁县委组织部\n关于印发《暂行规定》的通知\n各乡镇党委:\n{PROSE}\n2023年9月6日",
         "中共会宁县委组织部关于印发《暂行规定》的通知", None, (), "2023-09-06"),
        (f"简报\n第17期（总第93期）\n某县领导小组办公室编　2025年7月8日\n织密“四张网”\n{PROSE}",
         "织密“四张网”", "某县领导小组办公室", (), "2025-07-08"),
        (f"慢工坊里的快日子\n滹沱晚报讯（记者宋立坤 通讯员焦文静）{PROSE}",
         "慢工坊里的快日子", "滹沱晚报", ("宋立坤", "焦文静"), None),
        (f"一根“钢丝”的突围\n{PROSE}\n（原载《清远新潮》2023年11月4日  作者：何筱雨 刘泽）",
         "一根“钢丝”的突围", "清远新潮", ("何筱雨", "刘泽"), "2023-11-04"),
    ],
)  # fmt: skip
def test_the_text_tells_of_itself(
    text: str, title: str, publisher: str | None, authors: tuple[str, ...], date: str | None
) -> None:
    article = article_from_text(text, source="a.txt")
    assert (article.title, article.publisher, article.authors, article.date) == (title, publisher, authors, date)


@pytest.mark.parametrize(
    "mark",
    ["新闻推荐", "【相关阅读】", "延伸阅读：", "上一篇：我县召开防汛调度会", "相关阅读：北河县召开防汛调度会",
     "【相关阅读】北河县召开防汛调度会", "延伸阅读｜北河县召开防汛调度会", "推荐阅读 北河县召开防汛调度会。"],
)  # fmt: skip
def test_what_follows_a_teaser_mark_is_not_the_article(mark: str) -> None:
    assert article_from_text(f"标题\n{PROSE}\n{mark}\n本报讯 别的事。", source="a").text.rstrip() == f"标题\n{PROSE}"


@pytest.mark.parametrize(
    "line", ["热门推荐活动让游客纷至沓来。", "全县开展推荐阅读：好书进农家。", "推荐新闻写作人才五名。"]
)
def test_a_sentence_that_only_begins_like_a_teaser_ends_nothing(line: str) -> None:
    assert article_from_text(f"标题\n{PROSE}\n{line}", source="a").text.endswith(line)


@pytest.mark.parametrize("head", ["2024年。新规", "标题"])
def test_a_teaser_mark_counts_only_below_a_line_that_ends_a_sentence(head: str) -> None:
    text = f"{head}\n相关链接：某县政府网\n{PROSE}"
    assert article_from_text(text, source="a").text == text


def test_a_teaser_mark_above_the_text_ends_nothing() -> None:
    article = article_from_text(f"莒县促就业\n分享到：微信 微博\n{PROSE}", source="a")
    assert article.text.endswith(PROSE)
    assert article.title == "莒县促就业"


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024年2月22日", "2024-02-22"),
        ("2023年3月", "2023-03"),
        ("二〇二三年十一月二十日", "2023-11-20"),
        ("二○一九年十月三十一日", "2019-10-31"),
        ("二〇二〇年三月十日", "2020-03-10"),
        ("二〇二〇年三月十五日", "2020-03-15"),
        ("2024-13-01", None),
    ],
)
def test_written_dates(written: str, edtf: str | None) -> None:
    assert parse_date(written) == edtf


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("全区抓党建综述", "《内蒙古自治区工作职责》印发。鄂伦春自治旗座谈。全区开会。", "内蒙古自治区"),
        ("青海省化隆县守牢返贫底线", "全县连续四年零返贫。", "化隆县"),
        ("把板凳坐热", "记者在镇安县云镜寺镇采访。我镇有27个村。全镇划成网格。镇里出钱。", "云镜寺镇"),
        ("福安：让“电表”变“信用”", "今年福安市政府设立资金池，宁德市跟进。", "福安市"),
        ("快乐成长", "孩子们很高兴。", None),
    ],
)  # fmt: skip
def test_the_main_area(title: str, body: str, place: str | None) -> None:
    wide = widen(f"{title}\n{body}")
    article = article_from_text(wide, source="a.txt")
    assert article.place == place
    assert main_area(wide, title, ()) == place


# The rules as written


def found_by(rule: Rule, text: str) -> tuple[str, ...]:
    """What the groups of a rule hold, or its whole matches."""
    values: list[str] = []
    for hit in rule.regex.finditer(text):
        groups = [value.strip() for value in hit.groupdict().values() if value]
        values += groups if hit.groupdict() else [hit.group()]
    return tuple(values)


RULES = [rule for name in ("reading", "metadata", "damage", "pages") for rule in rules(name)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_hits_and_misses_its_examples(rule: Rule) -> None:
    for text, expected in rule.hits:
        assert found_by(rule, text) == expected
    for text in rule.misses:
        assert found_by(rule, text) == ()


def test_runs_of_damage_that_touch_are_one() -> None:
    raw = "目标(biāo)化、经(jīng)?;⒁?guī)范化"
    assert [span.of(raw) for span, _ in find_damage(raw)] == ["?;⒁?guī)"]
    assert not list(find_damage("怎么申请?由监护人提出。□ 记者"))


def test_a_region_is_no_main_area() -> None:
    text = "京津冀协同治理大气污染\n京津冀及周边地区签订协议。河北省印发《河北省大气污染防治办法》。\n"
    assert article_from_text(text, source="a.txt").place == "河北省"


def test_a_long_second_line_that_goes_on_the_title_is_title() -> None:
    issuer, rest = "桃源县人民政府办公室", "关于印发《桃源县三岁以下婴幼儿照护服务能力提升三年行动计划》的通知"
    text = f"{issuer}\n{rest}\n各乡镇人民政府：\n为做好工作，现将行动计划印发给你们，请认真贯彻执行。"
    assert article_from_text(text, source="a.txt").title == issuer + rest
