from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.statute_vectors import (
    KIND,
    load_statute_vectors,
    not_shipped,
    passage,
    read_shipped,
    write_shipped,
)
from knowledge_base.statutes import Statute
from knowledge_base.vectors import VectorCache, Vectors


def statute(text: str) -> Statute:
    return Statute(law="民法典", number="第一条", text=text, chapter="", searched=True)


@pytest.fixture
def statutes() -> Sequence[Statute]:
    return [statute(f"条文{n}") for n in range(300)]


@pytest.fixture
def rows() -> Vectors:
    return np.random.default_rng(3).normal(size=(300, 384)).astype(np.float32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vectors.npz"


def test_the_nearest_article_survives_the_packing(
    statutes: Sequence[Statute], rows: Vectors, file: Path
) -> None:
    write_shipped([passage(s) for s in statutes], rows, file)
    vectors = load_statute_vectors(statutes, file)
    assert vectors is not None
    near = [vectors.rows @ vectors.question(rows[n].tolist()) for n in (0, 17, 299)]
    assert [int(found.argmax()) for found in near] == [0, 17, 299]


def test_an_article_with_another_text_has_no_vector(
    statutes: Sequence[Statute], rows: Vectors, file: Path
) -> None:
    write_shipped([passage(s) for s in statutes], rows, file)
    changed = statute("改了")
    vectors = load_statute_vectors([changed, statutes[2]], file)
    assert vectors is not None
    assert vectors.places.tolist() == [1]
    assert list(not_shipped([changed, statutes[2], changed], file)) == [passage(changed)]


def test_vectors_of_ones_own_fill_what_is_not_shipped(
    statutes: Sequence[Statute], rows: Vectors, file: Path, tmp_path: Path
) -> None:
    write_shipped([passage(s) for s in statutes[:299]], rows[:299], file)
    own = VectorCache(tmp_path / "own.npz")
    own.add(KIND, [passage(statutes[299])], rows[299:].tolist())
    vectors = load_statute_vectors(statutes, file, own=own)
    assert vectors is not None
    assert vectors.places.size == 300
    assert int((vectors.rows @ vectors.question(rows[299].tolist())).argmax()) == 299


def test_writing_again_keeps_the_space_and_the_rows_not_computed(
    statutes: Sequence[Statute], rows: Vectors, file: Path
) -> None:
    texts = [passage(s) for s in statutes]
    write_shipped(texts, rows, file)
    before = read_shipped(file)
    more, blank = [*texts[100:], passage(statute("新的"))], np.zeros((201, 384), np.float32)
    blank[200] = rows[0]

    write_shipped(more, blank, file)

    after = read_shipped(file)
    assert before is not None
    assert after is not None
    assert after.space.fingerprint() == before.space.fingerprint()
    assert len(after.packed) == 201
    assert {k: v.tolist() for k, v in after.packed.items() if k in before.packed} == {
        k: v.tolist() for k, v in before.packed.items() if k in after.packed
    }
    assert len(set(before.packed) & set(after.packed)) == 200


def test_without_the_file_there_are_no_vectors(statutes: Sequence[Statute], file: Path) -> None:
    assert load_statute_vectors(statutes, file) is None
    assert len(not_shipped(statutes, file)) == 300


def test_a_damaged_file_counts_as_missing(statutes: Sequence[Statute], file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 cut off")
    assert load_statute_vectors(statutes, file) is None
