"""Fitting: the telling feature counts, scenarios stay whole, the same examples give the same file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from antifraud.classifier import Classifier
from antifraud.evidence import Collector
from antifraud.fitting import FOLDS, fit, folds_of, save, solve, threshold
from antifraud.normal import normalise
from antifraud.samples import Sample, development_set


@pytest.fixture(scope="module")
def collector() -> Collector:
    return Collector.load()


@pytest.fixture(scope="module")
def few() -> list[Sample]:
    """Every ninth example, so that a fit takes a second."""
    return list(development_set())[::9]


def test_scenarios_are_never_parted() -> None:
    samples = development_set()
    folds: dict[str, set[int]] = {}
    for sample, fold in zip(samples, folds_of(samples), strict=True):
        folds.setdefault(sample.scenario or "", set()).add(int(fold))

    assert {len(found) for found in folds.values()} == {1}
    assert set.union(*folds.values()) == set(range(FOLDS))


def test_the_telling_feature_decides() -> None:
    values = np.array([[1.0, 1, 0], [1, 1, 1], [1, 0, 0], [1, 0, 1]])
    truth = np.array([True, True, False, False])
    weights = values.T @ solve(values @ values.T, truth, np.arange(4), 0.1)

    assert weights[1] > 5 * abs(weights[2])


def test_a_threshold_is_as_low_as_it_may_be() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.2])
    scam = np.array([True, True, False, True, False])

    assert threshold(scores, scam, 1.0) == pytest.approx(0.75)
    assert threshold(scores, scam, 0.75) == pytest.approx(0.4)


def test_the_same_examples_give_the_same_bytes(
    few: list[Sample], collector: Collector, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yml").write_text("# a remark\n", encoding="utf-8")
        save(fit(few, collector), tmp_path / f"{name}.npz", tmp_path / f"{name}.yml")

    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert (tmp_path / "a.yml").read_text(encoding="utf-8").startswith("# a remark\nscam_from:")


def test_what_was_saved_judges_alike(
    few: list[Sample], collector: Collector, tmp_path: Path
) -> None:
    fitted = fit(few, collector)
    save(fitted, tmp_path / "a.npz", tmp_path / "a.yml")
    loaded = Classifier.load(tmp_path / "a.npz", tmp_path / "a.yml")
    evidence = collector.collect(normalise("先垫付三千，做完任务返四千"))

    assert loaded.opinion(evidence) == fitted.opinion(evidence)


def test_the_packaged_weights_are_those_of_the_packaged_examples(collector: Collector) -> None:
    """Examples, signs or word classes that changed want ``python -m bot fraud fit``."""
    packaged = Classifier.load()
    for sample in list(development_set())[::40]:
        evidence = collector.collect(normalise(sample.text))
        places, _ = packaged.row(evidence)

        # Of what an example shows, nearly all is known to weights that were fitted to it.
        assert len(places) > 0
        assert {f"#sign {hit.signal.name}" for hit in evidence.hits} - set(
            packaged.features
        ) == set()
