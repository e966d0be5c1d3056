"""Kept answers: one file for each passage, model and instructions, so that reading again asks nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..files import replacing
from .endpoint import Answer


class Answers:
    """A folder of answers. A file that cannot be understood counts as none and is written anew."""

    def __init__(self, folder: Path):
        self._folder = folder

    def find(self, key: str) -> Answer | None:
        """The answer kept under the key."""
        try:
            record = json.loads(self._path(key).read_text(encoding="utf-8"))
            return Answer(**record)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            return None
        except OSError as error:
            hint = "Check the folder given with --llm-answers."
            raise InputError(f"cannot be read ({error.strerror}).", path=str(self._path(key)), hint=hint) from error

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer, whole or not at all."""
        record = json.dumps(asdict(answer), ensure_ascii=False, indent=1)
        with replacing(self._path(key)) as out:
            out.write(record.encode("utf-8"))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def key_of(model: str, instructions: str, schema: Mapping[str, Any], passage: str) -> str:
    """What an answer depends on, as one hash of 64 hex digits."""
    parts = (model, instructions, json.dumps(schema, sort_keys=True, ensure_ascii=False), passage)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
