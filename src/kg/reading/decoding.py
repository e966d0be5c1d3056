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
_SAVE_AS_UTF8 = "Open it in the program it comes from and save it as plain text in UTF-8."


def decode(data: bytes, *, path: str) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32 by their marks, else GB 18030 or Big5, whichever reads better.

    A few broken bytes become U+FFFD, which is reported as damage. Raises InputError for an empty file and for
    one that is no text in any of these encodings.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise InputError("the file is empty.", path=path, hint="Put the text of an article into it.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        found = None if b"\x00" in data else _strict(data) or _lenient(data)
        if found is None:
            raise InputError("the file is not text.", path=path, hint=_SAVE_AS_UTF8)
        text = found
    if not text.strip() or len(_CONTROL.findall(text)) > _MOST_DAMAGED * len(text):
        raise InputError("the file is not text.", path=path, hint=_SAVE_AS_UTF8)
    return text


def _strict(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = []
    for encoding in _COMMON:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_share_common(text, encoding), text))
    share, text = max(readings, default=(0.0, ""))
    return text if share >= _LEAST_COMMON else None


def _share_common(text: str, encoding: str) -> float:
    """The share of the Chinese characters that are common ones by the old standard; 0 where there are none."""
    standard, first, last = _COMMON[encoding]
    han = _HAN.findall(text)
    leads = (sign.encode(standard, errors="ignore")[:1] for sign in han)
    return sum(bool(lead) and first <= lead[0] <= last for lead in leads) / len(han) if han else 0.0


def _lenient(data: bytes) -> str | None:
    """The text with U+FFFD for broken bytes, if these are few."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > _MOST_DAMAGED * len(text):
            continue
        if encoding == "utf-8" or _share_common(text, encoding) >= _LEAST_COMMON:
            return text
    return None
