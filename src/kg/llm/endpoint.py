"""The endpoint of a language model: one question, one answer, over the chat completions of OpenAI."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import EndpointError, InputError

if TYPE_CHECKING:
    from openai import OpenAI

_NO_KEY: Final = "none"
"""Local servers want no key, the client wants one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said; `whole` is False where it was cut off. Tokens are as the endpoint counts them, else 0."""

    text: str
    whole: bool
    tokens_in: int
    tokens_out: int
    seconds: float


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers: `address` such as http://localhost:11434/v1, the model's name, a file with the key.

    `seconds` is how long one answer may take; `retries` how often a failed request is sent again.
    """

    address: str
    model: str
    key_file: Path | None = None
    seconds: float = 120.0
    retries: int = 2

    def ask(self, instructions: str, passage: str, schema: Mapping[str, Any]) -> Answer:
        """The model's answer, held to the schema where the endpoint can; raises EndpointError when there is none."""
        from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

        begun = time.perf_counter()
        try:
            said = self._client.chat.completions.create(
                model=self.model,
                messages=[{"role": "system", "content": instructions}, {"role": "user", "content": passage}],
                response_format={"type": "json_schema", "json_schema": {"name": "facts", "schema": dict(schema)}},
                temperature=0,
                seed=0,
            )
        except APITimeoutError as error:
            raise self._failed(
                f"gave no answer within {self.seconds:g} seconds", "Allow more with --llm-seconds."
            ) from error
        except APIConnectionError as error:
            raise self._failed("cannot be reached", "Check the address and that the server runs.") from error
        except APIStatusError as error:
            raise self._failed(
                f"refused with status {error.status_code}", "Check the model's name and the key."
            ) from error
        except (APIError, ValueError) as error:
            raise self._failed("answered with something that is no chat completion", "Check the address.") from error
        choice = next(iter(said.choices or ()), None)
        if choice is None or choice.message is None:
            raise self._failed("answered without a message", "Check that it speaks chat completions.")
        usage, seconds = said.usage, time.perf_counter() - begun
        counted = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
        return Answer(choice.message.content or "", choice.finish_reason != "length", *counted, seconds)

    @cached_property
    def _client(self) -> OpenAI:
        try:
            from openai import OpenAI
        except ImportError as error:
            hint = "Install it with: python -m pip install openai"
            raise InputError("a language model needs the extra llm.", hint=hint) from error
        key = self._key()
        return OpenAI(base_url=self.address, api_key=key, timeout=self.seconds, max_retries=self.retries)

    def _key(self) -> str:
        if self.key_file is None:
            return _NO_KEY
        try:
            return self.key_file.read_text(encoding="utf-8").strip() or _NO_KEY
        except (OSError, UnicodeDecodeError) as error:
            hint = "Give a readable text file that holds the key alone."
            raise InputError("the key cannot be read.", path=str(self.key_file), hint=hint) from error

    def _failed(self, problem: str, hint: str) -> EndpointError:
        return EndpointError(self.address, self.model, problem, hint)
