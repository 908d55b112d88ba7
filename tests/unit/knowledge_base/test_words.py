from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.errors import BadData
from knowledge_base.words import WordIndex, build_words, load_words

DOCUMENTS = [["押金", "房东"], ["工资", "老板", "工资"], []]


@pytest.fixture
def index() -> WordIndex:
    return build_words(DOCUMENTS, k1=1.2, b=0.75)


def test_the_document_with_the_words_scores(index: WordIndex) -> None:
    scores = index.search({"工资": 1.0, "没有的词": 1.0})
    assert [bool(score) for score in scores] == [False, True, False]


def test_a_tokens_weight_scales_its_score(index: WordIndex) -> None:
    assert index.search({"押金": 2.0})[0] == pytest.approx(2 * index.search({"押金": 1.0})[0])


def test_no_document_scores_more_than_the_mass(index: WordIndex) -> None:
    query = {"押金": 1.0, "房东": 0.5, "没有的词": 1.0}
    assert 0 < index.search(query).max() <= index.mass(query)


def test_an_index_without_documents_finds_nothing() -> None:
    assert build_words([], k1=1.2, b=0.75).search({"押金": 1.0}).size == 0


def test_a_saved_index_searches_alike(index: WordIndex, tmp_path: Path) -> None:
    file = tmp_path / "new" / "words.npz"
    index.save(file)
    loaded = load_words(file)
    query = {"工资": 1.0, "房东": 1.0}
    np.testing.assert_array_equal(loaded.search(query), index.search(query))
    assert [path.name for path in file.parent.iterdir()] == ["words.npz"]


@pytest.mark.parametrize("content", [None, b"", b"not an index", b"PK\x03\x04 cut off"])
def test_a_missing_or_damaged_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "words.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadData, match=r"words\.npz"):
        load_words(file)
