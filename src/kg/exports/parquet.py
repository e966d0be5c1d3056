"""The facts as Parquet, which DuckDB, Spark, Trino and pandas read as it is: a folder with a part for each year and
province, named as Hive names them.

One part is written at a time, and only the rows of a few articles are held at once: with the store, no more grows than
the list of its articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..files import replacing_folder
from ..namespaces import KG, RDF
from ..store import Store
from ..tables import Iri
from .facts import Row, rows, year_and_province

if TYPE_CHECKING:
    import pyarrow as pa

_PART: Final = "year=*/province=*/part-0.parquet"
NO_YEAR: Final = "0"
"""A number like the others, so that engines read all years as numbers."""
NO_PROVINCE: Final = "_"
_AT_ONCE: Final = 20_000
COLUMNS: Final = {
    "fact": "string",
    "kind": "string",
    "subject": "string",
    "subject_label": "string",
    "predicate": "string",
    "object": "string",
    "object_label": "string",
    "indicator": "string",
    "indicator_label": "string",
    "value": "double",
    "unit": "string",
    "time": "string",
    "time_from": "date32",
    "time_to": "date32",
    "role": "string",
    "level": "string",
    "place": "string",
    "place_label": "string",
    "subtotal_of": "string",
    "article": "string",
    "article_title": "string",
    "article_source": "string",
    "article_date": "string",
    "article_place": "string",
    "article_place_label": "string",
    "quote": "string",
    "start": "int32",
    "end": "int32",
    "landmark": "string",
    "confidence": "double",
    "reader": "string",
    "rule": "string",
    "via": "string",
    "via_label": "string",
}
"""The columns with their types; the list of premises follows."""


def folder_of_facts(store: Store, target: Path) -> None:
    """Write the facts of the store to a folder of Parquet files; the same facts give the same bytes.

    A folder that stood there is replaced when all is written. Raises InputError where pyarrow is missing, OutputError
    where the place cannot be written or holds other files.
    """
    schema = _schema(target)
    with replacing_folder(target, _PART) as folder:
        for part, articles in groupby(_parts(store), key=itemgetter(0)):
            path = folder / part
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, schema, (rows(store, article) for _, article in articles))


def _write(path: Path, schema: pa.Schema, articles: Iterable[list[Row]]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    with path.open("wb") as out, ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(articles):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def _groups(articles: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """The rows of as many articles as make a row group."""
    group: list[Row] = []
    for found in articles:
        group += found
        if len(group) >= _AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _parts(store: Store) -> list[tuple[str, str]]:
    """The part to which each article belongs, and its IRI; sorted."""
    articles = (article for article, _, _ in store.triples(None, RDF.type, Iri(KG.Article)))
    return sorted((_part(*year_and_province(store, article)), article) for article in articles)


def _part(year: str | None, province: str | None) -> str:
    return f"year={year or NO_YEAR}/province={province or NO_PROVINCE}/part-0.parquet"


def _schema(target: Path) -> pa.Schema:
    """The columns of a fact; raises InputError where the library is missing."""
    try:
        import pyarrow as pa
    except ImportError:
        hint = "Install it: python -m pip install pyarrow"
        raise InputError(
            "such a file is written with pyarrow, which is missing.", path=str(target), hint=hint
        ) from None
    columns = [(name, pa.type_for_alias(type)) for name, type in COLUMNS.items()]
    return pa.schema([*columns, ("premises", pa.list_(pa.string()))])
