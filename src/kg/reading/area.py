"""The place that an article is about.

Every place named is weighed: by where it stands (title, first running line, last line), by how often it is named, and
by how often words that point at a place without naming it (全县, 我市, 该区) agree with its level word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..model import Span
from ..places import PlaceLevel, find_deictics, find_places

_IN_TITLE, _AT_EDGE, _POINTS_IN_TITLE, _ENOUGH = 8.0, 3.0, 3, 5
_QUOTED = re.compile(r"《[^《》\n]*》")


def main_area(wide: str, title: str, edges: Sequence[Span]) -> str | None:
    """The full name of the place with most weight, or None where no place is named.

    `edges` are the lines that a place of weight stands in: the first running line and the last line. Where only the
    titles of documents name a province or prefecture, the mention itself has no weight.
    """
    quoted = [Span(*hit.span()) for hit in _QUOTED.finditer(wide)]
    pointing: Counter[str] = Counter()
    for word in find_deictics(wide):
        pointing[word.level] += _POINTS_IN_TITLE if wide[word.start : word.end] in title else 1
    mentions: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for hit in find_places(wide):
        if hit.level is PlaceLevel.REGION:  # a region crosses divisions and issues nothing
            continue
        in_title = wide[hit.start : hit.end] in title
        cited = hit.level < PlaceLevel.COUNTY and not in_title and any(hit.start in span for span in quoted)
        mentions[hit.name] += not cited
        weight = 0 if cited else _IN_TITLE * in_title + _AT_EDGE * any(hit.start in edge for edge in edges)
        weights[hit.name] = max(weights.get(hit.name, 0), weight)
    for name, count in mentions.items():
        agreeing = max((times for level, times in pointing.items() if name.endswith(level)), default=0)
        weights[name] += min(count, _ENOUGH) + min(agreeing, _ENOUGH)
    return max(weights, key=lambda name: weights[name], default=None)
