"""Adding up the columns of a query's words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.columns import columns_of

SIZE = 6
SCORES = st.floats(-8, 8, width=16)
COLUMNS = st.lists(st.dictionaries(st.integers(0, SIZE - 1), SCORES), min_size=1, max_size=5)


@given(columns=COLUMNS, data=st.data())
def test_the_sums_are_those_of_the_whole_matrix(
    columns: list[dict[int, float]], data: st.DataObject
) -> None:
    matrix = np.array([[column.get(d, 0.0) for d in range(SIZE)] for column in columns])
    asked = data.draw(st.lists(st.integers(0, len(columns) - 1), unique=True))
    weights = data.draw(st.lists(SCORES, min_size=len(asked), max_size=len(asked)))

    sums = columns_of(columns, size=SIZE).sums(asked, weights)

    whole = sum((w * matrix[c] for c, w in zip(asked, weights, strict=True)), np.zeros(SIZE))
    assert sums.dtype == np.float32
    np.testing.assert_allclose(sums, whole, rtol=1e-5, atol=1e-5)


def test_no_column_sums_to_nothing() -> None:
    assert columns_of([{0: 1.0}], size=3).sums([], []).tolist() == [0.0, 0.0, 0.0]
