"""What a store holds, and whether it is sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ValidationFailed
from ..options import format_option, lang_option, place_option

if TYPE_CHECKING:
    from ..wording import Lang


@click.command()
@place_option
@format_option
@lang_option
def validate(store: Path | str, form: str, lang: Lang) -> None:
    """Check the graph, its quotes and its figures.

    The graph against the SHACL shapes, every quote against its article, every figure against its quote. Where a server
    was filled by other means than kg, it has no texts of articles, and the quotes are not checked.

    The exit status is 0 when nothing is violated (warnings may stand), 9 otherwise.
    """
    from .. import reports, validation
    from ..store import open_store
    from ..wording import say

    with open_store(store) as graph:
        findings = validation.validate(graph)
        click.echo(reports.findings_of(graph, findings, form, lang=lang), nl=False)
        if not graph.has_texts:
            click.echo(say("no_texts", lang), err=True)
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(ValidationFailed.exit_status)


@click.command()
@place_option
@format_option
@lang_option
def stats(store: Path | str, form: str, lang: Lang) -> None:
    """Count what the graph holds.

    Sources, entities, relations, figures, confidence, kinds.
    """
    from .. import stats as counting
    from ..store import open_store

    with open_store(store) as graph:
        click.echo(counting.render(counting.stats(graph), form, lang=lang), nl=False)
