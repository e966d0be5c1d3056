"""What an article gives to the index: the things that it names, and for each of its quotes the things it speaks of.

Things and quotes have numbers that are made of their texts, so that an index says the same however it came about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, cast

from pyoxigraph import NamedNode

from ..namespaces import KG, RDF, SCHEMA
from ..store import Store

BYTES: Final = 6
"""Of a number: few enough to keep the index small, many enough that two texts hardly ever share one."""
_ENDS: Final = (RDF.subject, RDF.object, KG.of, KG.place, KG.indicator)
_SAID: Final = f"""SELECT ?quote ?node (COUNT(DISTINCT ?fact) AS ?facts) {{
  ?fact <{KG.article}> <%s> ; <{KG.quote}> ?quote .
  {" UNION ".join(f"{{ ?fact <{end}> ?node }}" for end in _ENDS)}
}} GROUP BY ?quote ?node"""


@dataclass(frozen=True, slots=True)
class Given:
    """The things that an article mentions, all that it names, and how many facts each quote has of each thing.

    >>> Given.of(str(Given(frozenset({1}), frozenset({1, 2}), {(7, 2): 1}))).said
    {(7, 2): 1}
    """

    mentions: frozenset[int]
    named: frozenset[int]
    said: Mapping[tuple[int, int], int]

    def __str__(self) -> str:
        said = [(quote, thing, facts) for (quote, thing), facts in self.said.items()]
        return json.dumps([[*self.mentions], [*self.named], said], separators=(",", ":"))

    @classmethod
    def of(cls, written: str) -> Given:
        """What was written."""
        mentions, named, said = json.loads(written)
        return cls(frozenset(mentions), frozenset(named), {(quote, thing): facts for quote, thing, facts in said})


NOTHING: Final = Given(frozenset(), frozenset(), {})


def given(store: Store, article: str, iris: dict[int, str], texts: dict[int, str]) -> Given:
    """What the article of an IRI gives; `iris` and `texts` learn what the numbers of things and quotes stand for."""
    joined = [(verb, node.value) for _, verb, node in store.triples(article) if isinstance(node, NamedNode)]
    if not joined:
        return NOTHING
    said = {
        (_learn(quote.value, texts), _learn(node.value, iris)): int(facts.value)
        for quote, node, facts in cast(Iterable[tuple[Any, ...]], store.query(_SAID % article))
        if isinstance(node, NamedNode) and not node.value.startswith(KG.iri)
    }
    mentions = frozenset(_learn(node, iris) for verb, node in joined if verb == SCHEMA.mentions)
    others = {_learn(node, iris) for _, node in (*joined, ("", article)) if not node.startswith(KG.iri)}
    return Given(mentions, mentions | others | {thing for _, thing in said}, said)


def number(text: str) -> int:
    """The number of a text, of 48 bits."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=BYTES).digest())


def _learn(text: str, known: dict[int, str]) -> int:
    me = number(text)
    known[me] = text
    return me
