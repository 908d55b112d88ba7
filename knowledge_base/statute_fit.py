"""Fits the statute search on questions with the articles that answer them, and cross-validates it.

``python -m knowledge_base.statute_fit FILE DAY CACHE_FOLDER`` writes ``statute_weights.yml`` and
``statute_turn.npz`` and prints the figures on questions that nothing was learned from. A quarter
of an hour, most of it for the cross-validation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge_base.statute_eval import scores
from knowledge_base.statute_features import WORD_FEATURES
from knowledge_base.statute_material import NAMES, Material, gather
from knowledge_base.statute_model import WEIGHTS, save_turn
from knowledge_base.statute_training import Array, Ranking, learn_sure, learn_weights
from knowledge_base.vectors import Vectors

FOLDS = 5
SEED = 1
# A question of the file teaches the turn as much as this many of the FAQ, which has nine times
# as many.
REPEATED = 6
# Decimals of the weights that are written.
DIGITS = 3
Folds = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights of the features named, and each question's utilities by weights it did not teach."""

    names: Sequence[str]
    weights: Array
    held_out: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was fitted, on what, and how well it ranks questions that it was not fitted on."""

    material: Material
    words: Fitted
    both: Fitted
    turn: Vectors
    figures: Mapping[str, Mapping[str, float]]


class Turns:
    """Turns learned without the questions of some folds, each learned once."""

    def __init__(self, material: Material, folds: Folds) -> None:
        self._material = material
        self._folds = folds
        # Without every fold only the FAQ is left, whose turn is known.
        self._known = {frozenset(folds.tolist()): material.turn}

    def without(self, *folds: int) -> Vectors:
        """The turn that the FAQ and the questions of the other folds teach."""
        key = frozenset(folds)
        if key not in self._known:
            kept = [q for q, fold in enumerate(self._folds) if fold not in key]
            self._known[key] = self._material.learn_turn(kept, REPEATED)
        return self._known[key]


def fit_words(material: Material, folds: Folds) -> Fitted:
    """The model without vectors."""
    columns = [NAMES.index(name) for name in WORD_FEATURES]
    features = material.features[:, :, columns]
    return _fitted(material, folds, WORD_FEATURES, lambda question, held: features[question])


def fit_both(material: Material, folds: Folds, turns: Turns) -> Fitted:
    """The model with vectors.

    Weights are learned on features made by turns that had not seen the question, so that they
    trust the turn no more than it deserves; and for a fold held out, by turns that had seen
    neither the question nor that fold.
    """

    def features(question: int, held: int) -> Array:
        return material.with_turn(question, turns.without(int(folds[question]), held))

    return _fitted(material, folds, NAMES, features)


def _fitted(
    material: Material,
    folds: Folds,
    names: Sequence[str],
    features: Callable[[int, int], Array],
) -> Fitted:
    hits = np.stack([material.hits(question) for question in range(len(folds))])
    utilities = np.zeros(hits.shape, dtype=np.float32)
    for held in range(int(folds.max()) + 1):
        kept = np.flatnonzero(folds != held)
        taught = np.stack([features(int(question), held) for question in kept])
        weights = learn_weights(Ranking(features=taught, answers=hits[kept]))
        for question in np.flatnonzero(folds == held):
            utilities[question] = features(int(question), held) @ weights
    whole = np.stack([features(q, int(folds[q])) for q in range(len(folds))])
    return Fitted(
        names=names,
        weights=learn_weights(Ranking(features=whole, answers=hits)),
        held_out=utilities,
    )


def fit_sure(material: Material, fitted: Fitted) -> Mapping[str, float]:
    """How likely one of the first three answers, from held-out rankings and unrelated questions."""
    inputs = [name for name in ("covered", "near") if name in fitted.names]
    columns = [NAMES.index(name) for name in inputs]
    first = np.argsort(-fitted.held_out, axis=1, kind="stable")[:, :3]
    best = [material.features[q, places][:, columns].max(axis=0) for q, places in enumerate(first)]
    hits = [bool(material.hits(q)[places].any()) for q, places in enumerate(first)]
    own = [NAMES.index(name) for name in fitted.names]
    for features in material.unrelated:
        places = np.argsort(-(features[:, own] @ fitted.weights), kind="stable")[:3]
        best.append(features[places][:, columns].max(axis=0))
        hits.append(False)
    learned = learn_sure(np.stack(best), np.array(hits))
    names = [*inputs, "constant"]
    return {n: round(float(v), DIGITS) for n, v in zip(names, learned, strict=True)}


def figures(material: Material, utilities: Array) -> Mapping[str, float]:
    """Recall and reciprocal rank of rankings by utility, among the candidates."""
    order = np.argsort(-utilities, axis=1, kind="stable")
    ranked = [list(places[row]) for places, row in zip(material.candidates, order, strict=True)]
    wanted = [set(answers) for answers in material.questions.answers]
    counts = [len(question.articles) for question in material.asked]
    return scores(ranked, wanted, counts)


def cross_validated(lines: Sequence[str], on: date, cache_dir: Path) -> Report:
    """Fit with and without vectors; every figure is of questions that taught nothing."""
    material = gather(lines, on, cache_dir)
    folds = np.random.default_rng(SEED).permutation(len(material.asked)) % FOLDS
    turns = Turns(material, folds)
    words, both = fit_words(material, folds), fit_both(material, folds, turns)
    alone = [NAMES.index(name) for name in ("covered", "near")]
    return Report(
        material=material,
        words=words,
        both=both,
        turn=turns.without(),
        figures={
            "words_alone": figures(material, material.features[:, :, alone[0]]),
            "vectors_alone": figures(material, material.features[:, :, alone[1]]),
            "words": figures(material, words.held_out),
            "words_and_vectors": figures(material, both.held_out),
        },
    )


def main(file: str, day: str, folder: str) -> None:
    """Fit on a file's questions, write what was learned and print the figures as JSON."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    report = cross_validated(lines, date.fromisoformat(day), Path(folder))
    learned = {
        name: {
            "features": {
                n: round(float(w), DIGITS)
                for n, w in zip(fitted.names, fitted.weights, strict=True)
            },
            "sure": dict(fit_sure(report.material, fitted)),
        }
        for name, fitted in (("words", report.words), ("both", report.both))
    }
    head = "# Weights of the statute search, learned by statute_fit.py; what each feature is: statute_features.py.\n"
    WEIGHTS.write_text(head + yaml.safe_dump(learned, sort_keys=False), encoding="utf-8")
    save_turn(report.turn, report.material.vectors.space)
    sys.stdout.write(json.dumps(report.figures, indent=2) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
