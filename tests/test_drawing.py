"""What is drawn: the whole, a neighbourhood, a type, a place, the answers of questions; unknown names are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.drawing import answered, draw
from kg.errors import UnknownName
from kg.names import lookup
from kg.questions import questions
from kg.replies import understand
from kg.store import Store


def test_a_part_is_smaller_than_the_whole(gold_store: Store, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    whole = draw(gold_store, page)
    groups = draw(gold_store, page, types=("Group",))
    around = draw(gold_store, page, around="村干部报酬待遇")
    assert whole > groups > 0
    assert whole > around > 1
    assert "村干部报酬待遇" in page.read_text(encoding="utf-8")


def test_questions_draw_their_answers(gold_store: Store) -> None:
    named = answered(gold_store, [understand(gold_store, "who-runs", ["--mechanism", "专题学习讨论"], lang="zh")])
    worded = answered(gold_store, [understand(gold_store, "专题学习讨论由谁实施？", [], lang="zh")])
    assert named == worded
    assert lookup(gold_store, "定远县委常委会").iri in named


def test_the_page_says_in_both_languages_what_it_shows(gold_store: Store, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    draw(gold_store, page, types=("PolicyDocument", "Group"), place="定远县", lang="en")
    assert (
        '"note":{"zh":"政策文件 · 对象群体 · 定远县","en":"Policy document · Target group · 定远县"}'
        in page.read_text("utf-8")
    )
    draw(gold_store, page, wordings=["who-runs --mechanism 专题学习讨论", "money"])
    zh, en = (questions()["money"].title[lang] for lang in ("zh", "en"))
    assert (
        f'"note":{{"zh":"某机制由谁实施 · 专题学习讨论 · {zh}","en":"Who runs a mechanism · 专题学习讨论 · {en}"}}'
        in (page.read_text("utf-8"))
    )


def test_the_page_opens_with_the_node_that_it_is_drawn_around(gold_store: Store, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    draw(gold_store, page, around="村干部", lang="en")
    content = page.read_text("utf-8")
    assert f'"selected":"{lookup(gold_store, "村干部").iri}"' in content
    assert '"note":{"zh":"村干部","en":"Village cadres"}' in content


def test_what_no_article_names_cannot_be_drawn(gold_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"搬迁群众.*No article names it"):
        draw(gold_store, tmp_path / "page.html", around="搬迁群众")


def test_an_unknown_type_lists_the_known_ones(gold_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Mechanism"):
        draw(gold_store, tmp_path / "page.html", types=("Nonsense",))
    assert not (tmp_path / "page.html").exists()
