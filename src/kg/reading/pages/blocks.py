"""A web page as blocks: the runs of text between its line breaks, each with its place in the source.

The parser of the standard library finds the tags and says where every piece of text stands, which parsers that build
a tree forget. Here the tags become a tree in which an element that the page left open ends where browsers end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Final

from ..tracing import Traced


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BREAKING: Final = _tags(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol option p pre section select"
    " summary table tbody td tfoot th thead title tr ul"
)
"""The elements before and behind which a browser begins a new line."""

_EMPTY: Final = _tags("area base br col embed frame hr img input link meta param source track wbr")
_UNSEEN: Final = _tags("script style noscript template iframe object svg button select textarea")
_TABLE: Final = _tags("td th tr tbody thead tfoot table")
_ENDED_BY: Final = {
    "p": _BREAKING - {"br"},
    "li": _tags("li"),
    "dt": _tags("dt dd"),
    "dd": _tags("dt dd"),
    "option": _tags("option"),
    "td": _tags("td th tr tbody"),
    "th": _tags("td th tr tbody"),
    "tr": _tags("tr tbody"),
}
"""The elements whose end tag may be missing, and the tags that end them."""

_AMPERSAND: Final = "\x01"
"""Stands for & while the tags are found, so that the parser gives every piece of text as it is written."""

_REFERENCE = re.compile(rf"{_AMPERSAND}(#\d+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?|)")
_WIDE = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNSHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DEEPEST = 250


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page; `names` are its tag, class and id, with `hidden` where browsers do not show it."""

    tag: str
    parent: Element | None = None
    names: str = ""
    depth: int = 0

    def around(self) -> Iterator[Element]:
        """The element itself and those that it stands in, from the inside out."""
        inner: Element | None = self
        while inner:
            yield inner
            inner = inner.parent

    def inside(self, *tags: str) -> Element | None:
        """The innermost element of such a tag that it stands in or is, if any."""
        return next((element for element in self.around() if element.tag in tags), None)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text without a line break, the element that it begins in, and how many characters are in links."""

    text: Traced
    element: Element
    linked: int = 0


@dataclass(slots=True)
class Page:
    """The blocks of a page in order, and the contents of its meta tags by name in small letters."""

    blocks: list[Block] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)


def parse(html: str) -> Page:
    """The page that a source is; any text makes one.

    Marked sections are made comments, which the parser knows, and the closing marks end whatever was left open.
    """
    parser = _Parser(html)
    parser.feed(html.replace("&", _AMPERSAND).replace("<![", "<!_") + "\"'>-->")
    parser.close()
    return parser.page


class _Parser(HTMLParser):
    """Gathers text under the element that is open, and makes a block of it at every line break."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.page = Page()
        self._size = len(html)
        self._lines = [0, *(hit.end() for hit in re.finditer("\n", html))]
        self._open = Element("")
        self._pieces: list[tuple[str, int, Element]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: unescape((value or "").replace(_AMPERSAND, "&")) for name, value in attrs}
        if tag == "meta":
            self.page.metas.setdefault((said.get("name") or said.get("property", "")).lower(), said.get("content", ""))
        if tag in _BREAKING:
            self._break()
            self._end_implied(tag)
        if tag not in _EMPTY and self._open.depth < _DEEPEST:
            self._open = Element(tag, self._open, _names(tag, said), self._open.depth + 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # outside XML the slash of <div/> means nothing

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self._break()
        for element in self._open.around():
            if element.tag == tag and element.parent:
                self._open = element.parent
            if element.tag == tag or (element.tag in _TABLE and tag not in _TABLE):
                return

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        if start >= self._size or self._open.inside(*_UNSEEN):
            return
        ends = "\n" if self._open.inside("pre") else None
        for part in data[: self._size - start].splitlines(keepends=True) if ends else [data[: self._size - start]]:
            self._pieces.append((part, start, self._open))
            start += len(part)
            if ends:
                self._break()

    def close(self) -> None:
        super().close()
        self._break()

    def _end_implied(self, tag: str) -> None:
        """End the elements whose end tag is missing before such a start tag."""
        while True:
            outer = next(element for element in self._open.around() if element.tag in _BREAKING or not element.parent)
            if tag not in _ENDED_BY.get(outer.tag, ()) or outer.parent is None:
                return
            self._open = outer.parent

    def _break(self) -> None:
        """Make a block of the text since the last line break, if there is any."""
        pieces, self._pieces = self._pieces, []
        text = "".join(part for part, _, _ in pieces)
        if not text.strip():
            return
        raw = Traced(text, [start + i for part, start, _ in pieces for i in range(len(part))])
        told = raw.replaced(_REFERENCE, lambda hit: unescape("&" + hit.group(1)))
        linked = sum(len(part.strip()) for part, _, element in pieces if element.inside("a"))
        home = next(element for part, _, element in pieces if part.strip())
        self.page.blocks.append(Block(_evened(told).stripped(), home, linked))


def _evened(text: Traced) -> Traced:
    """The text with blanks as a browser shows them; a line that the source wraps within Chinese goes on without one."""
    return text.replaced(_WRAP, lambda _: "").replaced(_BLANKS, lambda _: " ")


def _names(tag: str, said: dict[str, str]) -> str:
    hidden = "hidden" if "hidden" in said or _UNSHOWN.search(said.get("style", "")) else ""
    return " ".join(filter(None, (tag, said.get("class"), said.get("id"), hidden)))
