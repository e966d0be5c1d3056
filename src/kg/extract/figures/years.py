"""The years that a text is about: from which 去年 counts, in which it was published, on which it reports."""

from __future__ import annotations

import re
from functools import cache

from ...rules import rules
from ..page import Page

_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD = 200
"""A report says within these first characters which year it is about."""


def anchor_year(page: Page) -> int | None:
    """The year from which 去年 and bare months count: that of a report's title, else that of the article's date."""
    for text in (report_time(page), page.article.date, published(page)):
        if text and (hit := _YEAR.search(text)):
            return int(hit.group())
    years = [int(hit.group("name")) for hit in pattern("year-named").finditer(page.wide)]
    return max(years, default=None)


def published(page: Page) -> str | None:
    """The year in the number of a document or in the imprint of a newspaper, else None."""
    hit = pattern("numbered").search(page.wide[:_HEAD]) or pattern("imprint").search(page.wide)
    return hit["name"] if hit else None


def title_year(page: Page) -> str | None:
    """The one year for which the title of a notice or of a set of rules names it, else None."""
    hit = pattern("named-for").search(page.wide[:_HEAD])
    return hit["name"] if hit else None


def reviewed_year(page: Page) -> str | None:
    """The year that a work report to an assembly looks back on: the one before it is given, else None."""
    hit = pattern("review").search(page.wide[:_HEAD])
    return str(int(hit["name"] or hit["name2"]) - 1) if hit else None


def report_time(page: Page) -> str | None:
    """The year that an annual report is about, from its title or from its first heading, else None."""
    hit = pattern("report").search(page.wide[:_HEAD])
    return (hit["name"] or hit["name2"]) if hit else None


@cache
def pattern(label: str) -> re.Pattern[str]:
    """The pattern of the one rule that has this label."""
    return next(rule.regex for rule in rules("times") if rule.label == label)
