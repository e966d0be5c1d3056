"""What goes into a store, read: whole files one by one, large ones in pieces, by several processes where it pays.

A file that may hold many articles is opened here and read a piece at a time, so that it takes no more memory than
others and all processes read it. Whatever is wrong with a file is told and stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .errors import InputError, KnowledgeError, UnknownFormat
from .facts import READER
from .holdings import Entry, enter
from .identifiers import mint_article, mint_run
from .model import RULES, Reading
from .pipeline import read_facts, read_with, reading_of, text_beside
from .reading import SEVERAL, Raw, Source, article_id, load_raws, make_articles, sidecar_of

if TYPE_CHECKING:
    from .llm import ModelReader

PIECE: Final = 100_000
"""About how many characters of a large file, or bytes of small ones, a process reads at a time: a second or two."""
_REPORT: Final = "This is a fault of kg; please report it with the file."


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out of a file, or of a piece of it: an entry for each article, what was wrong.

    `digest` is the hash of the file and of what lies beside it, "" where it could not be read. `readers` are who has
    read; `held` are readings that the store was said to hold already; `last` is the piece that ends the file.
    """

    path: Path
    digest: str
    entries: tuple[Entry, ...] = ()
    errors: tuple[InputError, ...] = ()
    readers: tuple[str, ...] = (RULES,)
    held: tuple[str, ...] = ()
    last: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read: an article, or `facts` that people made; `digest` is its hash, `readers` are to read it."""

    path: Path
    digest: str
    facts: bool = False
    readers: tuple[str, ...] = (RULES,)


@dataclass(frozen=True, slots=True)
class Job:
    """What is read at a time: a file, or `raws`, a piece of the file of `source`."""

    wanted: Wanted
    source: Source | None = None
    raws: tuple[Raw | InputError, ...] = ()
    held: tuple[str, ...] = ()
    last: bool = True


Taking = Callable[[Sequence[Path], str], Iterator[Taken]]
"""Reads files for a store with this base, in their order."""

Part = tuple[Source, Raw | InputError]
"""An article as it stands in its file."""

Held = Callable[[Path], Mapping[str, str]]
"""The readings that a store has of a file, each with its manner."""


def take(path: Path, *, base: str) -> Taken:
    """Read a file and take the facts out of its articles; what is wrong with it stops no other file."""
    try:
        return read(Job(Wanted(path, digest_of(path))), base=base)
    except InputError as error:
        return Taken(path, "", (), (error,))


def digest_of(path: Path, *, facts: bool = False) -> str:
    """The SHA-256 of a file's bytes, in hex, and that of what lies beside it, its sidecar or the text of its facts.

    Raises InputError where one cannot be read.
    """
    text = text_beside(path) if facts else path
    beside = sorted(file for file in {text, sidecar_of(text)} - {path} if file.is_file())
    return "+".join(map(_digest, [path, *beside]))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, sha256).hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path=str(path), hint="Check the path.") from error


def readers_of(*, facts: bool, model: ModelReader | None) -> tuple[str, ...]:
    """Who reads a file."""
    return (READER,) if facts else (RULES, model.name) if model else (RULES,)


def read(job: Job, *, base: str, model: ModelReader | None = None) -> Taken:
    """Do a job. The hash of a file is older than what is read of it, so one that changes meanwhile is read again."""
    wanted, errors, unheard = job.wanted, list[InputError](), list[InputError]()
    entries: list[tuple[Entry, Part | None]] = []
    with _noting(errors, wanted.path):
        for raw in _parts(job):
            with _noting(errors, wanted.path, raw):
                readings = _readings(job, raw, errors, model, unheard)
                entries += [(enter(reading, base=base), raw) for reading in readings]
    readers = (RULES,) if unheard else wanted.readers
    digest = "" if errors and not entries and job.source is None else wanted.digest
    made = tuple(replace(entry, manner=_manner(readers, wanted, raw)) for entry, raw in entries)
    return Taken(wanted.path, digest, made, (*errors, *unheard), readers, job.held, job.last)


def _parts(job: Job) -> Iterable[Part | None]:
    """The articles of a job as they stand in the file; None for facts that people made."""
    if job.wanted.facts:
        return (None,)
    source, raws = (job.source, iter(job.raws)) if job.source else load_raws(job.wanted.path)
    return ((source, raw) for raw in raws)


def _readings(
    job: Job,
    part: Part | None,
    errors: list[InputError],
    model: ModelReader | None,
    unheard: list[InputError],
) -> Iterator[Reading]:
    """The readings of an article; where the model gives no answer, that of the rules alone, and `unheard` says why."""
    if part is None:
        yield read_facts(job.wanted.path)
        return
    for reading in map(reading_of, make_articles(part[0], (part[1],), on_error=errors.append)):
        try:
            yield from read_with(model, reading) if model else (reading,)
        except InputError as error:
            error.path = error.path or str(job.wanted.path)
            unheard.append(error)
            yield reading


def _manner(readers: tuple[str, ...], wanted: Wanted, part: Part | None) -> str:
    """What besides its article makes a reading what it is: who else reads, what lies beside, its place in the file."""
    others = readers if len(readers) > 1 else ()
    beside = wanted.digest if wanted.facts else wanted.digest.partition("+")[2]
    place = part[1].part if part and isinstance(part[1], Raw) else ""
    return " ".join(filter(None, (*others, beside, place)))


@contextmanager
def _noting(errors: list[InputError], path: Path, part: Part | None = None) -> Iterator[None]:
    """Notes what goes wrong: one file of a hundred thousand, or one article in it, must not stop the others."""
    try:
        yield
    except KnowledgeError:
        raise
    except InputError as error:
        errors.append(error)
    except UnknownFormat as error:
        errors.append(InputError(f"{error}.", path=str(path)))
    except Exception as error:
        raw = part[1] if part else None
        place = str(raw.landmarks[0]) if isinstance(raw, Raw) and raw.part else ""
        problem = f"reading it failed ({type(error).__name__}: {error})."
        errors.append(InputError(problem, path=str(path), place=place, hint=_REPORT))


def jobs(files: Iterable[Wanted], *, base: str, held: Held) -> Iterator[Job]:
    """The work that files make: one job for most, many for a large one that may hold many articles.

    What the store holds of a large file already is not read again.
    """
    for wanted in files:
        if wanted.facts or wanted.path.suffix.lower() not in SEVERAL or size(Job(wanted)) <= PIECE:
            yield Job(wanted)
        else:
            yield from _pieces(wanted, base, held)


def size(job: Job) -> int:
    """About how much there is to read."""
    if job.source is None:
        return job.wanted.path.stat().st_size if job.wanted.path.is_file() else 0
    return sum(map(_weight, job.raws))


def _weight(raw: Raw | InputError) -> int:
    return len(raw.source) if isinstance(raw, Raw) else 0


def _pieces(wanted: Wanted, base: str, held: Held) -> Iterator[Job]:
    """The pieces of a file; one that cannot be opened is left whole, for whoever reads it to tell what is wrong."""
    opened: list[InputError] = []
    with _noting(opened, wanted.path):
        source, raws = load_raws(wanted.path)
        runs = held(wanted.path) if wanted.readers == (RULES,) else {}
        piece, known, weight = list[Raw | InputError](), list[str](), 0
        for raw in raws:
            run = "" if isinstance(raw, InputError) else _run(raw, base)
            if runs.get(run) == _manner(wanted.readers, wanted, (source, raw)):
                known.append(run)
                continue
            piece.append(raw)
            weight += _weight(raw)
            if weight >= PIECE:
                yield Job(wanted, source, tuple(piece), tuple(known), last=False)
                piece, known, weight = [], [], 0
        yield Job(wanted, source, tuple(piece), tuple(known))
    if opened:
        yield Job(wanted)


def _run(raw: Raw, base: str) -> str:
    """The IRI of the reading that the rules will make of an article."""
    return mint_run(RULES, mint_article(article_id(raw), base=base), base=base)
