"""Weigh what speaks for a fact: writes `ontology/weights/*.json` from texts with gold facts.

    python benchmarks/weigh.py [--fresh FOLDER]... FOLDER...

A folder holds `NAME.txt` beside `NAME.facts.jsonl`. Of the `--fresh` ones nobody read the errors when the rules were
written; the others speak too well of the rules, so their texts carry a feature of their own, which takes that up and is
left out of the table. Logistic regression with a ridge, by Newton's method; features seen in too few facts are left
out, weights have two digits, so the same texts and rules give the same bytes. Prints how often facts of each confidence
are right on texts left out of the fit, in eight folds.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.evaluation.judging import judge
from kg.extract import find_mentions
from kg.extract.certainty import BIAS, entity_features
from kg.extract.resolve import assemble, best_mention, by_entity
from kg.model import Entity, EntityType
from kg.resources import ontology

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from gold import load_gold

Floats = NDArray[np.float64]
FOLDS, RIDGE, SEEN, READ = 8, 4.0, 3, "text was read"
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Example:
    """One fact found in text number `text`, with what was seen of it, and whether it is right."""

    text: int
    kind: str
    features: tuple[str, ...]
    right: bool


def entity_examples(files: Sequence[tuple[Path, bool]]) -> Iterable[Example]:
    """The entities found in the texts; those that were read carry the feature that says so."""
    for number, (file, fresh) in enumerate(files):
        page, _, gold = load_gold(file)
        mentions = find_mentions(page)
        seen = {
            key: (*entity_features(page, those, best_mention(page, those)),)
            for key, those in by_entity(mentions).items()
        }
        verdicts = judge(file.stem, gold, assemble(page, mentions))
        for verdict in verdicts:
            if isinstance(verdict.found, Entity):
                features = seen[verdict.found.type, verdict.found.name] + (() if fresh else (READ,))
                yield Example(number, verdict.found.type, features, verdict.right)


def fit(seen: Floats, right: Floats) -> Floats:
    """The weights of a logistic regression with a ridge, the constant last, by Newton's method."""
    ridge = np.full(seen.shape[1], RIDGE)
    ridge[-1] = RIDGE / 20
    weights = np.zeros(seen.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (chance - right) + ridge * weights
        curve = (seen.T * (chance * (1 - chance))) @ seen + np.diag(ridge)
        weights -= np.linalg.solve(curve, slope)
    return weights


def columns(examples: Iterable[Example]) -> list[str]:
    """The features seen in enough facts, in the order of their names."""
    counts = Counter(feature for example in examples for feature in example.features)
    return sorted(feature for feature, count in counts.items() if count >= SEEN)


def matrix(examples: Sequence[Example], names: Sequence[str]) -> Floats:
    """One row for each example, one column for each feature, and the constant."""
    place = {name: column for column, name in enumerate(names)}
    seen = np.zeros((len(examples), len(names) + 1))
    seen[:, -1] = 1
    for row, example in enumerate(examples):
        seen[row, [place[feature] for feature in example.features if feature in place]] = 1
    return seen


def weigh(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of one kind, with two digits; the constant first."""
    names = columns(examples)
    weights = fit(matrix(examples, names), np.array([float(e.right) for e in examples]))
    table = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=False) if name != READ}
    return {BIAS: round(float(weights[-1]), 2)} | {name: weight for name, weight in table.items() if weight}


def foretold(examples: Sequence[Example]) -> Floats:
    """For each example the chance by weights that its text had no part in; as for a fresh text."""
    chance = np.zeros(len(examples))
    fold = np.array([example.text % FOLDS for example in examples])
    for left_out in range(FOLDS):
        known = weigh([example for example in examples if example.text % FOLDS != left_out])
        for row in np.flatnonzero(fold == left_out):
            total = known[BIAS] + sum(known.get(feature, 0.0) for feature in examples[row].features)
            chance[row] = 1 / (1 + np.exp(-total))
    return chance


def tell(name: str, chance: Floats, right: Floats) -> None:
    """Print how often facts of each band of confidence are right."""
    for low, high in pairwise(BANDS):
        inside = (chance >= low) & (chance < high)
        share = f"{right[inside].mean():.2f} right" if inside.any() else ""
        print(f"{name:14} {low:.1f}-{min(high, 1):.1f} {int(inside.sum()):5} {share}")


def main() -> None:
    arguments = iter(sys.argv[1:])
    folders = [(Path(next(arguments)), True) if a == "--fresh" else (Path(a), False) for a in arguments]
    files = [(file, fresh) for folder, fresh in folders for file in sorted(folder.glob("*.txt"))]
    examples = list(entity_examples(files))
    by_kind = {kind: [e for e in examples if e.kind == kind] for kind in EntityType}
    fresh = {number for number, (_, fresh) in enumerate(files) if fresh}
    told = [(e, c) for kind in by_kind.values() for e, c in zip(kind, foretold(kind), strict=True) if e.text in fresh]
    tell("entities", np.array([c for _, c in told]), np.array([float(e.right) for e, _ in told]))
    path = ontology() / "weights" / "entities.json"
    table = {str(kind): weigh(found) for kind, found in by_kind.items()}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
