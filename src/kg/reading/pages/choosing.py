"""Which blocks of a web page are the article: its title, what is said of it there, and the body.

Running text is what stands in sentences and not in links. The body is the innermost element that holds nearly all of
it, once the parts of the page that name themselves navigation, foot, share buttons or other articles are left out
(`ontology/rules/pages.yaml`). Of what stands above the title only lines stay that tell of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ...rules import rules
from ...text import widen
from .blocks import Block, Element, Page

_SENTENCE = re.compile(r"[。；]")
_NEARLY_ALL, _HALF, _GOOD_PART = 0.85, 0.5, 0.3
_SITE = re.compile(r"\s*[_|｜].*|\s+[-–—]+\s+.*", re.DOTALL)
_NOISE = re.compile(r"[\s\W_]+")
_SHORTEST_TITLE = 4
_HEADINGS = ("h1", "h2", "h3")
_TITLE_METAS = ("articletitle", "og:title")


def article_blocks(page: Page, blocks: Sequence[Block]) -> list[Block]:
    """Those of the blocks of the page that are the article, in order; none where it shows no text of its own."""
    shown = [block for block in blocks if block.element.tag != "title" and not _is_told("page-line", block)]
    weights = _weights(shown)
    shown = [block for block in shown if not _is_furniture(block, weights)]
    body = _body(shown)
    inside = [
        number for number, block in enumerate(shown) if any(element is body for element in block.element.around())
    ]
    if not inside:
        return []
    running = [number for number in inside if _running(shown[number])] or inside
    names = [_without_site(block) for block in page.blocks if block.element.tag == "title"][:1]
    title = _title(shown[: running[0] + 1], [*(name.text.text for name in names), *_meta_titles(page)])
    start = _above(shown, inside[0]) if title is None else title
    above = [block for block in shown[:start] if _tells(block)]
    text = [shown[n] for n in range(start, inside[-1] + 1) if running[0] <= n <= running[-1] or not _is_link(shown[n])]
    untitled = title is None and all(_tells(block) for block in shown[start : running[0]])
    return [*(names if untitled else ()), *above, *text]


def _running(block: Block) -> int:
    """How many characters of a block are running text."""
    return len(block.text.text) - block.linked if _SENTENCE.search(widen(block.text.text)) else 0


def _weights(blocks: Sequence[Block]) -> Counter[Element]:
    """How much running text each element holds."""
    weights: Counter[Element] = Counter()
    for block in blocks:
        for element in block.element.around():
            weights[element] += _running(block)
    return weights


def _is_furniture(block: Block, weights: Counter[Element]) -> bool:
    """Whether a block stands in a part of the page that is none of the article; never where most text stands."""
    around = tuple(block.element.around())
    most = weights[around[-1]]
    return any(weights[element] <= _HALF * most and _is_named(element.names, "page-part") for element in around)


def _body(blocks: Sequence[Block]) -> Element | None:
    """The outermost element that is named as a body is and holds a good part of the running text.

    Where none is, the innermost with nearly all of it and more than one block; the page itself where no text runs.
    """
    weights = _weights(blocks)
    most = max(weights.values(), default=0)
    named = [e for e, weight in weights.items() if weight > _GOOD_PART * most and _is_named(e.names, "page-body")]
    if named:
        return min(named, key=lambda e: e.depth)
    counts = Counter(element for block in blocks for element in block.element.around())
    wide = (e for e, weight in weights.items() if weight >= _NEARLY_ALL * most and (most or not e.parent))
    return max((e for e in wide if counts[e] > 1 or not e.parent), key=lambda e: e.depth, default=None)


def _title(blocks: Sequence[Block], names: Sequence[str]) -> int | None:
    """The number of the first block of the title: one that stands in a name of the page, else the last heading."""
    known = [_NOISE.sub("", name) for name in names]
    named = [n for n, block in enumerate(blocks) if _stands_in(block, known)]
    best = max(named, key=lambda n: len(blocks[n].text.text), default=0)
    if len(blocks[best].text.text) >= _SHORTEST_TITLE and best in named:
        while best - 1 in named and blocks[best - 1].element.parent is blocks[best].element.parent:
            best -= 1
        return best
    return next((n for n in reversed(range(len(blocks))) if blocks[n].element.inside(*_HEADINGS)), None)


def _above(blocks: Sequence[Block], start: int) -> int:
    """The number of the plain line above the body and what tells of the article, where the body begins with neither."""
    if not _running(blocks[start]):
        return start
    plain = next((number for number in reversed(range(start)) if not _tells(blocks[number])), start)
    return start if _is_link(blocks[plain]) or _running(blocks[plain]) else plain


def _stands_in(block: Block, known: Sequence[str]) -> bool:
    run = _NOISE.sub("", block.text.text)
    return bool(run) and not _is_link(block) and any(run in name for name in known)


def _meta_titles(page: Page) -> Iterator[str]:
    return (page.metas[name] for name in _TITLE_METAS if name in page.metas)


def _without_site(block: Block) -> Block:
    """The name of the page without that of the site behind it."""
    cut = _SITE.search(block.text.text, 1)
    return replace(block, text=block.text.cut(0, cut.start() if cut else len(block.text.text)))


def _tells(block: Block) -> bool:
    """Whether a line above the title tells of the article: its source, its date, its number."""
    found = (rule for rule in rules("metadata") if rule.extra.get("furniture"))
    return not _is_link(block) and any(rule.regex.search(widen(block.text.text)) for rule in found)


def _is_link(block: Block) -> bool:
    """Whether a block is mostly links, and none of them an attachment."""
    return block.linked > _HALF * len(block.text.text) and not _is_told("attachment", block)


@lru_cache(maxsize=4096)
def _is_named(names: str, label: str) -> bool:
    """Whether the names of an element say that it is such a part of the page."""
    return any(rule.regex.search(names) for rule in rules("pages") if rule.label == label)


def _is_told(label: str, block: Block) -> bool:
    """Whether a whole line says that it is of that kind."""
    line = widen(block.text.text)
    return any(rule.regex.search(line) for rule in rules("pages") if rule.label == label)
