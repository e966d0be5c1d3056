"""Adding articles with a Spark cluster: the workers read, parts are written, and the driver fills the store.

The workers do what `kg add` does in processes of its own, so a store holds the same as without a cluster.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .. import collection
from ..errors import InputError
from ..files import replacing_folder
from ..namespaces import DEFAULT_BASE, check_base
from ..pipeline import article_files
from .parts import OWN, Parts, count, read_files, taken_from, write_failed, write_parts
from .session import cluster
from .work import Take


def add(
    master: str,
    paths: Iterable[Path],
    *,
    parts: Path,
    store: Path | str | None = None,
    base: str = DEFAULT_BASE,
    take: Take = collection.take,
) -> tuple[collection.Change, Parts | None]:
    """Read files, or all files of folders, on the cluster of this master into the folder `parts`, and fill a store.

    A store becomes what `collection.add` makes of it: only files that it does not hold as they are go to the cluster.
    Where there is none, the Parts are None. What stood in `parts` is replaced when all is written. `take` reads a file,
    as `collection.take` does. Raises InputError where there is no file for the parts alone, ClusterError where
    the cluster does not do the work; then the store and the parts stay as they were.
    """
    if store is None:
        written = _parts_alone(master, paths, parts, base, take)
        return collection.Change(failed=list(written.failed)), written
    made: list[Parts] = []

    def taking(files: Sequence[Path], base: str) -> Iterator[collection.Taken]:
        if files:
            with _reading(master, files, parts, base, take) as (written, read):
                made.append(written)
                yield from taken_from(read)

    change = collection.add(store, paths, base=base, taking=taking)
    return change, made[0] if made else None


def _parts_alone(master: str, paths: Iterable[Path], parts: Path, base: str, take: Take) -> Parts:
    check_base(base)
    files = list(dict.fromkeys(path.resolve() for path in article_files(paths)))
    if not files:
        raise InputError("no article to read.", hint="Name files, or folders that hold files of a known format.")
    with _reading(master, files, parts, base, take) as (written, _):
        return written


@contextmanager
def _reading(master: str, files: Sequence[Path], parts: Path, base: str, take: Take) -> Iterator[tuple[Parts, Path]]:
    """The parts that the cluster has written, and beside them, while the block lasts, what it read for a store."""
    target = parts.resolve()
    read = target.with_name(f".{target.name}.{os.getpid()}.read")
    try:
        with cluster(master) as session, replacing_folder(target, *OWN) as folder:
            read_files(session, files, read, base=base, take=take)
            write_parts(session, read, folder, base=base)
            written = count(session, read, parts)
            write_failed(folder, written.failed)
        yield written, read
    finally:
        shutil.rmtree(read, ignore_errors=True)
