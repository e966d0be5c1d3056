"""Made-up articles with the shape of real ones, as many as a graph of some size needs; the same seed gives the same.

    python -m benchmarks.generated STORE TRIPLES

An article tells of one county of the gazetteer: its bodies, documents, mechanisms, groups and figures, with names put
together from the lexicons, so that kinds, scopes, hierarchy and inference are what they are for real texts. Groups come
up as unevenly as they do in texts: few very often, most seldom.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from kg.holdings import Entry, add, enter
from kg.lexicon import table, words
from kg.model import (
    THIS_ARTICLE,
    Article,
    Detail,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Level,
    Observation,
    Predicate,
    Property,
    Reading,
    Relation,
    Role,
)
from kg.namespaces import DEFAULT_BASE
from kg.store import change_store

PER_ARTICLE = 2300
"""About how many triples an article brings to a store, with what follows from them."""
SENTENCES, YEARS, FIGURES = 120, range(2015, 2025), 25
_UNITS = ("元", "%", "人", "户")
_TIMES = (None, "{}", "{}-06", "{}-03-15")


@cache
def counties() -> tuple[tuple[str, ...], ...]:
    """Every county with the prefecture and the province above it, the county first."""
    above = {row["word"]: row["parent"] for row in table("places")}
    return tuple((name, parent, above[parent]) for name, parent in above.items() if above.get(parent))


def reading(number: int, *, seed: int = 0) -> Reading:
    """The article of a number: about 40 entities, 50 relations and 25 figures."""
    return _Writer(Random(f"{seed}/{number}"), number).reading()


def entries(count: int, *, first: int = 0) -> Iterator[Entry]:
    """The articles, ready for a store."""
    return (enter(reading(number), base=DEFAULT_BASE) for number in range(first, first + count))


def grow(folder: Path, triples: int, *, first: int = 0) -> None:
    """Fill a store with as many articles as make about so many triples."""
    with change_store(folder) as draft:
        add(draft, entries(max(1, triples // PER_ARTICLE), first=first))


@dataclass(slots=True)
class _Writer:
    """One article in the making: `dice` decide, `facts` grow, each with a sentence of the text as its quote."""

    dice: Random
    number: int
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def reading(self) -> Reading:
        places = self.dice.choice(counties())
        county, year = places[0], self.dice.choice(YEARS)
        self._write(county)
        villages = self._made(EntityType.PLACE, [f"{name}家村" for name in self._some("surnames", 3)])
        self._made(EntityType.PLACE, places)
        bodies = self._made(EntityType.ORGANISATION, [f"{county}{stem}局" for stem in self._some("departments", 6)])
        groups = self._made(EntityType.GROUP, self._common("group_heads", 9))
        mechanisms = self._made(EntityType.MECHANISM, self._mechanisms())
        documents = self._made(EntityType.DOCUMENT, self._titles(county, mechanisms))
        outcomes = self._made(EntityType.OUTCOME, [f"{group}实现增收" for group in groups[:2]])
        person = self._made(EntityType.PERSON, [self._some("surnames", 1)[0] + "建国"])
        for part, whole in [*pairwise(places), *((village, county) for village in villages)]:
            self._say(part, Predicate.PART_OF, whole)
        for body in bodies:
            self._say(body, Predicate.LOCATED_IN, county)
        for mechanism in mechanisms:
            self._say(self.dice.choice(documents), Predicate.ESTABLISHES, mechanism)
            self._say(mechanism, Predicate.TARGETS, self.dice.choice(groups))
        for mechanism in mechanisms[:2]:
            self._say(mechanism, Predicate.TARGETS, self.dice.choice(groups))
            self._say(mechanism, Predicate.PART_OF, mechanisms[-1])
        for mechanism in mechanisms[:7]:
            self._say(self.dice.choice(bodies), Predicate.OPERATES, mechanism)
        for document in documents[:3]:
            self._say(self.dice.choice(bodies), Predicate.ISSUES, document)
        number = f"{documents[0][:2]}〔{year}〕{self.dice.randrange(1, 99)}号"
        self.facts.append(Detail(documents[0], Property.NUMBER, number, self._evidence("number")))
        self._say(documents[0], Predicate.APPLIES_IN, county)
        self._say(documents[1], Predicate.IMPLEMENTS, documents[0])
        for outcome in outcomes:
            self._say(self.dice.choice(mechanisms), Predicate.ACHIEVES, outcome)
        self._say(person[0], Predicate.MEMBER_OF, bodies[0])
        self._say(bodies[0], Predicate.REPORTS, THIS_ARTICLE)
        for _ in range(FIGURES):
            self._count(groups, mechanisms, county, year)
        return Reading(self._article(county, year), tuple(self.facts))

    def _write(self, county: str) -> None:
        """The text, of which every fact takes a sentence."""
        for _ in range(SENTENCES):
            said = f"{county}{''.join(self._some('mechanism_heads', 4))}{self.dice.randrange(10_000)}元"
            self.spans.append((len(self.text), len(self.text) + len(said)))
            self.text += said + "。"

    def _article(self, county: str, year: int) -> Article:
        id, title = f"{self.number:016x}", self.text[slice(*self.spans[0])]
        return Article(id=id, source=f"{id}.txt", text=self.text, title=title, date=str(year), place=county)

    def _some(self, table: str, count: int, **where: str) -> list[str]:
        return self.dice.sample(words(table, **where), count)

    def _common(self, table: str, count: int) -> list[str]:
        """Strong heads, those at the top of the list many times as often as the others."""
        known = words(table, strength="strong")
        found: dict[str, None] = {}
        while len(found) < count:
            found[known[int(len(known) * self.dice.random() ** 4)]] = None
        return list(found)

    def _mechanisms(self) -> list[str]:
        """Six that other articles may name as well and six that say whose field they are."""
        pairs = zip(self._some("departments", 6), self._common("mechanism_heads", 6), strict=True)
        return [*self._common("mechanism_heads", 6), *map("".join, pairs)]

    def _titles(self, county: str, mechanisms: Sequence[str]) -> Iterator[str]:
        for mechanism, genre in zip(mechanisms, self._some("genres", 4, **{"class": "rule"}), strict=False):
            yield f"{county}{mechanism}{genre}"

    def _made(self, type: EntityType, names: Iterator[str] | Sequence[str]) -> list[str]:
        """Name entities; their names, each once."""
        found = list(dict.fromkeys(names))
        self.facts += [Entity(type, name, self._evidence("entity")) for name in found]
        return found

    def _say(self, subject: str, predicate: Predicate, object: str) -> None:
        self.facts.append(Relation(subject, predicate, object, self._evidence(predicate)))

    def _count(self, groups: Sequence[str], mechanisms: Sequence[str], county: str, year: int) -> None:
        time = self.dice.choice(_TIMES)
        self.facts.append(
            Observation(
                indicator=f"{self.dice.choice(groups)}数",
                value=Decimal(self.dice.randrange(1, 1_000_000)),
                unit=self.dice.choice(_UNITS),
                role=self.dice.choice(tuple(Role)),
                level=self.dice.choice(tuple(Level)),
                evidence=self._evidence("figure"),
                time=time.format(year) if time else None,
                place=county,
                of=self.dice.choice(mechanisms),
            )
        )

    def _evidence(self, rule: str) -> Evidence:
        start, end = self.dice.choice(self.spans)
        return Evidence(self.text[start:end], start, end, rule, round(self.dice.uniform(0.3, 1), 2))


def main() -> None:
    grow(Path(sys.argv[1]), int(sys.argv[2]))


if __name__ == "__main__":
    main()
