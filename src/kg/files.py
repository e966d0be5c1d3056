"""Writing files and folders whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .errors import OutputError


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A stream to a file that takes the target's name when the block ends well; folders above it are made.

    Raises OutputError where the system does not let it be written. Whatever goes wrong, the old file stays.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            yield out
        part.replace(target)
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        if part.exists():
            part.unlink()


@contextmanager
def replacing_folder(target: Path, *own: str) -> Iterator[Path]:
    """A new folder that takes the target's name, and the place of what stood there, when the block ends well.

    Raises OutputError where the system does not let it be written, or where the old folder holds a file whose path
    fits no pattern of `own`: such a file is somebody else's. Whatever goes wrong, the old folder stays.
    """
    part, old = (target.with_name(f".{target.name}.{os.getpid()}.{end}") for end in ("part", "old"))
    if other := next((path for path in target.rglob("*") if path.is_file() and not any(map(path.match, own))), None):
        raise OutputError(str(target), f"it holds other files, such as {other.relative_to(target)}")
    try:
        part.mkdir(parents=True)
        yield part
        if target.is_dir():
            target.rename(old)
        part.rename(target)
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)
