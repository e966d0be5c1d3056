"""The page in a real browser: it is clicked, searched, filtered, read by keyboard, exported and attacked.

Every test also holds that the page asked for nothing but itself, opened no dialog and raised no error.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from graphs import ATTACK, BASE, gold_graph, hostile_graph, large_graph
from kg.networks import to_networkx
from kg.store import Store
from kg.view import render, select

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium"),
]

COUNTY = f"{BASE}place/定远县"
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OFFICE = {"width": 1366, "height": 768}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, notice_store: Store) -> dict[str, Path]:
    """The pages of the tests as files, made once."""
    folder = tmp_path_factory.mktemp("pages")
    gold = gold_graph()
    around = select(gold, around=COUNTY)
    graphs = {
        "gold": gold,
        "around": around,
        "hostile": hostile_graph(),
        "empty": nx.MultiDiGraph(),
        "large": large_graph(1000),
        "notice": to_networkx(notice_store),
    }
    files = {}
    for name, graph in graphs.items():
        note = dict.fromkeys(("zh", "en"), ATTACK) if name == "hostile" else {"zh": "脱贫攻坚", "en": "Poverty relief"}
        files[name] = folder / f"{name}.html"
        files[name].write_bytes(render(graph, note=note, selected=COUNTY if name == "around" else None))
    return files


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """What goes wrong in any page: a request, a dialog, an error, a message on the console."""
    return []


@pytest.fixture(scope="module")
def new_context(browser: Browser, pages: dict[str, Path], wrong: list[str]) -> Callable[..., BrowserContext]:
    """Makes offline contexts that are watched for whatever goes wrong."""
    known = {"about:blank", *(path.as_uri() for path in pages.values())}

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**({"viewport": OFFICE, "offline": True, "reduced_motion": "reduce"} | options))
        context.set_default_timeout(5000)
        context.on("request", lambda r: None if r.url.split("#")[0] in known else wrong.append(f"request {r.url}"))
        context.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        context.on("weberror", lambda error: wrong.append(f"error {error.error}"))
        context.on("console", lambda message: wrong.append(f"console {message.text}"))
        return context

    return make


@pytest.fixture(scope="module")
def window(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """One window for all tests without wishes of their own, since a new one takes longer than most tests."""
    context = new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], window: Page, pages: dict[str, Path], wrong: list[str]
) -> Iterator[Open]:
    """Opens a page by name, offline; afterwards nothing must have been asked for and nothing gone wrong."""
    contexts = []

    def opener(name: str = "gold", *, hash: str = "", **options: Any) -> Page:
        page = window
        if options:
            contexts.append(new_context(**options))
            page = contexts[-1].new_page()
        page.goto("about:blank")
        page.set_viewport_size(options.get("viewport", OFFICE))
        page.goto(pages[name].as_uri() + hash)
        page.wait_for_function("window.kg")
        return page

    wrong.clear()
    yield opener
    for context in contexts:
        context.close()
    assert wrong == []


def click_node(page: Page, iri: str) -> None:
    page.mouse.click(*on_screen(page, iri))


def on_screen(page: Page, iri: str) -> tuple[float, float]:
    place = page.evaluate("iri => kg.graph.onScreen(kg.model.byIri.get(iri).id)", iri)
    return place["x"], place["y"]


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#canvas").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def resize(page: Page, *, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(DRAWN)


def outside(page: Page) -> list[str]:
    """The nodes that stand beyond the edges of the drawing."""
    found: list[str] = page.evaluate("""() => {
        const box = document.querySelector("#canvas").getBoundingClientRect();
        return [...kg.model.nodes.values()].filter((node) => {
            const { x, y } = kg.graph.onScreen(node.id);
            return x < box.left || x > box.right || y < box.top || y > box.bottom;
        }).map((node) => node.label);
    }""")
    return found


def selected(page: Page) -> str | None:
    found: str | None = page.evaluate("kg.state.node()?.iri ?? null")
    return found


def toggle(page: Page, name: str) -> Locator:
    return page.locator(f".toggle[data-id={name}]")


def rows(page: Page) -> Locator:
    return page.locator("#table tbody tr")


# Opening


def test_it_opens_fast_and_says_what_it_holds(open_page: Open) -> None:
    begin = perf_counter()
    page = open_page()
    assert perf_counter() - begin < 5
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.title() == "政策知识图谱"
    expect(page.locator("#panel")).to_contain_text("概览")
    expect(page.locator("#panel .totals dd").first).to_have_text(
        str(len(gold_graph()) - 2)
    )  # the articles are not counted


def test_the_drawing_has_the_colours_of_the_types(open_page: Open) -> None:
    page = open_page()
    page.evaluate("kg.graph.zoomBy(3)")
    page.evaluate("iri => kg.graph.goTo(kg.model.byIri.get(iri).id, { moving: false })", COUNTY)
    pixel = """async iri => {
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        const canvas = document.querySelector("#canvas canvas"), box = canvas.getBoundingClientRect();
        const at = kg.graph.onScreen(kg.model.byIri.get(iri).id), scale = canvas.width / box.width;
        const place = [(at.x - box.left) * scale, (at.y - box.top) * scale];
        return [...canvas.getContext("2d").getImageData(...place, 1, 1).data];
    }"""
    assert page.evaluate(pixel, COUNTY) == [0x75, 0x84, 0x27, 255]


def test_an_empty_graph_says_so(open_page: Open) -> None:
    page = open_page("empty")
    expect(page.locator("#stage .empty")).to_contain_text("这里还没有内容")
    page.click("#show-table")
    expect(rows(page)).to_have_text("没有符合条件的行")
    page.click("#export summary")
    with page.expect_download() as download:
        page.click("#export-svg")
    assert ElementTree.parse(download.value.path()).getroot().tag.endswith("svg")


def test_a_large_graph_opens_in_reasonable_time(open_page: Open) -> None:
    begin = perf_counter()
    page = open_page("large")
    page.evaluate(DRAWN)
    assert perf_counter() - begin < 12


def test_nothing_sticks_out_sideways(open_page: Open) -> None:
    page = open_page()
    for width, height in [(1366, 768), (1024, 700), (640, 900)]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        expect(page.locator("#canvas canvas")).to_be_visible()


def test_it_follows_the_dark_scheme(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate("kg.state.theme") == "dark"
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).not_to_have_css("background-color", dark)
    assert page.evaluate("kg.state.theme") == "light"


def test_the_view_follows_the_window_until_the_reader_moves_it(open_page: Open) -> None:
    page = open_page()
    before = page.evaluate("kg.graph.scale()")
    for size in ({"width": 1000, "height": 600}, {"width": 700, "height": 900}):
        resize(page, **size)
        assert outside(page) == []
        assert page.evaluate("kg.graph.scale()") < before
    page.mouse.move(350, 400)
    page.mouse.wheel(0, -400)
    resize(page, width=600, height=600)
    assert outside(page) != []
    page.click("#fit")
    assert outside(page) == []


def test_the_legend_of_a_narrow_window_opens_above_the_drawing(open_page: Open) -> None:
    page = open_page(viewport={"width": 640, "height": 900})
    expect(page.locator("#legend")).to_be_hidden()
    page.click("#legend-button")
    expect(page.locator("#legend-button")).to_have_attribute("aria-expanded", "true")
    expect(toggle(page, "Place")).to_be_in_viewport()
    box, stage = page.locator("#legend").bounding_box(), page.locator("#stage").bounding_box()
    assert box
    assert stage
    assert box["width"] > 600
    assert box["y"] + box["height"] <= stage["y"]
    page.click("#legend-button")
    expect(page.locator("#legend")).to_be_hidden()


def test_labels_stay_in_sight(open_page: Open) -> None:
    page = open_page("empty")
    corners = """({ zoom, must }) => {
        const room = { left: 0, top: 0, right: 400 * zoom, bottom: 200 * zoom };
        const items = [[2, 2], [398, 2], [2, 198], [398, 198], [200, 199]].map(([x, y]) =>
            ({ x, y, radius: 4, lines: ["定远县村干部参加城", "镇职工基本养老保险"], size: 12, bold: false, must }));
        return placeLabels(items, { zoom, room, measure: () => 108 }).map(({ left, top }) =>
            left - 54 >= room.left && left + 54 <= room.right && top >= room.top && top + 30 <= room.bottom);
    }"""
    for zoom in (0.9, 2):
        for must in (False, True):
            assert page.evaluate(corners, {"zoom": zoom, "must": must}) == [True] * 5
    lines = "name => labelLines(name, false)"
    assert page.evaluate(lines, "Resident village cadres") == ["Resident", "village cadres"]
    assert page.evaluate(lines, "城镇职工基本养老保险金") == ["城镇职工基本", "养老保险金"]
    assert page.evaluate(lines, "字" * 40) == ["字" * 11, "字" * 10 + "…"]


# Selecting


def test_the_page_around_a_node_opens_with_it_in_the_middle_and_its_details(open_page: Open) -> None:
    page = open_page("around")
    expect(page.locator("#panel h2")).to_have_text("定远县")
    assert selected(page) == COUNTY
    assert middle(page) == pytest.approx(on_screen(page, COUNTY), abs=3)
    assert outside(page) == []
    resize(page, width=1000, height=600)
    assert middle(page) == pytest.approx(on_screen(page, COUNTY), abs=3)
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("概览")


def test_an_address_goes_before_the_node_that_the_page_is_made_for(open_page: Open) -> None:
    other = f"{BASE}org/定远县委"
    page = open_page("around", hash=f"#node={quote(other)}")
    assert selected(page) == other


def test_a_click_on_a_node_shows_it_and_one_beside_it_lets_go(open_page: Open) -> None:
    page = open_page()
    click_node(page, COUNTY)
    expect(page.locator("#panel h2")).to_have_text("定远县")
    expect(page.locator("#panel .facts")).to_contain_text("全县")
    expect(page.locator("#announce")).to_contain_text("定远县")
    assert selected(page) == COUNTY
    page.mouse.click(240, 80)
    expect(page.locator("#panel h2")).to_have_text("概览")


def test_every_quote_stands_with_article_rule_and_confidence(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    block = page.locator("#panel figure.quote").last
    expect(block.locator("blockquote")).to_have_text("定远县")
    expect(block.locator("cite")).to_have_text("围绕“五个强化” 助力脱贫攻坚")
    expect(block.locator("figcaption span")).to_contain_text("规则 reader")
    expect(block.locator("figcaption span")).to_contain_text("可信度 100%")


def test_a_document_shows_its_details_and_where_its_quotes_stand(open_page: Open) -> None:
    page = open_page("notice", hash=f"#node={quote(f'{BASE}doc/蓟州区高龄老年人津贴发放办法')}")
    facts = page.locator("#panel .facts")
    expect(facts).to_contain_text("施行日期2022-06-01")
    expect(facts).to_contain_text("有效期5年")
    expect(facts).to_contain_text("废止蓟县高龄老年人津贴发放办法")
    place = page.locator("#panel > section > div > figure.quote figcaption span").first
    expect(place).to_contain_text("第4段 · 规则 document-titled")
    page.click("#language")
    expect(facts).to_contain_text("in force from2022-06-01")
    expect(facts).to_contain_text("valid for5 years")
    expect(place).to_contain_text("paragraph 4 · Rule document-titled")
    page.evaluate(
        "name => kg.state.set({ selected: [...kg.model.nodes.values()].find(n => n.label === name).id })", "蓟县"
    )
    expect(facts).to_contain_text("is today蓟州区")


def test_the_cover_of_a_document_shows_its_number_date_and_whom_it_is_sent_to(open_page: Open) -> None:
    page = open_page("notice", hash=f"#node={quote(f'{BASE}doc/蓟州区_关于印发蓟州区高龄老年人津贴发放办法的通知')}")
    facts = page.locator("#panel .facts")
    expect(facts).to_contain_text("发文字号蓟州政办规〔2022〕3号")
    expect(facts).to_contain_text("成文日期2022-05-10")
    expect(facts).to_contain_text("主送区政府部门、街道办事处、镇乡人民政府")


def test_figures_stand_in_a_table_with_their_quotes(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    figures = page.locator("#panel table.figures")
    expect(figures.locator("th").first).to_have_text("指标")
    opener = figures.locator("button.open").first
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(figures.locator("blockquote").first).to_be_visible()
    expect(figures.locator("figcaption span").first).to_contain_text("规则 reader · 可信度 100% · 位置 ")
    opener.click()
    expect(figures.locator("blockquote").first).to_be_hidden()


def test_a_click_on_a_neighbour_moves_there_and_the_way_back_leads_back(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    neighbour = page.locator("#panel .links .link").first
    name = neighbour.inner_text()
    neighbour.click()
    expect(page.locator("#panel h2")).to_have_text(name)
    x, y = on_screen(page, selected(page) or "")
    box = page.locator("#canvas").bounding_box()
    assert box
    assert abs(x - box["x"] - box["width"] / 2) < 5
    assert abs(y - box["y"] - box["height"] / 2) < 5
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("定远县")


def test_the_neighbours_are_grouped_by_predicate_and_direction(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    headings = page.locator("#panel .links h3").all_inner_texts()
    assert any(heading.startswith("在此适用") for heading in headings)
    assert any(heading.startswith("位于此地") for heading in headings)
    page.click("#language")
    expect(page.locator("#panel .links h3").first).not_to_contain_text("此")


def test_a_click_on_an_edge_shows_the_relation(open_page: Open) -> None:
    page = open_page()
    page.evaluate("kg.state.set({ selected: [...kg.model.edges.values()].find(e => e.predicate === 'issues').id })")
    expect(page.locator("#panel h2")).to_have_text("印发")
    expect(page.locator("#panel .triple .link")).to_have_count(2)
    assert page.locator("#panel blockquote").count() >= 1


def test_a_derived_edge_is_dashed_and_hides_behind_a_stated_one(open_page: Open) -> None:
    page = open_page()
    drawn = "[...kg.model.edges.values()].filter(e => e.predicate === 'affects' && kg.state.draws(e)).length"
    before = page.evaluate(drawn)
    assert page.evaluate("[...kg.model.edges.values()].every(e => Boolean(e.dashes) === e.derived)")
    expect(toggle(page, "affects")).to_contain_text("推断")
    toggle(page, "targets").click()
    assert page.evaluate(drawn) > before


def test_focus_dims_the_rest_and_can_be_put_off(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    focused = page.locator("#canvas canvas").screenshot()
    page.click("#focus")
    expect(page.locator("#focus")).to_have_attribute("aria-pressed", "false")
    assert page.locator("#canvas canvas").screenshot() != focused


def test_a_node_stays_where_it_is_dragged(open_page: Open) -> None:
    page = open_page("around")
    x, y = on_screen(page, COUNTY)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=3)
    page.mouse.up()
    page.keyboard.press("Escape")
    page.evaluate(DRAWN)
    assert on_screen(page, COUNTY) == pytest.approx((x - 60, y - 40), abs=8)


# Searching and filtering


def test_search_by_keyboard_finds_names_and_aliases_and_admits_a_miss(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("驻村")
    options = page.locator("#results [role=option]")
    expect(options.first.locator("mark")).to_have_text("驻村")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "result-1")
    page.keyboard.press("ArrowUp")
    name = options.first.locator(".name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#results")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_have_value("")
    page.fill("#search", "该县")
    expect(page.locator("#results [role=option] small mark").first).to_have_text("该县")
    page.locator("#results [role=option]").first.click()
    assert selected(page) == COUNTY
    page.fill("#search", "查无此名")
    expect(page.locator("#results")).to_contain_text("没有找到")


def test_the_legend_counts_and_filters(open_page: Open) -> None:
    page = open_page()
    people = page.evaluate("[...kg.model.nodes.values()].filter(n => n.type === 'Person').length")
    expect(toggle(page, "Person").locator(".count")).to_have_text(str(people))
    page.click("#show-table")
    everyone = int(page.locator("[data-tab=entities] .count").inner_text())
    toggle(page, "Person").click()
    expect(toggle(page, "Person")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-tab=entities] .count")).to_have_text(str(everyone - people))
    page.locator(".legend .all").first.click()
    expect(page.locator("[data-tab=entities] .count")).to_have_text(str(everyone))


def test_only_one_type_or_nothing_at_all(open_page: Open) -> None:
    page = open_page()
    row = page.locator(".legend li", has=toggle(page, "Place"))
    row.hover()
    row.locator(".only").click()
    assert page.evaluate("[...kg.model.nodes.values()].filter(kg.state.shows).every(n => n.type === 'Place')")
    toggle(page, "Place").click()
    expect(page.locator("#stage .empty")).to_contain_text("全部内容已被筛选隐藏")


def test_the_filter_of_predicates_reaches_the_table_where_relations_have_quotes(open_page: Open) -> None:
    page = open_page()
    page.click("#show-table")
    page.click("[data-tab=relations]")
    every = int(page.locator("[data-tab=relations] .count").inner_text())
    gone = int(toggle(page, "operates").locator(".count").inner_text())
    toggle(page, "operates").click()
    expect(page.locator("[data-tab=relations] .count")).to_have_text(str(every - gone))
    page.fill("#search", "定远县委")
    expect(rows(page).filter(has_text="印发").first.locator("td.quote")).not_to_be_empty()


# Tables, language, keyboard


def test_the_table_sorts_and_follows_the_search(open_page: Open) -> None:
    page = open_page()
    page.click("#show-table")
    header = page.locator("#table th.links")
    header.locator("button").click()
    page.locator("#table th.links button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    numbers = [int(text) for text in page.locator("#table td.links").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    page.fill("#search", "驻村")
    expect(page.locator("#table td.name mark").first).to_have_text("驻村")
    assert rows(page).count() < len(numbers)
    page.locator("#table td.name .link").first.click()
    expect(page.locator("#panel h2")).to_contain_text("驻村")


def test_the_tables_fit_a_small_window(open_page: Open) -> None:
    page = open_page(viewport={"width": 1280, "height": 720})
    page.click("#show-table")
    for tab in ("entities", "relations", "figures", "articles"):
        page.click(f"[data-tab={tab}]")
        assert page.locator("#table .scroll").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        narrow = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.className)"
        assert page.locator("#table th, #table td").evaluate_all(narrow) == []
    page.click("[data-tab=entities]")
    for column in ("aliases", "quote"):
        assert page.locator(f"#table th.{column}").evaluate("e => e.clientWidth") > 110


def test_articles_stand_in_a_table_of_their_own(open_page: Open) -> None:
    page = open_page()
    page.click("#show-table")
    page.click("[data-tab=articles]")
    expect(rows(page)).to_have_count(2)
    expect(page.locator("[data-tab=entities] .count")).to_have_text(str(len(gold_graph()) - 2))


def test_the_table_of_figures_sorts_numbers_as_numbers(open_page: Open) -> None:
    page = open_page()
    page.click("#show-table")
    page.click("[data-tab=figures]")
    page.locator("#table th.value button").click()
    texts = page.locator("#table td.value span").evaluate_all("all => all.map(e => e.firstChild.data)")
    numbers = [float(text.replace(",", "")) for text in texts]
    assert numbers == sorted(numbers)
    assert len(numbers) == 73


def test_the_language_switch_changes_words_but_no_names(open_page: Open) -> None:
    page = open_page(hash=f"#node={quote(COUNTY)}")
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(toggle(page, "Mechanism")).to_contain_text("Mechanism")
    expect(toggle(page, "targets")).to_contain_text("targets")
    expect(page.locator("#search")).to_have_attribute("placeholder", "Search names and aliases")
    expect(page.locator("#fit")).to_have_attribute("aria-label", "Fit all")
    expect(page.locator("#panel .kicker")).to_have_text("Place")
    expect(page.locator("#panel h2")).to_have_text("定远县")
    page.keyboard.press("Escape")
    chinese = """() => [...document.querySelectorAll("[data-word], .legend *, .panel h2, .panel h3, .panel dt")]
        .map(e => e.textContent).filter(t => /[\\u4e00-\\u9fff]/.test(t) && t !== "中文")"""
    assert page.evaluate(chinese) == []
    page.keyboard.press("l")
    expect(toggle(page, "Mechanism")).to_contain_text("机制措施")


def test_title_and_note_change_with_the_language(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("#summary")).to_have_text("脱贫攻坚")
    page.click("#language")
    assert page.title() == "Policy knowledge graph"
    expect(page.locator("h1")).to_have_text("Policy knowledge graph")
    expect(page.locator("#summary")).to_have_text("Poverty relief")


def test_an_english_name_is_found_and_shown_in_both_languages(open_page: Open) -> None:
    page = open_page()
    page.fill("#search", "village")
    expect(page.locator("#results .name")).to_have_text("村干部Village cadres")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("村干部")
    expect(page.locator("#panel .facts")).to_contain_text("Village cadres")
    page.click("#language")
    expect(page.locator("#panel h2")).to_have_text("Village cadres")
    expect(page.locator("#panel .facts")).to_contain_text("村干部")
    page.click("#show-table")
    expect(rows(page).locator("td.name")).to_have_text("Village cadres")
    expect(rows(page).locator("td.aliases")).to_contain_text("村干部")


def test_arrow_keys_walk_the_graph_and_enter_reads_the_details(open_page: Open) -> None:
    page = open_page()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    hub = selected(page)
    page.keyboard.press("ArrowLeft")
    assert selected(page) not in (None, hub)
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    assert selected(page) is None


def test_single_keys(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#stage")).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator("#focus")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.focus("#search")
    page.keyboard.type("t")
    expect(page.locator("#stage")).to_be_visible()


def test_everything_has_a_name_and_shows_its_focus_when_the_tab_key_reaches_it(open_page: Open) -> None:
    page = open_page()
    ringed = "(e => e.id === 'search' || e === document.body || getComputedStyle(e).outlineStyle !== 'none')"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        assert page.evaluate(f"{ringed}(document.activeElement)")
    assert {"search", "show-table", "language", "full-screen", "canvas", "toggle", "only", "fit", "link"} <= reached
    nameless = "all => all.filter(e => !(e.getAttribute('aria-label') || e.textContent.trim())).length"
    assert page.locator("button, input").evaluate_all(nameless) == 0


def test_full_screen(open_page: Open) -> None:
    page = open_page()
    page.click("#full-screen")
    page.wait_for_function("document.fullscreenElement !== null")
    page.click("#full-screen")
    page.wait_for_function("document.fullscreenElement === null")


def test_an_address_of_an_unknown_node_does_no_harm(open_page: Open) -> None:
    page = open_page(hash="#node=urn:nothing%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert selected(page) is None


# Exports


def test_the_svg_stands_alone(open_page: Open, browser: Browser, tmp_path: Path) -> None:
    page = open_page()
    page.click("#export summary")
    with page.expect_download() as download:
        page.click("#export-svg")
    assert download.value.suggested_filename == "政策知识图谱 · 脱贫攻坚.svg"
    path = tmp_path / "graph.svg"
    download.value.save_as(path)
    tags = [node.tag.rsplit("}")[-1] for node in ElementTree.parse(path).iter()]
    assert tags.count("path") == page.evaluate("[...kg.model.edges.values()].filter(kg.state.draws).length")
    texts = [node.text for node in ElementTree.parse(path).iter() if node.tag.endswith("text")]
    assert {"定远县", "政策知识图谱 · 脱贫攻坚", "机制措施"} <= set(texts)
    alone = browser.new_page()
    alone.goto(path.as_uri())
    assert alone.evaluate("document.documentElement.getBBox().width") > 1000
    alone.close()


def test_the_png_is_an_image_of_what_the_filters_show(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    sizes = []
    for _ in range(2):
        page.click("#export summary")
        with page.expect_download() as download:
            page.click("#export-png")
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        sizes.append((*struct.unpack(">II", content[16:24]), len(content)))
        page.locator(".legend li", has=toggle(page, "Place")).locator(".only").dispatch_event("click")
    assert sizes[0][0] > 2000
    assert sizes[1][2] < sizes[0][2] / 2


# Attacks


def test_hostile_texts_do_nothing_wherever_they_are_shown(open_page: Open) -> None:
    page = open_page("hostile")
    assert (page.locator("#summary").text_content() or "").startswith("<img src=x onerror=alert(1)>")
    page.mouse.move(*on_screen(page, f"urn:Group{ATTACK}"))
    click_node(page, f"urn:Group{ATTACK}")
    shown = page.locator("#panel h2")
    assert shown.evaluate("e => e.textContent") == ATTACK
    for opener in page.locator("#panel button.open").all():
        opener.click()
    page.fill("#search", "onerror")
    page.locator("#results [role=option]").first.click()
    page.click("#show-table")
    for tab in ("relations", "figures", "entities"):
        page.click(f"[data-tab={tab}]")
        assert ATTACK[:80] in (rows(page).first.text_content() or "")
    page.evaluate("kg.state.set({ selected: 'e0' })")
    page.click("#language")
    page.wait_for_timeout(100)
    assert page.locator("img, iframe, object, [onclick], [onerror], a[href^=javascript]").count() == 0
    assert page.evaluate("document.scripts.length") == page.evaluate(
        "document.querySelectorAll('body > script').length"
    )


def test_hostile_texts_are_escaped_in_the_svg(open_page: Open, browser: Browser, tmp_path: Path) -> None:
    page = open_page("hostile")
    page.evaluate("for (const node of kg.model.nodes.values()) node.label = node.label.slice(0, 20)")
    page.click("#export summary")
    with page.expect_download() as download:
        page.click("#export-svg")
    path = tmp_path / "graph.svg"
    download.value.save_as(path)
    allowed = {"svg", "rect", "path", "polygon", "circle", "text"}
    assert {node.tag.rsplit("}")[-1] for node in ElementTree.parse(path).iter()} == allowed
    assert "\u0007" not in path.read_text(encoding="utf-8")
    alone, dialogs = browser.new_page(), []
    alone.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    alone.goto(path.as_uri())
    alone.close()
    assert dialogs == []


def test_the_policy_stops_a_script_that_is_not_of_the_page(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "foreign.html"
    foreign = b"<script>window.foreign = true</script><img src=x onerror='window.foreign = true'></body>"
    path.write_bytes(pages["gold"].read_bytes().replace(b"</body>", foreign))
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("[typeof kg, typeof foreign]") == ["object", "undefined"]
    page.close()
