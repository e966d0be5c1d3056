"""PDF files: the lines of their pages, joined to paragraphs again where a line only ends because the page does.

A line goes on in the next if it reaches the right margin and the next begins at the left one, without the indent of a
paragraph. Page numbers and the lines that stand at the edge of most pages are left out. A page that shows something but
no text, such as a scanned one among others, is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any, Final

from ..errors import InputError
from ..model import Landmark
from ..rules import rules
from ..text import widen
from .raw import Raw, library, refusing
from .tracing import Edit, Traced

_PASSWORD: Final = 4
"""The code that PDFium gives for a file behind a password."""

_LEAST_SIGNS: Final = 10
"""Fewer characters than this on a page, on average, are what a scan has: page numbers, or the mark of a scanner."""

_MOST_UNKNOWN: Final = 0.1
_LEAST_REPEATED: Final = 3
_EDGE_LINES: Final = 2
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_ENDED = re.compile(r"[。！？；：!?;:]$")
_LATIN = re.compile(r"[A-Za-z]")
_EDGE, _EDGE_ENDED, _EDGE_SHARED, _INDENT, _LEAST_RUN = 3.0, 1.0, 0.5, 1.0, 12
"""In widths of a character: how far from the margin a full line may end, how far one that ends a sentence, how near to
each other the ends of lines at a margin are, what counts as an indent, and how long a full line is at least."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text and where it begins and ends, in the units of the page; `size` is a character's."""

    text: str
    left: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end; `is_shared` says that more than one ends at the right margin."""

    left: float
    right: float
    is_shared: bool

    def is_full(self, line: Line) -> bool:
        """Whether a line ends because the page does; one that ends a sentence must reach a margin that others reach."""
        if len(line.text) < _LEAST_RUN:
            return False
        is_ended = bool(_ENDED.search(line.text))
        reach = _EDGE_ENDED if is_ended else _EDGE
        return line.right >= self.right - reach * line.size and (self.is_shared or not is_ended)


def load_pdf(data: bytes, path: str) -> Raw:
    """The text of a PDF file; its landmarks are the pages.

    Raises InputError for a file behind a password, for a scan, whose pages are pictures, for one whose fonts do not
    tell which characters they draw, and for one that is damaged.
    """
    pages, drawn = _pages(data, path)
    _check("".join(line.text for page in pages for line in page), len(pages), path)
    pages = list(_without_edges(pages))
    lines = [line for page in pages for line in page]
    source = "\n".join(line.text for line in lines)
    starts = tuple(accumulate((len(line.text) + 1 for line in lines), initial=0))
    firsts = accumulate((len(page) for page in pages[:-1]), initial=0)
    marks = tuple(Landmark("page", number, starts[first]) for number, first in enumerate(firsts, 1))
    textless = tuple(mark for mark, page, is_drawn in zip(marks, pages, drawn, strict=True) if is_drawn and not page)
    return Raw(Traced.of(source).edited(_joints(pages, starts)), source, landmarks=marks, textless=textless)


def _pages(data: bytes, path: str) -> tuple[list[tuple[Line, ...]], list[bool]]:
    """The lines of each page as the library finds them, and which pages show a picture beside hardly any."""
    pdfium = library("pypdfium2", "pypdfium2", path=path)
    hint = "Open it in a PDF program and save it anew."
    with refusing("the PDF file is damaged", path=path, hint=hint):
        try:
            with closing(pdfium.PdfDocument(data)) as document:
                pages = [tuple(_lines(page.get_textpage())) for page in document]
                return pages, [_is_drawn(page, lines) for page, lines in zip(document, pages, strict=True)]
        except pdfium.PdfiumError as error:
            if error.err_code != _PASSWORD:
                raise
            hint = "Open it with the password and save it without."
            raise InputError("the PDF file is protected by a password.", path=path, hint=hint) from error


def _is_drawn(page: Any, lines: Sequence[Line]) -> bool:
    """Whether a page of hardly more than edges shows a picture or a drawing."""
    if len(lines) > 2 * _EDGE_LINES:
        return False
    text = import_module("pypdfium2.raw").FPDF_PAGEOBJ_TEXT
    return any(item.type != text for item in page.get_objects(max_depth=1))


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a page that are not blank; blanks that the library puts between Chinese characters are dropped."""
    raw = import_module("pypdfium2.raw")
    signs: list[tuple[int, str]] = []
    for number in range(page.count_chars()):
        sign = _sign(raw.FPDFText_GetUnicode(page, number))
        if sign == "\n":
            yield from _line(page, signs)
            signs = []
        elif sign not in "\r\x02":
            signs.append((number, sign))
    yield from _line(page, signs)


def _sign(code: int) -> str:
    """A character by its code; U+FFFD for what is none."""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _line(page: Any, signs: Sequence[tuple[int, str]]) -> Iterator[Line]:
    seen = [number for number, sign in signs if not sign.isspace()]
    if seen:
        left, bottom, _, top = page.get_charbox(seen[0], loose=True)
        right = page.get_charbox(seen[-1], loose=True)[2]
        yield Line("".join(sign for _, sign in signs).strip(), left, right, top - bottom)


def _check(text: str, pages: int, path: str) -> None:
    signs = len("".join(text.split()))
    if signs < _LEAST_SIGNS * pages or not signs:
        hint = "Run text recognition (OCR) on it first, and look through what it gives."
        raise InputError("this PDF is a scan: its pages are pictures, without text.", path=path, hint=hint)
    if len(_UNKNOWN.findall(text)) > _MOST_UNKNOWN * signs:
        hint = "Open it in a PDF program and print it to a new PDF, or run text recognition (OCR) on it."
        raise InputError("the fonts of this PDF do not tell which characters they draw.", path=path, hint=hint)


def _without_edges(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, ...]]:
    """The pages without page numbers, and with a line at the edge of most pages only where it stands first."""
    ends = Counter(_even(line) for page in pages for line in {*page[:1], *page[-1:]})
    repeated = {end for end, count in ends.items() if count >= _LEAST_REPEATED and 2 * count > len(pages)}
    seen: set[str] = set()
    for page in pages:
        edge = {*page[:_EDGE_LINES], *page[-_EDGE_LINES:]}
        yield tuple(line for line in page if line not in edge or not (_even(line) in seen or _is_number(line)))
        seen |= repeated & {_even(line) for line in edge}


def _is_number(line: Line) -> bool:
    return any(rule.regex.search(widen(line.text)) for rule in rules("pages") if rule.label == "page-number")


def _even(line: Line) -> str:
    """A line with its figures made alike, so that a running head with a page number is the same on every page."""
    return re.sub(r"\d+", "0", line.text)


def _joints(pages: Sequence[Sequence[Line]], starts: Sequence[int]) -> Iterator[Edit]:
    """The line ends that only the width of the page made; each line has its offset in `starts`."""
    margins = [_margins(page) for page in pages]
    lines = [(line, margins[number]) for number, page in enumerate(pages) for line in page]
    for ((line, margin), (after, margin_after)), end in zip(pairwise(lines), starts[1:], strict=False):
        if margin.is_full(line) and after.left <= margin_after.left + _INDENT * after.size:
            words = _LATIN.search(line.text, len(line.text) - 1) and _LATIN.match(after.text)
            yield end - 1, end, " " if words else ""


def _margins(page: Sequence[Line]) -> Margins:
    """The outermost edges that several lines share, which a table beside the text rarely does; else the outermost."""
    lefts = _shared([line.left for line in page], page)
    rights = _shared([line.right for line in page], page)
    left = min(lefts or [line.left for line in page], default=0.0)
    return Margins(left, max(rights or [line.right for line in page], default=0.0), bool(rights))


def _shared(edges: Sequence[float], page: Sequence[Line]) -> list[float]:
    """Those edges of the longer lines of a page that lie within half a character of another one."""
    found = sorted((edge, line.size) for edge, line in zip(edges, page, strict=True) if len(line.text) >= _LEAST_RUN)
    return [edge for (edge, size), (after, _) in pairwise(found) if after - edge < size * _EDGE_SHARED]
