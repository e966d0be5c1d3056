"""The parts that the cluster writes, for bulk load into any server and for engines that read Parquet.

    PARTS/triples/vocabulary.nt.gz, part-00000.nt.gz …     N-Triples
    PARTS/facts.parquet/year=2023/province=安徽省/part-0.parquet …     as `kg export -o facts.parquet` writes them
    PARTS/failed.jsonl                                     what was wrong with which file

Spark commits what a task has written when the task is done, so a task that failed and was tried again is there once.
An article that several files give comes from the first of them alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..collection import BATCH, Taken, take
from ..errors import InputError
from ..graph import vocabulary_ntriples
from ..holdings import Entry
from ..store.archive import parse_article
from .work import SCHEMA, Take, reader

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TRIPLES, FACTS, FAILED = "triples", "facts.parquet", "failed.jsonl"
OWN: Final = (f"{TRIPLES}/*.nt.gz", "year=*/province=*/part-*.parquet", FAILED)
"""The files of a folder of parts."""
_OF_FILE: Final = ("number", "path", "digest", "errors")
_OF_READING: Final = ("run", "article", "stated")
_PER_CORE: Final = 4
"""How many tasks a core gets at least, so that none waits long for the last one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of parts: how many files were read, what it holds of them, and what went wrong."""

    folder: Path
    files: int
    articles: int
    triples: int
    facts: int
    failed: tuple[InputError, ...]


def read_files(session: SparkSession, files: Sequence[Path], target: Path, *, base: str, take: Take = take) -> None:
    """Read files on the cluster into a folder of Parquet, in the order of the files."""
    context = session.sparkContext
    tasks = max(min(len(files), _PER_CORE * context.defaultParallelism), -(-len(files) // BATCH))
    listed = context.parallelize([(number, str(path)) for number, path in enumerate(files)], tasks)
    frame = session.createDataFrame(listed, "number long, path string")
    frame.mapInPandas(reader(base, take=take), SCHEMA).write.parquet(_address(target))


def write_parts(session: SparkSession, read: Path, folder: Path, *, base: str) -> None:
    """Write the parts of what was read."""
    found = _once(session.read.parquet(_address(read)))
    lines = found.selectExpr("trim(TRAILING '\\n' FROM concat(stated, derived)) AS value")
    lines.write.text(_address(folder / TRIPLES), compression="gzip")
    facts = found.selectExpr("year", "province", "posexplode(facts) AS (position, fact)")
    facts = facts.select("fact.*", "year", "province", "position").hint("rebalance", "year", "province")
    facts = facts.sortWithinPartitions("year", "province", "article", "position").drop("position")
    facts.write.partitionBy("year", "province").parquet(_address(folder / FACTS), compression="zstd")
    _settle(folder)
    _write_vocabulary(folder / TRIPLES / "vocabulary.nt.gz", base)


def count(session: SparkSession, read: Path, folder: Path) -> Parts:
    """What the parts of what was read, in this folder, hold."""
    every = session.read.parquet(_address(read))
    sums = "count(*)", "coalesce(sum(triples), 0)", "coalesce(sum(size(facts)), 0)"
    ((articles, triples, facts),) = _once(every).selectExpr(*sums).collect()
    files = every.where("run IS NULL").count()
    failed = every.where("run IS NULL").orderBy("number").selectExpr("inline(errors)").toLocalIterator()
    return Parts(folder, files, articles, triples, facts, tuple(_error(row.asDict()) for row in failed))


def write_failed(folder: Path, failed: Sequence[InputError]) -> None:
    """Write the report of what went wrong, one object a line."""
    with (folder / FAILED).open("w", encoding="utf-8") as out:
        for error in failed:
            said = {name: getattr(error, name) for name in ("path", "line", "problem", "hint")}
            out.write(json.dumps(said, ensure_ascii=False) + "\n")


def taken_from(read: Path) -> Iterator[Taken]:
    """What was taken out of each file, in the order of the files, for the store; a file's rows are held at once."""
    for _, rows in groupby(_rows(read), key=itemgetter("number")):
        file, *readings = rows
        entries = tuple(map(_entry, readings))
        yield Taken(Path(file["path"]), file["digest"], entries, tuple(map(_error, file["errors"])))


def _entry(row: dict[str, Any]) -> Entry:
    lines = (f"{line}\n" for line in row["stated"].split("\n")[:-1])
    return Entry(parse_article(row["article"]), row["run"], tuple(lines))


def _rows(read: Path) -> Iterator[dict[str, Any]]:
    from pyarrow.parquet import ParquetFile

    for path in sorted(read.glob("part-*.parquet")):
        with ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=50, columns=[*_OF_FILE, *_OF_READING]):
                yield from batch.to_pylist()


def _once(every: DataFrame) -> DataFrame:
    """The rows of readings, those that several files give from the first alone.

    Few are given twice, so the list of these goes to the rows and not the rows to the list.
    """
    from pyspark.sql.functions import broadcast

    readings = every.where("run IS NOT NULL")
    twice = readings.groupBy("run").agg({"number": "min", "*": "count"}).where("`count(1)` > 1")
    twice = twice.selectExpr("run", "`min(number)` AS first")
    return readings.join(broadcast(twice), "run", "left").where("first IS NULL OR first = number").drop("first")


def _address(path: Path) -> str:
    """A place on the shared file system, whatever Spark takes for its own; it does not decode %20."""
    return f"file://{path}"


def _error(record: dict[str, Any]) -> InputError:
    return InputError(record["problem"], path=record["path"], line=record["line"], hint=record["hint"])


def _settle(folder: Path) -> None:
    """Give the parts names of their own and delete what Spark notes beside them."""
    for note in (*folder.rglob("_SUCCESS"), *folder.rglob(".*.crc")):
        note.unlink()
    for number, path in enumerate(sorted((folder / TRIPLES).glob("part-*"))):
        path.rename(path.with_name(f"part-{number:05}.nt.gz"))
    for place in (folder / FACTS).glob("year=*/province=*"):
        for number, path in enumerate(sorted(place.glob("part-*"))):
            path.rename(path.with_name(f"part-{number}.parquet"))


def _write_vocabulary(path: Path, base: str) -> None:
    with path.open("wb") as out, gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=0) as packed:
        packed.writelines(line.encode() for line in vocabulary_ntriples(base))
