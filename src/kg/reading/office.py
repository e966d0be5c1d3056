"""What holds of Word and Excel files alike: they are archives, which a library would unpack whole."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from ..errors import InputError

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of old Office begin, and new ones that a password protects."""

MOST_ADDED: Final = 256 * 2**20
"""How many bytes an archive may grow by when it is unpacked; pictures, packed as they are, hardly count."""


def check_office(data: bytes, path: str, *, suffix: str) -> None:
    """Raise InputError for a file of old Office, for one behind a password, and for one that unpacks to absurd size.

    What is no archive at all is left to the library that reads it.
    """
    if data.startswith(OLE):
        hint = f"Open it in the program it comes from, take the password away and save it as {suffix}."
        raise InputError("the file is protected by a password, or of the old Office format.", path=path, hint=hint)
    size = _unpacked(data)
    if size - len(data) > MOST_ADDED:
        problem = f"{_megabytes(len(data))} MB that unpack to {_megabytes(size)} MB are no document that can be read."
        hint = "Copy the text into a new file, or divide the file."
        raise InputError(problem, path=path, hint=hint)


def _unpacked(data: bytes) -> int:
    """The bytes of all parts of the archive as it declares them, beyond which nothing is unpacked; 0 for no archive."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return 0


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f}"
