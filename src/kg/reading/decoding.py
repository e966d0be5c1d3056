"""From the bytes of a file to its text, whatever Chinese encoding it is in."""

from __future__ import annotations

import codecs
import re

from ..errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6)}
"""For each old encoding the standard that holds its common characters and the range of their first byte."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LEAST_COMMON = 0.6
_MOST_DAMAGED = 0.02
_WIDE = ("utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_SAVE_AS_UTF8 = "Open it in the program it comes from and save it as plain text in UTF-8."


def decode(data: bytes, *, path: str, declared: bool = False) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32 by their marks, else UTF-8, or what reads best of the others.

    The others are GB 18030, Big5 and UTF-16. `declared` says that the file may name its encoding, as web pages do; it
    is taken at its word where the text reads well so, gb2312 as the larger GB 18030. A few broken bytes become
    U+FFFD, which is reported as damage. Raises InputError for an empty file and for one that is no text in any of
    these.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise InputError("the file is empty.", path=path, hint="Put the text of an article into it.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        found = _strict(data, _declaration(data) if declared else None) or _lenient(data)
        if found is None:
            raise InputError("the file is not text.", path=path, hint=_SAVE_AS_UTF8)
        text = found
    if not text.strip() or len(_CONTROL.findall(text)) > _MOST_DAMAGED * len(text):
        raise InputError("the file is not text.", path=path, hint=_SAVE_AS_UTF8)
    return text


def _strict(data: bytes, declared: str | None) -> str | None:
    if b"\x00" not in data and (text := _try(data, "utf-8")) is not None:
        return text
    encodings = _WIDE if b"\x00" in data else (*_COMMON, *_WIDE)
    readings = [
        (encoding == declared, share, text)
        for encoding in encodings
        if (text := _try(data, encoding)) is not None and (share := _share_common(text, encoding)) >= _LEAST_COMMON
    ]
    return max(readings)[2] if readings else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declaration(data: bytes) -> str | None:
    """The encoding that a web page names, by the name of the one that is tried for it."""
    hit = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    name = hit.group(1).decode().lower() if hit else ""
    return "gb18030" if name.startswith("gb") else "big5hkscs" if name.startswith("big5") else name or None


def _share_common(text: str, encoding: str) -> float:
    """The share of the Chinese characters that are common ones by the old standards; 0 where there are none.

    Of UTF-16, which gives any bytes a meaning, the share of all letters beyond ASCII.
    """
    if encoding in _WIDE:
        letters = sum(sign.isalpha() and not sign.isascii() for sign in text)
        return max(_common(text, standard) for standard in _COMMON) / letters if letters else 0.0
    han = len(_HAN.findall(text))
    return _common(text, encoding) / han if han else 0.0


def _common(text: str, encoding: str) -> int:
    standard, first, last = _COMMON[encoding]
    leads = (sign.encode(standard, errors="ignore")[:1] for sign in _HAN.findall(text))
    return sum(bool(lead) and first <= lead[0] <= last for lead in leads)


def _lenient(data: bytes) -> str | None:
    """The text with U+FFFD for broken bytes, if these are few."""
    for encoding in () if b"\x00" in data else ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > _MOST_DAMAGED * len(text):
            continue
        if encoding == "utf-8" or _share_common(text, encoding) >= _LEAST_COMMON:
            return text
    return None
