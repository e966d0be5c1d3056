"""Weigh what speaks for a fact: writes `ontology/weights/*.json` from texts with gold facts.

    python benchmarks/weigh.py [--fresh FOLDER]... FOLDER[=WEIGHT]...

A folder holds `NAME.txt` beside `NAME.facts.jsonl`; a weight above 1 makes its texts count more. Of the `--fresh` ones
nobody read the errors when the rules were written; the others speak too well of the rules, so what was found there
carries a feature that takes this up and is left out of the table. Relations are weighed over the right entities (half)
and over those that `kg` itself finds (whole). Logistic regression with a ridge, by Newton's method; features seen in
too few facts are left out and weights have two digits, so the same texts and rules give the same bytes. The least
chance of a predicate is the one with the best F1 on texts left out of the fit, in five folds, within narrow bounds
about half the F1 that relations reach: there one more fact does as much good as harm. Prints how often facts
of each confidence are right on fresh texts that were left out, and what each predicate reaches. Run it after every
change of a rule. `benchmarks/README.md` has the call that made the tables in the repository.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.evaluation import likeness
from kg.evaluation.judging import judge
from kg.extract import find_mentions
from kg.extract.certainty import BIAS, ENDS, LEAST, entity_features, relation_features
from kg.extract.page import Mention, Page
from kg.extract.relations import find_votes
from kg.extract.resolve import assemble, best_mention, by_entity
from kg.model import Entity, EntityType, Evidence, Fact, Predicate, Relation
from kg.resources import ontology

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from gold import load_gold

Floats = NDArray[np.float64]
FOLDS, ROUNDS, SEEN, READ, RIGHT_ENTITIES, LOWEST, HIGHEST = 5, 7, 3, "text was read", 0.5, 0.2, 0.3
RIDGE = {"entities": 4.0, "relations": 2.0}
SELDOM = 4.0
"""How much more strongly the features of single words are held back."""
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold facts, how much it counts, and whether nobody read its errors."""

    number: int
    file: Path
    weight: float
    fresh: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One fact found in a text, with what was seen of it, and whether it is right; `found` over found entities."""

    text: Text
    kind: str
    features: tuple[str, ...]
    right: bool
    weight: float
    found: bool = True


def read(texts: Iterable[Text]) -> tuple[list[Example], list[Example], Counter[str]]:
    """The examples of entities and of relations, and how many gold relations each predicate has."""
    entities: list[Example] = []
    relations: list[Example] = []
    counts: Counter[str] = Counter()
    for text in texts:
        page, right, gold = load_gold(text.file)
        counts.update(str(fact.predicate) for fact in gold if isinstance(fact, Relation))
        found = find_mentions(page)
        assembled = list(assemble(page, found))
        entities += entity_examples(text, page, found, assembled, gold)
        relations += relation_examples(text, page, found, assembled, gold)
        relations += relation_examples(text, page, right, (), gold)
    return entities, relations, counts


def entity_examples(
    text: Text, page: Page, mentions: Sequence[Mention], assembled: Sequence[Entity], gold: Sequence[Fact]
) -> Iterator[Example]:
    """What was found in a text, each entity right where the guide's measure says so."""
    named = by_entity(mentions)
    for verdict in judge(text.file.stem, gold, assembled):
        if isinstance(verdict.found, Entity):
            those = named[verdict.found.type, verdict.found.name]
            features = tuple(entity_features(page, those, best_mention(page, those)))
            yield Example(text, verdict.found.type, marked(text, features), verdict.right, 1.0)


def relation_examples(
    text: Text, page: Page, mentions: Sequence[Mention], assembled: Sequence[Entity], gold: Sequence[Fact]
) -> Iterator[Example]:
    """Every pair that a rule voted for; without `assembled` entities they are the right ones."""
    sure = {entity.name: entity.evidence.confidence for entity in assembled}
    known = likeness.known_names([fact for fact in gold if isinstance(fact, Entity)])
    stated = [fact for fact in gold if isinstance(fact, Relation)]
    for (subject, predicate, object_), votes in find_votes(page, mentions).items():
        features = tuple(
            relation_features(page, (subject, object_), votes, (sure.get(subject, 1.0), sure.get(object_, 1.0)))
        )
        said = Relation(subject, predicate, object_, Evidence("", 0, 0, ""))
        right = any(
            fact.predicate == predicate and likeness.relation_likeness(fact, said, known=known) >= likeness.SAME_END
            for fact in stated
        )
        weight = text.weight if assembled else text.weight * RIGHT_ENTITIES
        yield Example(text, predicate, marked(text, features), right, weight, found=bool(assembled))


def marked(text: Text, features: tuple[str, ...]) -> tuple[str, ...]:
    """The features, with the one that says that the text was read."""
    return features if text.fresh else (*features, READ)


def fit(seen: Floats, right: Floats, weight: Floats, held: Floats) -> Floats:
    """The weights of a logistic regression with a ridge for each feature, by Newton's method."""
    weights = np.zeros(seen.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (weight * (chance - right)) + held * weights
        root = seen * np.sqrt(weight * chance * (1 - chance))[:, None]
        curve = root.T @ root + np.diag(held)
        weights -= np.linalg.solve(curve, slope)
    return weights


def weigh(examples: Sequence[Example], ridge: float) -> dict[str, float]:
    """The weights of one kind, READ among them; the constant first."""
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(feature for feature, count in counts.items() if count >= SEEN)
    place = {name: column for column, name in enumerate(names)}
    seen = np.zeros((len(examples), len(names) + 1))
    seen[:, -1] = 1
    for row, example in enumerate(examples):
        seen[row, [place[feature] for feature in example.features if feature in place]] = 1
    right, weight = (
        np.array([float(value) for value in column]) for column in zip(*map(judged, examples), strict=True)
    )
    held = np.array([ridge * SELDOM if ENDS in name else ridge for name in names] + [ridge / 20])
    weights = fit(seen, right, weight, held)
    return {BIAS: float(weights[-1])} | {name: float(value) for name, value in zip(names, weights, strict=False)}


def judged(example: Example) -> tuple[float, float]:
    return float(example.right), example.weight


def chances(examples: Sequence[Example], weights: Mapping[str, float], *, fresh: bool) -> Floats:
    """The chance of each example; `fresh` as if nobody had read its text."""
    seen = ([f for f in example.features if not (fresh and f == READ)] for example in examples)
    total = [weights[BIAS] + sum(weights.get(feature, 0.0) for feature in features) for features in seen]
    return 1 / (1 + np.exp(-np.array(total, dtype=float)))


def left_out(examples: Sequence[Example], ridge: float, *, fresh: bool) -> Floats:
    """The chance of each example by weights that its text had no part in."""
    chance = np.zeros(len(examples))
    for fold in range(FOLDS):
        rows = [row for row, example in enumerate(examples) if example.text.number % FOLDS == fold]
        rest = [example for example in examples if example.text.number % FOLDS != fold]
        chance[rows] = chances([examples[row] for row in rows], weigh(rest, ridge), fresh=fresh)
    return chance


def cut(chance: Floats, right: Floats, gold: int) -> tuple[float, float]:
    """The least chance with the best F1 (from LOWEST to HIGHEST), and that F1."""
    order = np.argsort(-chance, kind="stable")
    scores = 2 * np.cumsum(right[order]) / (np.arange(1, len(order) + 1) + gold)
    best = float(chance[order][int(np.argmax(scores))])
    return min(max(LOWEST, best), HIGHEST), float(scores.max())


def tell(name: str, examples: Sequence[Example], ridge: float) -> None:
    """Print how often facts of each band of confidence are right on fresh texts left out of the fit."""
    told: list[tuple[float, bool]] = []
    for kind in sorted({example.kind for example in examples}):
        those = [example for example in examples if example.kind == kind]
        foretold = left_out(those, ridge, fresh=True)
        told += [(c, e.right) for e, c in zip(those, foretold, strict=True) if e.text.fresh and e.found]
    for low, high in pairwise(BANDS):
        inside = [right for chance, right in told if low <= chance < high]
        share = f"{sum(inside) / len(inside):.2f} right" if inside else ""
        print(f"{name:10} {low:.1f}-{min(high, 1):.1f} {len(inside):5} {share}")


def rounded(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights as they are written: two digits, without what adds nothing."""
    table = {name: round(weight, 2) for name, weight in weights.items() if name != READ}
    return {name: weight for name, weight in table.items() if weight or name == BIAS}


def relation_table(examples: Sequence[Example], counts: Counter[str]) -> dict[str, dict[str, float]]:
    """The weights and the least chance of every predicate."""
    table = {}
    for predicate in Predicate:
        those = [example for example in examples if example.kind == predicate]
        found = np.array([example.found for example in those])
        right = np.array([float(example.right) for example in those])
        chance = left_out(those, RIDGE["relations"], fresh=False)
        least, best = cut(chance[found], right[found], counts[predicate])
        print(f"{predicate:12} {counts[predicate]:5} gold, {int(found.sum()):5} pairs, F1 {best:.3f} at {least:.2f}")
        table[str(predicate)] = {LEAST: round(least, 2)} | rounded(weigh(those, RIDGE["relations"]))
    return table


def texts(arguments: Iterable[str]) -> Iterator[Text]:
    """The texts of the folders that the command line names."""
    rest, number = iter(arguments), 0
    for argument in rest:
        fresh = argument == "--fresh"
        name, _, weight = (next(rest) if fresh else argument).partition("=")
        for file in sorted(Path(name).glob("*.txt")):
            yield Text(number, file, float(weight or 1), fresh)
            number += 1


def main() -> None:
    entities, relations, counts = read(texts(sys.argv[1:]))
    tell("entities", entities, RIDGE["entities"])
    tell("relations", relations, RIDGE["relations"])
    by_type = {str(kind): [example for example in entities if example.kind == kind] for kind in EntityType}
    tables = {
        "entities": {kind: rounded(weigh(those, RIDGE["entities"])) for kind, those in by_type.items()},
        "relations": relation_table(relations, counts),
    }
    for name, table in tables.items():
        path = ontology() / "weights" / f"{name}.json"
        path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
