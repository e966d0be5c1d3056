"""The whole story: read, extract, fill the store, infer, validate, export, draw. Read this first.

Articles are independent of each other; a build makes a new graph, which takes the place of the old one only when
all is done, so a failed build leaves everything as it was.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .errors import InputError
from .files import replacing
from .model import RULES, Article, Reading
from .namespaces import DEFAULT_BASE, check_base
from .wording import Lang

if TYPE_CHECKING:
    from .llm import Account, ModelReader
    from .validation import Finding

ARTICLES: Final = Path("data/articles")
OUTPUT: Final = Path("build")
STORE: Final = OUTPUT / "store"
_FACTS: Final = re.compile(r"\.facts\.jsonl$")
ANSWERS: Final = Path("answers")
"""Where the answers of a language model are kept."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: its files, the readings that went in, how much was derived, what validation found.

    `seconds` is the time it took by the clock, for people to read; nothing that is written depends on it. `account`
    tells what a language model was asked, where one read too.
    """

    store: Path | str
    turtle: Path
    page: Path
    readings: tuple[Reading, ...]
    derived: int
    findings: tuple[Finding, ...]
    failed: tuple[InputError, ...]
    seconds: float
    account: Account | None = None


def build(
    paths: Iterable[Path] = (),
    *,
    facts: Iterable[Path] = (),
    output: Path = OUTPUT,
    store: Path | str | None = None,
    base: str = DEFAULT_BASE,
    on_error: Callable[[InputError], None] | None = None,
    on_progress: Callable[[int, int, Path], None] | None = None,
    model: ModelReader | None = None,
    lang: Lang = "zh",
) -> Built:
    """Build the graph of articles (files or folders) and of facts that people made.

    Facts are `NAME.facts.jsonl` beside the article `NAME.txt`, `.html` … Fills `store`, a folder (default
    `output/store`) or the address of a server, and writes `output/policy.ttl` and `output/graph.html`, which opens in
    `lang`. A file that cannot be read stops the build
    before anything is written, unless `on_error` takes the error; then the others go on. `on_progress` is told before
    each file how many are done, of how many. A `model` reads every article beside the rules; where it gives no answer,
    that is an error of the article like any other.
    """
    check_base(base)
    begun = time.perf_counter()
    failed: list[InputError] = []

    def take(error: InputError) -> None:
        if on_error is None:
            raise error
        on_error(error)
        failed.append(error)

    work = _work(paths, facts, take)
    readings = tuple(_unique(_both(_readings(work, take, on_progress), model, take)))
    if not readings:
        raise InputError("no article to build from.", hint="Name files or folders, or run it where data/articles lies.")
    place = store or output / "store"
    derived = fill(place, readings, base=base)
    page, turtle = output / "graph.html", output / "policy.ttl"
    findings = _publish(place, turtle=turtle, page=page, lang=lang)
    seconds, account = time.perf_counter() - begun, model.account if model else None
    return Built(place, turtle, page, readings, derived, findings, tuple(failed), seconds, account)


def fill(place: Path | str, readings: Iterable[Reading], *, base: str = DEFAULT_BASE) -> int:
    """Make a store of readings, with vocabulary and inferences; the number of derived facts."""
    from .holdings import add, enter
    from .inference import derived_count
    from .store import create_store

    with create_store(place, base=base) as draft:
        add(draft, (enter(reading, base=base) for reading in readings))
        return derived_count(draft.engine, base=base)


def read(path: Path) -> Reading:
    """The facts that the rules take out of the article of a file; raises InputError where it holds several."""
    from .reading import read_article

    return _understood(read_article(path))


def read_all(path: Path, *, on_error: Callable[[InputError], None] | None = None) -> Iterator[Reading]:
    """The readings of all articles of a file; what is wrong with one of several goes to `on_error`, if given."""
    from .reading import read_articles

    return map(_understood, read_articles(path, on_error=on_error))


def reading_of(article: Article) -> Reading:
    """The facts that the rules take out of an article, without the account of the figures that they did not."""
    from .extract import extract

    return Reading(article, extract(article))


def _understood(article: Article) -> Reading:
    """The facts of an article, and the figures that the rules saw and did not understand."""
    from .extract import extract, not_understood

    return Reading(article, extract(article), unread=not_understood(article))


def read_facts(path: Path) -> Reading:
    """The facts of a file that people made, with the article whose text lies beside it."""
    from .facts import load_facts
    from .reading import read_article

    return load_facts(path, read_article(text_beside(path)))


def text_beside(facts: Path) -> Path:
    """The article `NAME.txt`, or of another format, of the facts `NAME.facts.jsonl`.

    Raises InputError where either is missing.
    """
    from .reading import LOADERS

    name = facts.name.removesuffix(".jsonl").removesuffix(".facts")
    beside = [facts.with_name(name + suffix) for suffix in LOADERS]
    if not facts.is_file():
        raise InputError("no such file.", path=str(facts), hint="Check the path.")
    found = next((file for file in beside if file.is_file() and file != facts), None)
    if found is None:
        raise InputError(
            "the article of these facts is missing.", path=str(facts), hint=f"Put its text at {beside[0]}."
        )
    return found


def article_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to read: each file named, and in each folder every file of a known format, sorted by name.

    In a folder facts that people made are no articles, nor what programs hide or write beside a document of theirs.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and _is_article(file))
        else:
            yield path


def _is_article(file: Path) -> bool:
    from .reading import LOADERS

    return file.suffix.lower() in LOADERS and not file.name.startswith((".", "~$")) and not _FACTS.search(file.name)


def _work(
    paths: Iterable[Path], facts: Iterable[Path], take: Callable[[InputError], None]
) -> Sequence[tuple[Callable[[Path], Iterable[Reading]], Path]]:
    named, made = list(paths), list(facts)
    if not named and not made and ARTICLES.is_dir():
        named = [ARTICLES]
    articles = partial(read_all, on_error=take)
    return [*((articles, path) for path in article_files(named)), *((_facts_alone, path) for path in made)]


def _facts_alone(path: Path) -> Iterator[Reading]:
    yield read_facts(path)


def _readings(
    work: Sequence[tuple[Callable[[Path], Iterable[Reading]], Path]],
    take: Callable[[InputError], None],
    on_progress: Callable[[int, int, Path], None] | None,
) -> Iterator[Reading]:
    for done, (reader, path) in enumerate(work):
        if on_progress:
            on_progress(done, len(work), path)
        try:
            yield from reader(path)
        except InputError as error:
            take(error)


def _both(
    readings: Iterable[Reading], model: ModelReader | None, take: Callable[[InputError], None]
) -> Iterator[Reading]:
    """The readings, those of the rules each followed by the model's, both surer where they agree."""
    for reading in readings:
        if model is None or reading.reader != RULES:
            yield reading
            continue
        try:
            yield from read_with(model, reading)
        except InputError as error:
            take(error)
            yield reading


def read_with(model: ModelReader, reading: Reading) -> tuple[Reading, Reading]:
    """A reading by the rules and the model's of the same article, both surer where they agree."""
    from .llm import corroborated

    return corroborated(reading, model.read(reading.article))


def model_reader(
    address: str | None,
    name: str | None,
    *,
    key_file: Path | None = None,
    answers: Path = ANSWERS,
    seconds: float = 120,
) -> ModelReader:
    """The reader that asks a language model; raises InputError where its address or name is missing."""
    from .llm import Endpoint, ModelReader

    if not address or not name:
        hint = "Give --llm-url, such as http://localhost:11434/v1, and --llm-model."
        raise InputError("a language model needs an address and a name.", hint=hint)
    return ModelReader(Endpoint(address, name, key_file=key_file, seconds=seconds), answers=answers)


def _unique(readings: Iterable[Reading]) -> Iterator[Reading]:
    seen = set()
    for reading in readings:
        if (reading.article.id, reading.reader) not in seen:
            seen.add((reading.article.id, reading.reader))
            yield reading


def _publish(place: Path | str, *, turtle: Path, page: Path, lang: Lang) -> tuple[Finding, ...]:
    from .exports import export
    from .networks import to_networkx
    from .store import open_store
    from .validation import validate
    from .view import render

    with open_store(place) as store:
        export(store, turtle)
        with replacing(page) as out:
            out.write(render(to_networkx(store), lang=lang))
        return tuple(validate(store))
