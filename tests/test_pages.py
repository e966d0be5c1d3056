"""Web pages: the article without what stands around it, each character with its place in the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article
from kg.reading import read_article
from kg.reading.pages import is_page, read_page
from kg.reading.pages.blocks import parse

FIRST = "第一条　为了促进就业，对脱贫人口给予一次性创业补贴，标准为每人5000元。"
LAST = "第二条　本办法自2023年6月1日起施行。"
NAV = '<ul class="nav"><li><a href="/">首页</a><li><a href="/zw">政务公开</a><li><a href="/fw">办事服务</a></ul>'
FOOT = (
    '<div class="footer"><p>主办：清河县人民政府办公室　版权所有：清河县人民政府。</p>'
    "<p>冀ICP备05000000号</p></div><script>var x = '<p>不是正文。</p>';</script>"
)
RELATED = '<div class="related"><h3>相关文章</h3><ul><li><a>关于做好春耕工作的通知。</a></li></ul></div>'
GOVERNMENT = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="清河县就业帮扶办法">
<meta name="PubDate" content="2023-05-06 10:21"><meta name="ContentSource" content="县人社局">
<title>清河县就业帮扶办法_政府文件_清河县人民政府</title><style>p{{color:red}}</style></head>
<body><div class="top"><a href="/">清河县人民政府</a><span>今天是2024年5月3日，欢迎您访问本网站！</span></div>{NAV}
<div class="position">当前位置：<a>首页</a> &gt; <a>政府文件</a></div>
<table><tr><td>索 引 号：</td><td>011/2023-00012</td></tr></table>
<div class="main"><h1>清河县<br/>就业帮扶办法</h1>
<div class="info"><span>发布时间：2023-05-06</span> <span>来源：县人社局</span></div>
<div>【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印本页</a> <a>关闭窗口</a></div>
<div class="share">分享到：<a>微信</a></div>
<div id="zoom"><p>各乡镇人民政府：</p><p>&emsp;&emsp;{FIRST}</p>
<table border=1><tr><td><p>项目</p><td>对象<td>标准</tr>
<tr><td><p>创业补贴</p><td><p>高校毕业生、</p><p>脱贫人口</p><td>每人5000元</table>
<p>　　{LAST}</p><p align=right>2023年5月4日</p><p>附件：<a href="x.doc">补贴申请表.doc</a></p></div>
<div>上一篇：<a>关于做好防汛工作的通知，确保安全。</a><br>下一篇：<a>没有了</a></div></div>
{RELATED}{FOOT}</body></html>"""


def lines(html: str) -> list[str]:
    return read_page(html, path="a.html")[0].text.splitlines()


def article(tmp_path: Path, page: bytes, name: str = "a.html") -> Article:
    (tmp_path / name).write_bytes(page)
    return read_article(tmp_path / name)


def test_of_a_government_page_the_article_is_kept() -> None:
    assert lines(GOVERNMENT) == [
        "索 引 号：011/2023-00012",
        "清河县",
        "就业帮扶办法",
        "发布时间：2023-05-06 来源：县人社局",
        "各乡镇人民政府：",
        FIRST,
        "项目，对象，标准",
        "创业补贴，高校毕业生、脱贫人口，每人5000元",
        LAST,
        "2023年5月4日",
        "附件：补贴申请表.doc",
    ]


def test_its_metadata_is_read(tmp_path: Path) -> None:
    found = article(tmp_path, GOVERNMENT.encode())
    assert found.title == "清河县 就业帮扶办法"
    assert (found.publisher, found.date, found.place) == ("县人社局", "2023-05-06", "清河县")


def test_meta_tags_help_out_where_the_text_says_nothing(tmp_path: Path) -> None:
    page = (
        '<html><meta name="PubDate" content="2023/5/6 10:21"><meta name="Author" content="张三，李四">'
        f'<meta name="ContentSource" content="县人社局"><p>就业帮扶</p><p>{FIRST}</p>'
    )
    found = article(tmp_path, page.encode())
    assert (found.date, found.authors, found.publisher) == ("2023-05-06", ("张三", "李四"), "县人社局")
    bad = article(tmp_path, page.replace("2023/5/6", "近日").encode())
    assert bad.date is None


def test_every_character_leads_back_to_the_source(tmp_path: Path) -> None:
    found = article(tmp_path, GOVERNMENT.encode())
    offsets = [found.alignment.to_raw(offset) for offset in range(len(found.text))]
    assert offsets == sorted(offsets)
    for run in ("一次性创业补贴", "就业帮扶办法", "脱贫人口，", "申请表.doc"):
        at = offsets[found.text.index(run)]
        assert GOVERNMENT[at : at + len(run)].startswith(run[:4])
    assert found.landmark(0) is None


def test_without_a_visible_title_the_name_of_the_page_is_it() -> None:
    page = f"<title>清河县就业帮扶办法 - 清河县人民政府</title>{NAV}<div><p>{FIRST}</p><p>{LAST}</p></div>{FOOT}"
    assert lines(page) == ["清河县就业帮扶办法", FIRST, LAST]


def test_a_heading_is_the_title_where_the_page_has_the_name_of_the_site() -> None:
    page = f"<title>清河县人民政府</title>{NAV}<div><h2>就业帮扶办法</h2><p>{FIRST}</p><p>{LAST}</p></div>"
    assert lines(page) == ["就业帮扶办法", FIRST, LAST]


def test_a_title_that_only_stands_above_the_body_is_kept() -> None:
    page = (
        "<title>某县信息网</title><table><tr><td width=200><a>栏目一</a><br><a>栏目二</a></td><td><table>"
        "<tr><td><b>我县推进就业帮扶</b></td></tr><tr><td>作者：张三 来源：县人社局 日期：2012-3-5</td></tr>"
        f"<tr><td>{FIRST}<br><br>{LAST}</td></tr><tr><td>【<a>打印</a>】【<a>关闭</a>】</td></tr></table></td></tr></table>"
    )
    assert lines(page) == ["我县推进就业帮扶", "作者：张三 来源：县人社局 日期：2012-3-5", FIRST, LAST]


def test_the_name_of_the_site_is_no_title() -> None:
    page = (
        "<title>政策解读_某市人民政府</title><header><h1>某市人民政府</h1></header>"
        f"<div><h2>《某市养老服务办法》解读</h2><p>{FIRST}</p><p>{LAST}</p></div>"
    )
    assert lines(page) == ["《某市养老服务办法》解读", FIRST, LAST]


@pytest.mark.parametrize("part", ["nav", "footer", "aside"])
def test_parts_that_name_themselves_are_left_out(part: str) -> None:
    page = f"<body><{part}><p>欢迎访问。</p></{part}><main><h1>办法</h1><p>{FIRST}</p><p>{LAST}</p></main></body>"
    assert lines(page) == ["办法", FIRST, LAST]


def test_a_part_with_most_of_the_text_is_kept_whatever_its_name() -> None:
    assert lines(f'<body class="nav-open side"><p>{FIRST}</p><p>{LAST}</p></body>') == [FIRST, LAST]


def test_an_element_known_to_hold_articles_goes_before_a_longer_text() -> None:
    other = f"<div><p>{'别的新闻。' * 30}</p><p>{'还有新闻。' * 10}</p></div>"
    page = f'<body>{other}<div class="TRS_Editor"><p>{FIRST * 3}</p><p>{LAST}</p></div></body>'
    assert lines(page)[-2:] == [FIRST * 3, LAST]
    assert "别的" not in "".join(lines(page))


def test_a_page_laid_out_by_tables_keeps_its_lines() -> None:
    page = (
        f"<table><tr><td><a>首页</a></td></tr></table><table><tr><td width=20%><a>通知</a><br><a>公告</a></td>"
        f"<td><table><tr><td>就业帮扶办法</td></tr><tr><td>{FIRST}<br>{LAST}</td></tr></table></td></tr></table>"
    )
    assert lines(f"<title>就业帮扶办法</title>{page}") == ["就业帮扶办法", FIRST, LAST]


def test_a_notice_without_running_text_is_kept_whole() -> None:
    assert lines("<h1>放假通知</h1><p>各科室：</p><p>明日放假</p>") == ["放假通知", "各科室：", "明日放假"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一&nbsp;二&#19977;&#x56db;&amp;&lt;&unknown;</p>", "一\xa0二三四&<&unknown;"),
        ("<p>近年来\n  全县 坚持</p>", "近年来全县 坚持"),
        ("<p>a\nb<b>c</b></p>", "a bc"),
        ("<p>一<p>二<div>三</div>四", "一\n二\n三\n四"),
        ("<ul><li>一<li>二</ul>三", "一\n二\n三"),
        ("<pre>一\n二</pre>", "一\n二"),
        ("<div>一</span></div></div>二", "一\n二"),
        ("<![if !IE]>一<![endif]><!-- 二 --><!-- 三", "一"),
        ("一<script>二</script><style>三</style><textarea>四</textarea>", "一"),
        ("<p>一 < 二 & 三</p>", "一 < 二 & 三"),
    ],
)
def test_html_is_read_as_browsers_show_it(html: str, text: str) -> None:
    blocks = parse(html).blocks
    assert "\n".join(block.text.text for block in blocks) == text


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><script>一</script>", "<html><a>首页</a>" * 2])
def test_a_page_without_text_is_refused(page: str) -> None:
    if "首页" in page:
        assert lines(page)
        return
    with pytest.raises(InputError, match=r"holds no text.*save what it shows"):
        lines(page)


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "big5", "utf-8", "shift_jis", ""])
def test_the_charset_that_a_page_names_is_taken_only_where_it_fits(charset: str, tmp_path: Path) -> None:
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>{FIRST}</p></html>'
    for encoding in ("gb18030", "utf-8"):
        assert article(tmp_path, page.encode(encoding)).text == FIRST


def test_a_page_in_traditional_characters(tmp_path: Path) -> None:
    page = '<html><meta charset="big5"><p>近年來，全縣堅持把就業作為最大的民生。</p></html>'
    assert article(tmp_path, page.encode("big5")).text == "近年来，全县坚持把就业作为最大的民生。"


TAGS = st.sampled_from(
    [
        *"<>&/!-[]'\"=; \n",
        *("<p>", "</p>", "<div class='nav'>", "</div>", "<td>", "<tr>", "<table>", "<a href=x>", "</a>", "<br/>"),
        *("<script>", "<!--", "<![", "&#", "&amp", "&nbsp;", "县，", "一。"),
    ]
)


@given(st.lists(TAGS, max_size=60).map("".join))
def test_any_source_makes_a_page_whose_text_leads_back(html: str) -> None:
    for block in parse(html).blocks:
        assert list(block.text.origin) == sorted(block.text.origin)
        assert all(0 <= at < len(html) for at in block.text.origin)
        assert all(
            html[at] in (sign, "&") for sign, at in zip(block.text.text, block.text.origin, strict=True) if sign > " "
        )


@pytest.mark.parametrize("piece", ["<a ", "<a b='", "<!--", "</a", "<![", "&#", "<table><td>a", "<p>a", "<div>"])
def test_a_page_of_nothing_but_pieces_of_tags_is_read_in_bounded_time(piece: str) -> None:
    parse(piece * 20_000)


def test_only_what_looks_like_one_is_a_page() -> None:
    assert is_page(GOVERNMENT)
    assert not is_page(f"见<附件>。{FIRST}")
