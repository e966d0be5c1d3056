"""How fast facts are taken from clean text on one core, how soon the first ones come, and what a long corpus costs.

The peer is what a plain tagger needs for the same texts: jieba.posseg, the usual first step of Chinese extraction.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from resource import RUSAGE_SELF, getrusage

from kg.extract import extract
from kg.reading import article_from_text

from .measuring import ROOT, Row, compare, median, process

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "gold").rglob("*.txt"))]
LONGER = 10
FIRST = "县财政局发放创业补贴20万元。"
_FIRST_FACTS = f"""
from kg.extract import extract
from kg.reading import article_from_text
extract(article_from_text({FIRST!r}, source="benchmark"))"""


def extraction() -> Iterator[Row]:
    """Facts against tags of the same texts, first facts against a plain import, a long corpus against a short one."""
    import jieba.posseg

    list(jieba.posseg.cut(FIRST))
    facts = ("kg, facts", lambda: take(1))
    tags = ("jieba.posseg, tags", lambda: [list(jieba.posseg.cut(text)) for text in TEXTS])
    take(1)
    yield compare("clean text to facts", facts, tags, 5)
    peer = ("import click", process("-c", "import click"))
    yield compare("first facts, whole process", ("kg", process("-c", _FIRST_FACTS)), peer, 7)
    long, short = (float(process("-m", "benchmarks.extraction", str(times))()) for times in (LONGER, 1))
    yield "peak memory in MB", f"{LONGER} times the corpus", long, "the corpus", short, long / short


def rate() -> float:
    """Characters a second from clean text to facts."""
    return sum(map(len, TEXTS)) / median(lambda: take(1))


def take(times: int) -> None:
    """Take the facts from every text, each time under other offsets."""
    for number in range(times):
        for text in TEXTS:
            extract(article_from_text("\n" * number + text, source="benchmark"))


if __name__ == "__main__":
    take(int(sys.argv[1]))
    print(getrusage(RUSAGE_SELF).ru_maxrss / 1024)
