"""The articles of a store as JSON: the clean text that quotes are cut from, and what was learnt in reading."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..files import replacing
from ..model import Alignment, Article, Damage, Landmark, Section, Sentence, Span


def write_article(article: Article, path: Path) -> None:
    """Write one article, whole or not at all."""
    with replacing(path) as out:
        out.write(spell_article(article).encode("utf-8", "surrogatepass"))


def read_article(path: Path) -> Article:
    """The article of one file, equal to the one that was written."""
    return parse_article(path.read_text(encoding="utf-8"))


def spell_article(article: Article) -> str:
    """An article as JSON for people."""
    return json.dumps(asdict(article), ensure_ascii=False, indent=1)


def pack_article(article: Article) -> str:
    """An article as JSON in one line of ASCII, which no server and no format of answers can spoil."""
    return json.dumps(asdict(article), separators=(",", ":"))


def parse_article(text: str) -> Article:
    """The article that was spelt as JSON, equal to the one that was written."""
    record = json.loads(text)
    parts = {
        "authors": tuple(record["authors"]),
        "sections": tuple(map(_section, record["sections"])),
        "sentences": tuple(map(_sentence, record["sentences"])),
        "damage": tuple(map(_damage, record["damage"])),
        "landmarks": tuple(Landmark(**mark) for mark in record.get("landmarks", ())),
        "alignment": Alignment(*(tuple(record["alignment"][side]) for side in ("clean", "raw"))),
    }
    return Article(**record | parts)


def _damage(record: dict[str, Any]) -> Damage:
    mark = record.get("landmark")
    return Damage(**record | {"landmark": Landmark(**mark) if mark else None})


def _section(record: dict[str, Any]) -> Section:
    heading = record["heading"]
    return Section(Span(**record["span"]), Span(**heading) if heading else None, record["level"])


def _sentence(record: dict[str, Any]) -> Sentence:
    return Sentence(Span(**record["span"]), record["paragraph"], record["section"])
