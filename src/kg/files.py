"""Writing files whole or not at all."""

from __future__ import annotations

import os
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
