"""The command line: each command parses, calls one function of the package, prints. No logic lives here.

Results go to standard output, notes to standard error. A KgError becomes one message and its own exit status.
Heavy libraries are imported by the functions that the commands call, so `kg --help` starts at once.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from . import __version__
from .errors import InputError, KgError, ValidationFailed
from .namespaces import DEFAULT_BASE
from .options import (
    PARTS,
    PATH,
    STORE,
    StorePlace,
    format_option,
    intake_options,
    lang_option,
    place_option,
    reader_options,
)

if TYPE_CHECKING:
    from .collection import Change
    from .llm import ModelReader
    from .wording import Lang


class KgGroup(click.Group):
    """Turns a KgError of any command into one message on standard error and its exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        return list(self.commands)


@click.group(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn Chinese policy texts into a knowledge graph, with the sentence behind every fact.

    Start with `kg build`, then `kg ask`.
    """
    gc.set_threshold(100_000, 50, 50)  # a short process leaves few cycles; looking for them takes a tenth of a build


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--facts", multiple=True, type=PATH, help="Facts that people made (NAME.facts.jsonl beside the article).")
@click.option("-o", "--output", type=PATH, default=Path("build"), show_default=True, help="Folder of the results.")
@click.option("--store", type=StorePlace(), help="Store folder, or server.  [default: store in the output folder]")
@click.option("--base", help="IRI under which the data stands.  [default: https://w3id.org/policykg/]")
@click.option("--keep-going", is_flag=True, help="Leave out files that cannot be read, and name them at the end.")
@click.option("--open", "show", is_flag=True, help="Open the graph in the browser.")
@reader_options
@lang_option
def build(
    paths: tuple[Path, ...],
    facts: tuple[Path, ...],
    output: Path,
    store: Path | str | None,
    base: str | None,
    keep_going: bool,
    show: bool,
    model: ModelReader | None,
    lang: Lang,
) -> None:
    """Build the graph of articles, and a page to look at.

    PATHS are files or folders; without any, data/articles is read.

    Fills the store, infers, validates, writes policy.ttl and graph.html, and prints a summary. A build replaces the
    graph that stood in the store; one that fails leaves it as it was.
    """
    from . import pipeline, summary

    built = pipeline.build(
        paths,
        facts=facts,
        output=output,
        store=store,
        base=base or DEFAULT_BASE,
        on_error=(lambda error: None) if keep_going else None,
        on_progress=_progress(lang),
        model=model,
        lang=lang,
    )
    click.echo(summary.summarise(built, lang=lang), nl=False)
    if show:
        _show(built.page)
    if built.failed:
        sys.exit(built.failed[0].exit_status)


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--facts", multiple=True, type=PATH, help="Facts that people made (NAME.facts.jsonl beside the article).")
@click.option("--base", help="IRI under which the data of a new store stands.  [default: https://w3id.org/policykg/]")
@click.option("--spark", "master", metavar="MASTER_URL", help="Read on this Spark cluster, e.g. spark://host:7077.")
@click.option("--parts", type=PATH, help="With --spark: folder of parts for bulk load.  [default: build/parts]")
@click.option("--no-store", is_flag=True, help="With --spark: write the parts alone, fill no store.")
@intake_options
@reader_options
@place_option
@lang_option
def add(
    paths: tuple[Path, ...],
    facts: tuple[Path, ...],
    base: str | None,
    master: str | None,
    parts: Path | None,
    no_store: bool,
    workers: int | None,
    report: Path | None,
    model: ModelReader | None,
    store: Path | str,
    lang: Lang,
) -> None:
    """Add articles to the store: PATHS are files or folders.

    What the store holds already is left alone; a file that has changed replaces what it gave before. Errors in files
    are told at the end and stop no other. Killed at any moment, the same command goes on where it stopped.

    With --spark the workers of a cluster read, and write N-Triples and Parquet parts for bulk load.
    """
    from . import collection

    if master is None and (parts or no_store):
        raise click.UsageError("--parts and --no-store go with --spark.")
    if master and (facts or model):
        raise click.UsageError("--facts and --reader llm do not go with --spark; add them afterwards.")
    if not paths and not facts:
        raise click.UsageError("Name files or folders, or facts that people made with --facts.")
    base = base or DEFAULT_BASE
    if master:
        filled = None if no_store else store
        work = partial(_on_cluster, master, paths, filled, parts=parts or PARTS, base=base, lang=lang)
    else:
        work = partial(collection.add, store, paths, facts=facts, base=base, workers=workers, model=model)
    _change(work, store, report, model, lang=lang, told=not no_store)


@main.command()
@click.argument("articles", nargs=-1, required=True)
@place_option
@lang_option
def remove(articles: tuple[str, ...], store: Path | str, lang: Lang) -> None:
    """Remove articles, with all that no other article says.

    Each is named by its id, the beginning of its id, its file or its title; `kg list` shows them.
    """
    from . import changes, collection

    click.echo(changes.change_of(collection.remove(store, articles), lang=lang), nl=False)


@main.command()
@click.option("--prune", is_flag=True, help="Remove what files that are gone have given.")
@intake_options
@reader_options
@place_option
@lang_option
def update(
    prune: bool, workers: int | None, report: Path | None, model: ModelReader | None, store: Path | str, lang: Lang
) -> None:
    """Read the files of the store again where they have changed.

    What a language model has read too needs --reader llm again, or the rules alone read what has changed.
    """
    from . import collection

    work = partial(collection.update, store, prune=prune, workers=workers, model=model)
    _change(work, store, report, model, lang=lang)


@main.command("list")
@place_option
@format_option
@lang_option
def listing(store: Path | str, form: str, lang: Lang) -> None:
    """List the articles of the store.

    Id, title, file, date, main area, who read it, number of facts.
    """
    from . import changes, collection
    from .store import open_store

    with open_store(store) as graph:
        click.echo(changes.articles_of(graph, collection.listing(graph), form, lang=lang), nl=False)


@main.command()
@click.argument("file", type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default="table",
    show_default=True,
    help="Form of the facts.",
)
@reader_options
@lang_option
def extract(file: Path, form: str, model: ModelReader | None, lang: Lang) -> None:
    """Print the facts that are read in one file.

    jsonl is one fact a line, with quote, offsets in the clean text, rule and confidence.
    """
    from . import pipeline, reports

    read = tuple(pipeline.read_all(file))
    readings = [r for reading in read for r in (pipeline.read_with(model, reading) if model else (reading,))]
    click.echo(reports.facts_of(readings, form, lang=lang), nl=False)
    click.echo(reports.damage_of([reading.article for reading in read], lang=lang), nl=False, err=True)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
@click.argument("question", required=False)
@click.option("--evidence", is_flag=True, help="Show the sentences that each row rests on.")
@click.option("-h", "--help", "explained", is_flag=True, help="Show this, or what the question tells and takes.")
@place_option
@format_option
@lang_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    evidence: bool,
    explained: bool,
    store: Path | str,
    form: str,
    lang: Lang,
) -> None:
    """Ask a ready-made question by its name, or in free wording.

    \b
    kg ask                                     lists all questions
    kg ask policies-for-group --help           what one tells, takes and costs
    kg ask policies-for-group --group 驻村干部   asks one by its name
    kg ask "哪些政策影响驻村干部？"               finds the question itself
    """
    from . import replies
    from .store import open_store

    if explained:
        click.echo(replies.manual(question, lang=lang) if question else f"{ctx.get_help()}\n", nl=False)
        return
    if question is None:
        click.echo(replies.listing(form, lang=lang), nl=False)
        return
    with open_store(store) as graph:
        asked = replies.understand(graph, question, ctx.args, lang=lang)
        if asked.note:
            click.echo(asked.note, err=True)
        click.echo(replies.reply(graph, asked, form, lang=lang, evidence=evidence), nl=False)


@main.command()
@click.argument("sparql", required=False)
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="Time limit.")
@place_option
@format_option
@lang_option
def query(sparql: str | None, seconds: float, store: Path | str, form: str, lang: Lang) -> None:
    """Run a SPARQL query.

    SPARQL is the text itself, a .rq file, or - for standard input. SELECT, ASK, CONSTRUCT and DESCRIBE; read-only.
    The usual prefixes (kg, rdfs, skos, prov, mech, group, doc …) need no declaration.
    """
    from . import replies
    from .store import open_store

    text = _text(sparql)
    with open_store(store) as graph:
        click.echo(replies.run(graph, text, form, lang=lang, seconds=seconds), nl=False)


@main.command()
@click.argument("text")
@click.option("--type", "types", multiple=True, help="Only things of this type, e.g. Mechanism.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows at most.")
@place_option
@format_option
@lang_option
def search(text: str, types: tuple[str, ...], limit: int, store: Path | str, form: str, lang: Lang) -> None:
    """Find things by a part of a name, by pinyin or by a quote.

    Names, aliases and quotes, Traditional or Simplified; pinyin and initials. The best come first.

    \b
    kg search 村干部
    kg search gwybgt                           finds 国务院办公厅
    """
    from .finding import found
    from .store import open_store

    with open_store(store) as graph:
        rows = found(graph, text, form, types=types, limit=limit, lang=lang, on_progress=_indexing(lang))
    click.echo(rows, nl=False)


@main.command()
@click.option("-o", "--output", type=PATH, default=Path("build/graph.html"), show_default=True, help="Page to write.")
@click.option("--around", help="Only the surroundings of one node, by its name.")
@click.option("--depth", type=click.IntRange(0, 10), default=1, show_default=True, help="How far around, in steps.")
@click.option("--type", "types", multiple=True, help="Only nodes of this type, e.g. Mechanism.")
@click.option("--place", help="Only what applies or lies in this place, or in a place within it.")
@click.option(
    "--question", multiple=True, help="Only what a question answers: its name, 'NAME --group X', or free words."
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@place_option
@lang_option
def view(
    output: Path,
    around: str | None,
    depth: int,
    types: tuple[str, ...],
    place: str | None,
    question: tuple[str, ...],
    show: bool,
    store: Path | str,
    lang: Lang,
) -> None:
    """Draw the graph, or a part of it, as one HTML page.

    The page is interactive and needs no network.
    """
    from . import drawing
    from .store import open_store
    from .wording import say

    with open_store(store) as graph:
        count = drawing.draw(
            graph, output, around=around, depth=depth, types=types, place=place, wordings=question, lang=lang
        )
    click.echo(say("drawn" if count else "drawn_nothing", lang, count=count, path=output), err=True)
    if show:
        _show(output)


@main.command()
@click.option("-o", "--output", required=True, help="File to write, or - for standard output.")
@click.option("--format", "suffix", help="Format on standard output, by its suffix.  [default: .ttl]")
@click.option(
    "--unsorted", is_flag=True, help="Any order, for big graphs: faster, in little memory (.ttl .nt .jsonld .rdf)."
)
@place_option
@lang_option
def export(output: str, suffix: str | None, unsorted: bool, store: Path | str, lang: Lang) -> None:
    """Write the whole graph in the format of the file's suffix.

    .ttl .trig .nt .nq .jsonld .rdf .graphml .gexf .csv (a folder of tables) .csv.zip .parquet (a folder of facts)
    """
    from . import exports
    from .store import open_store
    from .wording import say

    with open_store(store) as graph:
        if output == "-":
            exports.write(graph, suffix or ".ttl", sys.stdout.buffer, ordered=not unsorted)
            return
        exports.export(graph, Path(output), ordered=not unsorted)
    click.echo(say("written", lang, path=output), err=True)


@main.command()
@place_option
@format_option
@lang_option
def validate(store: Path | str, form: str, lang: Lang) -> None:
    """Check the graph, its quotes and its figures.

    The graph against the SHACL shapes, every quote against its article, every figure against its quote. Where a server
    was filled by other means than kg, it has no texts of articles, and the quotes are not checked.

    The exit status is 0 when nothing is violated (warnings may stand), 9 otherwise.
    """
    from . import reports, validation
    from .store import open_store
    from .wording import say

    with open_store(store) as graph:
        findings = validation.validate(graph)
        click.echo(reports.findings_of(graph, findings, form, lang=lang), nl=False)
        if not graph.has_texts:
            click.echo(say("no_texts", lang), err=True)
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(ValidationFailed.exit_status)


@main.command()
@place_option
@format_option
@lang_option
def stats(store: Path | str, form: str, lang: Lang) -> None:
    """Count what the graph holds.

    Sources, entities, relations, figures, confidence, kinds.
    """
    from . import stats as counting
    from .store import open_store

    with open_store(store) as graph:
        click.echo(counting.render(counting.stats(graph), form, lang=lang), nl=False)


@main.command()
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@place_option
@lang_option
def explain(subject: str, predicate: str | None, object: str | None, store: Path | str, lang: Lang) -> None:
    """Show why something stands in the graph.

    Rules and quotes, with their place in the file, behind SUBJECT [PREDICATE OBJECT].

    \b
    kg explain 驻村干部
    kg explain 驻村干部人身意外保险 affects 驻村干部
    """
    from .explanation import explain as explain_fact
    from .explanation import render
    from .store import open_store

    with open_store(store) as graph:
        click.echo(render(explain_fact(graph, subject, predicate, object), lang=lang), nl=False)


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--all", "whole", is_flag=True, help="All texts of the store, with the facts that it holds.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Lines shown of each table.")
@click.option("--every-number", is_flag=True, help="List the numbers that are no figures (of dates, titles …), too.")
@place_option
@format_option
@lang_option
def gaps(
    paths: tuple[Path, ...], whole: bool, limit: int, every_number: bool, store: Path | str, form: str, lang: Lang
) -> None:
    """Show what was left out of files, or of the graph.

    Ranks the sentences that speak of policy and gave no fact, and lists the figures that were not understood.
    """
    from . import omissions, pipeline
    from .omissions.report import render
    from .store import open_store

    if whole == bool(paths):
        raise click.UsageError("Name files or folders, or give --all for the texts of the store.")
    if whole:
        with open_store(store) as graph:
            found = tuple(omissions.gaps_of_store(graph))
    else:
        readings = (reading for path in pipeline.article_files(paths) for reading in pipeline.read_all(path))
        found = tuple(map(omissions.gaps, readings))
    click.echo(render(found, form, lang=lang, limit=limit, every=every_number), nl=False)


@main.command()
@click.argument("gold", type=PATH)
@click.argument("system", type=PATH, required=False)
@click.option("--given", type=click.Choice(["entities"]), help="Judge the relation rules alone, on the right entities.")
@click.option("--errors", type=click.IntRange(0), default=1, show_default=True, help="Errors shown of each sort.")
@click.option("--calibration", is_flag=True, help="Show how often facts of each confidence are right.")
@reader_options
@format_option
@lang_option
def evaluate(
    gold: Path,
    system: Path | None,
    given: Literal["entities"] | None,
    errors: int,
    calibration: bool,
    model: ModelReader | None,
    form: str,
    lang: Lang,
) -> None:
    """Score what is read against what people read.

    GOLD and SYSTEM are NAME.facts.jsonl files, or folders of them. Without SYSTEM, the rules read the texts NAME.txt
    beside the gold. The table gives precision, recall and F1 by type; a near-miss is a missed and an extra fact that
    differ in one part.
    """
    from . import evaluation, reports
    from .evaluation.report import render
    from .wording import say

    found = evaluation.evaluate(gold, system, given=given, model=model)
    click.echo(render(found, form, lang=lang, errors=errors, calibrated=calibration), nl=False)
    if found.absent:
        click.echo(say("absent", lang, count=len(found.absent), names=" ".join(found.absent)), err=True)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)


def _text(argument: str | None) -> str:
    """The query itself, of a file (.rq, .sparql), or of standard input (- or nothing)."""
    if argument is None or argument == "-":
        return sys.stdin.read()
    if Path(argument).suffix not in (".rq", ".sparql") or "\n" in argument:
        return argument
    try:
        return Path(argument).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the query cannot be read ({error}).", path=argument, hint="Check the path.") from error


def _on_cluster(
    master: str,
    paths: tuple[Path, ...],
    store: Path | str | None,
    *,
    parts: Path,
    base: str,
    lang: Lang,
    on_progress: object,
    on_error: Callable[[InputError], None],
) -> Change:
    """Add files by a cluster, which tells how far it has come by itself, and say what parts it wrote."""
    from . import spark

    change, written = spark.add(master, paths, store=store, parts=parts, base=base)
    click.echo(spark.parts_of(written, lang=lang), nl=False)
    for error in change.failed:
        on_error(error)
    return change


def _change(
    work: Callable[..., Change],
    store: Path | str,
    report: Path | None,
    model: ModelReader | None,
    *,
    lang: Lang,
    told: bool = True,
) -> None:
    """Change a store, tell how far that has come and what it did, and end with the status of the first error."""
    from . import changes, reports
    from .failures import Report, failures_of
    from .progress import Meter

    place = store if isinstance(store, Path) else STORE
    path = report or place.with_name(f"{place.name}.errors.csv")
    with Report(path, wanted=report is not None) as on_error, Meter(lang) as on_progress:
        change = work(on_progress=on_progress, on_error=on_error)
    if told:
        click.echo(changes.change_of(change, lang=lang), nl=False)
    click.echo(reports.account_of(model.account if model else None, lang=lang), nl=False, err=True)
    click.echo(failures_of(change.failed, path, lang=lang), nl=False, err=True)
    if change.failed:
        sys.exit(change.failed[0].exit_status)


def _show(page: Path) -> None:
    """Open the page in the browser; where there is none, say where it lies."""
    import webbrowser

    try:
        webbrowser.get()
        click.launch(page.resolve().as_uri())
    except webbrowser.Error:
        click.echo(f"no browser here; the page lies at {page}", err=True)


def _progress(lang: Lang) -> Callable[[int, int, Path], None] | None:
    """Tells on a terminal how far a long reading has come."""
    from .wording import say

    if not sys.stderr.isatty():
        return None
    return lambda done, total, path: click.echo(
        "\r\033[K" + say("reading", lang, done=done + 1, total=total, path=path.name), nl=done + 1 == total, err=True
    )


def _indexing(lang: Lang) -> Callable[[float], None] | None:
    """Tells on a terminal how far an index has come that takes more than a second; the line goes when it is done."""
    from .wording import say

    if not sys.stderr.isatty():
        return None
    shown, begun = -1, time.monotonic()

    def tell(part: float) -> None:
        nonlocal shown
        percent = int(part * 100)
        if percent != shown and time.monotonic() > begun + 1:
            shown = percent
            click.echo("\r\033[K" + (say("indexing", lang, percent=percent) if part < 1 else ""), nl=False, err=True)

    return tell


if __name__ == "__main__":
    main()
