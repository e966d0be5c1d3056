"""Reading an article with a model: passage by passage, kept answers first, every fact through the gate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from ..model import Article, Reading, Span
from .answers import Answers, key_of
from .endpoint import Answer, Endpoint
from .gate import Gate
from .instructions import instructions, schema
from .passages import halves, passages

LONGEST: Final = 1500
"""Characters of one passage: enough context for what sentences leave unsaid, an answer short enough to be whole."""


@dataclass(slots=True)
class Account:
    """What reading with a model took: answers asked for and kept ones used, tokens, seconds, facts let through and
    rejected by reason."""

    asked: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    facts: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


class ModelReader:
    """A model that reads articles; `account` tells of all its readings so far."""

    def __init__(self, endpoint: Endpoint, *, answers: Path):
        self.name = f"llm:{endpoint.model}"
        self.account = Account()
        self._endpoint = endpoint
        self._answers = Answers(answers)

    def read(self, article: Article) -> Reading:
        """The facts that the model takes out of an article and the gate lets through.

        Raises EndpointError where the model gives no answer; what it answered before is kept.
        """
        gate = Gate(article, self.name)
        for passage in passages(article, LONGEST):
            self._read(gate, passage)
        self.account.facts += len(gate.facts)
        self.account.rejected += gate.rejected
        return Reading(article, tuple(gate.facts.values()), self.name)

    def _read(self, gate: Gate, passage: Span) -> None:
        """Ask about a passage; where the answer was cut off, about its halves."""
        answer = self._answer(gate.article, passage)
        parts = () if answer.whole else halves(gate.article, passage)
        for part in parts:
            self._read(gate, part)
        if not parts:
            gate.take(answer.text, passage)

    def _answer(self, article: Article, passage: Span) -> Answer:
        told = _marked(passage.of(article.text))
        key = key_of(self._endpoint.model, instructions(), schema(), told)
        if kept := self._answers.find(key):
            self.account.kept += 1
            return kept
        answer = self._endpoint.ask(instructions(), told, schema())
        self.account.asked += 1
        self.account.tokens_in += answer.tokens_in
        self.account.tokens_out += answer.tokens_out
        self.account.seconds += answer.seconds
        self._answers.keep(key, answer)
        return answer


def _marked(text: str) -> str:
    """The passage between tags that it cannot hold itself, for they are made of its hash."""
    tag = f"passage-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return f"<{tag}>\n{text}\n</{tag}>"
