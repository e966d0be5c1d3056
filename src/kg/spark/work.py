"""What a worker of the cluster does: it takes files as `kg add` does, and gives rows that Spark can write.

A file gives one row of its own, with what was wrong with it, and one for each reading of its articles. What follows
from the facts of one article is derived here; what follows from several articles together is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from .. import __version__
from ..collection import Taken, take
from ..errors import InputError, KgError
from ..exports.facts import Row, rows, year_and_province
from ..exports.parquet import COLUMNS, NO_PROVINCE, NO_YEAR
from ..graph import vocabulary_ntriples
from ..holdings import Entry, claims_of, premise_ends
from ..identifiers import mint_article
from ..inference import follow
from ..namespaces import KINDS
from ..store.archive import spell_article
from ..store.engine import Engine, LocalEngine
from ..store.reader import EngineStore

if TYPE_CHECKING:
    import pandas as pd

Take = Callable[..., Taken]
"""Takes the facts out of a file for a `base`."""

_TYPES: Final = {"date32": "date", "int32": "int"}
_FACT: Final = ", ".join(f"`{name}`: {_TYPES.get(type, type)}" for name, type in COLUMNS.items())
SCHEMA: Final = (
    "number long, path string, digest string, "
    "errors array<struct<path: string, line: int, problem: string, hint: string>>, "
    "run string, article string, stated string, derived string, triples int, year string, province string, "
    f"facts array<struct<{_FACT}, premises: array<string>>>"
)
"""The columns of a row: those of the file, then those of a reading. `number` is the place of the file in the list."""

_INFERENCES: Final = """SELECT ?inference ?subject ?predicate ?object WHERE {
  ?inference a kg:Inference ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
}"""


def reader(base: str, *, take: Take = take) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """The function for `mapInPandas`: frames of `number` and `path` come in, frames of rows go out, one for a file.

    It raises KgError on a worker whose `kg` is of another version than the driver's.
    """
    version = __version__

    def read(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        check_version(version)
        for frame in frames:
            for number, path in zip(frame["number"], frame["path"], strict=True):
                found = rows_of(take(Path(path), base=base), base=base)
                yield pd.DataFrame([{"number": number} | row for row in found])

    return read


def check_version(driver: str) -> None:
    """Raise KgError where the driver has another version of `kg`, whose rules may give other facts."""
    if driver != __version__:
        raise KgError(f"this worker has kg {__version__}, the driver has {driver}; install the same version on both")


def rows_of(taken: Taken, *, base: str) -> Iterator[Row]:
    """The row of a file, then one for each of its readings, all with every column but `number`."""
    file = {"path": str(taken.path), "digest": taken.digest}
    nothing = dict.fromkeys(("run", "article", "stated", "derived", "triples", "year", "province", "facts"))
    yield file | {"errors": list(map(_error, taken.errors))} | nothing
    for entry in {entry.run: entry for entry in taken.entries}.values():
        yield file | {"errors": []} | _reading(entry, base)


def _error(error: InputError) -> dict[str, Any]:
    return {"path": error.path, "line": error.line, "problem": error.problem, "hint": error.hint}


def _reading(entry: Entry, base: str) -> Row:
    store = _store_of(entry, base)
    article = mint_article(entry.article.id, base=base)
    year, province = year_and_province(store, article)
    derived = _derived(LocalEngine(store.engine, base))
    return {
        "run": entry.run,
        "article": spell_article(entry.article),
        "stated": "".join(entry.lines),
        "derived": "".join(derived),
        "triples": len(entry.lines) + len(derived),
        "year": year or NO_YEAR,
        "province": province or NO_PROVINCE,
        "facts": rows(store, article),
    }


def _store_of(entry: Entry, base: str) -> EngineStore:
    """A store in memory of one reading alone, with the scheme of groups and what follows."""
    engine = ox.Store()
    for lines in (_groups(base), "".join(entry.lines).encode()):
        engine.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
    article = ox.NamedNode(mint_article(entry.article.id, base=base))
    follow(LocalEngine(engine, base), map(ox.NamedNode, claims_of(entry, premise_ends())), [article], base=base)
    return EngineStore(entry.run, base, engine)


@cache
def _groups(base: str) -> bytes:
    """What the rules, and the labels of facts, need of the vocabulary."""
    beginning = f"<{base}{KINDS['group']}/"
    return "".join(line for line in vocabulary_ntriples(base) if line.startswith(beginning)).encode()


def _derived(engine: Engine) -> list[str]:
    """What was derived, as lines of N-Triples: each inference, and the triple that it says."""
    said = list(engine.select(_INFERENCES))
    lines = {" ".join(map(str, triple)) for _, *triple in said}
    lines |= {str(quad.triple) for quad in engine.about(inference for inference, *_ in said)}
    return sorted(f"{line} .\n" for line in lines)
