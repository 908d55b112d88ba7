from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.statute_vectors import load_statute_vectors, save_statute_vectors
from knowledge_base.statutes import Statute


@pytest.fixture
def statutes() -> Sequence[Statute]:
    return [
        Statute(law="民法典", number=f"第{n}条", text=f"条文{n}", chapter="", searched=True)
        for n in range(300)
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vectors.npz"


def test_the_nearest_article_survives_the_packing(statutes: Sequence[Statute], file: Path) -> None:
    rows = np.random.default_rng(3).normal(size=(300, 384)).astype(np.float32)
    save_statute_vectors(statutes, rows, file)
    vectors = load_statute_vectors(statutes, file)
    assert vectors is not None
    assert [int(vectors.nearness(rows[n].tolist()).argmax()) for n in (0, 17, 299)] == [0, 17, 299]


def test_an_article_with_another_text_has_no_vector(
    statutes: Sequence[Statute], file: Path
) -> None:
    save_statute_vectors(statutes, np.eye(300, 384, dtype=np.float32), file)
    changed = Statute(law="民法典", number="第1条", text="改了", chapter="", searched=True)
    vectors = load_statute_vectors([changed, statutes[2]], file)
    assert vectors is not None
    assert vectors.places.tolist() == [1]


def test_without_the_file_there_are_no_vectors(statutes: Sequence[Statute], file: Path) -> None:
    assert load_statute_vectors(statutes, file) is None
