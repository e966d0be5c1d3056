"""Weigh the relation rules: writes `ontology/lexicon/relation_weights.tsv` from texts with gold facts.

    python benchmarks/weigh_relations.py FOLDER[=WEIGHT]...

A folder holds `NAME.txt` beside `NAME.facts.jsonl`; a weight above 1 makes its texts count more. The table in the
repository was made with weight 8 for the two articles, 3 for passages of real articles and 1 for those written for
this project. The votes of the rules are weighed by logistic regression, over the right entities (half) and over
those that `kg` itself finds (whole). The least confidence of a predicate is the highest with nearly the best F1 on
texts left out of the fit, in eight folds. Prints what each predicate reaches there and how often each rule is right
when the entities are. Run it after every change of a relation rule.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract import find_mentions
from kg.extract.relations import Key, find_votes, relation_rules
from kg.model import Entity, Fact, Predicate, Relation
from kg.resources import ontology

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from gold import load_gold

Floats = NDArray[np.float64]
FOLDS, RIDGE, LIKE, RIGHT_ENTITIES, LOWEST, NEARLY = 8, 1.0, 0.75, 0.5, 0.2, 0.98
NOTE = "# Made by benchmarks/weigh_relations.py: log-odds that a vote adds; for a predicate its prior and least chance."


@dataclass(frozen=True, slots=True)
class Example:
    """One pair that rules voted for in text number `text`."""

    text: int
    rules: frozenset[str]
    right: bool
    weight: float
    found: bool


@cache
def alike(a: str, b: str) -> bool:
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= LIKE


def says(gold: Sequence[Fact], key: Key) -> bool:
    """Whether a gold relation says the same of things whose names are alike."""
    names = {e.name: (e.name, *e.also) for e in gold if isinstance(e, Entity)}
    return any(
        r.predicate == key[1]
        and any(alike(n, key[0]) for n in names.get(r.subject, (r.subject,)))
        and any(alike(n, key[2]) for n in names.get(r.object, (r.object,)))
        for r in gold
        if isinstance(r, Relation)
    )


def read(files: Iterable[tuple[Path, float]]) -> tuple[dict[Predicate, list[Example]], Counter[Predicate]]:
    """The examples of every predicate, and how many gold relations it has."""
    examples: dict[Predicate, list[Example]] = {predicate: [] for predicate in Predicate}
    gold_counts: Counter[Predicate] = Counter()
    for number, (file, weight) in enumerate(files):
        page, right, gold = load_gold(file)
        gold_counts.update(fact.predicate for fact in gold if isinstance(fact, Relation))
        for found, mentions in ((True, find_mentions(page)), (False, right)):
            for key, votes in find_votes(page, mentions).items():
                share = weight if found else weight * RIGHT_ENTITIES
                examples[key[1]].append(Example(number, frozenset(votes), says(gold, key), share, found))
    return examples, gold_counts


def fit(votes: Floats, right: Floats, weight: Floats) -> Floats:
    """The weights of a logistic regression with a ridge, the constant last, by Newton's method."""
    ridge = np.full(votes.shape[1], RIDGE)
    ridge[-1] = RIDGE / 20
    weights = np.zeros(votes.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-votes @ weights))
        slope = votes.T @ (weight * (chance - right)) + ridge * weights
        curve = (votes.T * (weight * chance * (1 - chance))) @ votes + np.diag(ridge)
        weights -= np.linalg.solve(curve, slope)
    return weights


def weigh(predicate: Predicate, examples: Sequence[Example], gold: int) -> Iterator[str]:
    """The rows of one predicate."""
    rules = [rule.name for rule in relation_rules() if rule.label == predicate]
    votes = np.array([[*(float(rule in e.rules) for rule in rules), 1.0] for e in examples])
    right = np.array([float(e.right) for e in examples])
    weight = np.array([e.weight for e in examples])
    fold = np.array([e.text % FOLDS for e in examples])
    found = np.array([e.found for e in examples])
    chance = np.zeros(len(examples))
    for left_out in range(FOLDS):
        rest = fold != left_out
        chance[~rest] = 1 / (1 + np.exp(-votes[~rest] @ fit(votes[rest], right[rest], weight[rest])))
    least, best = cut(chance[found], right[found], gold)
    print(f"{predicate:12} {gold:5} gold, {int(found.sum()):5} pairs found, F1 {best:.3f} at {least:.2f}")
    weights = fit(votes, right, weight)
    for column, rule in enumerate(rules):
        hits = votes[~found, column]
        print(f"    {rule:44} {weights[column]:+.2f} {int(hits @ right[~found]):5} of {int(hits.sum())} right")
    yield f"{predicate}\t{weights[-1]:.2f}\t{least:.2f}"
    yield from (f"{rule}\t{value:.2f}\t" for rule, value in zip(rules, weights, strict=False))


def cut(chance: Floats, right: Floats, gold: int) -> tuple[float, float]:
    """The highest least chance (never below LOWEST) whose F1 is nearly the best, and that best F1."""
    order = np.argsort(-chance)
    scores = 2 * np.cumsum(right[order]) / (np.arange(1, len(order) + 1) + gold)
    first = int(np.argmax(scores >= NEARLY * scores.max()))
    return max(LOWEST, float(chance[order][first])), float(scores.max())


def main() -> None:
    folders = [(Path(name), float(weight or 1)) for name, _, weight in (arg.partition("=") for arg in sys.argv[1:])]
    files = [(file, weight) for folder, weight in folders for file in sorted(folder.glob("*.txt"))]
    examples, gold = read(files)
    rows = [row for predicate in Predicate for row in weigh(predicate, examples[predicate], gold[predicate])]
    path = ontology() / "lexicon" / "relation_weights.tsv"
    path.write_text("\n".join([NOTE, "word\tweight\tleast?", *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
