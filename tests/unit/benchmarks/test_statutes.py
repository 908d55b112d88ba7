from __future__ import annotations

from benchmarks.statutes import OURS, result

FIGURES = {"recall@5": 0.66, "recall@100": 0.91}
TIMES = {"index_seconds": 4.0, "ms_p50_words": 1.2, "ms_p50_with_vector": 24.0}
PEER = {"recall@5": 0.44, "ms_p50": 144.0}


def test_the_bounds_are_those_of_the_figures_not_learned_from() -> None:
    found = result({OURS: FIGURES, "words": {}}, TIMES, PEER)
    assert [limit.name for limit in found.limits if not limit.met] == []
    assert found.ratios == {"recall@5": 1.5}
    assert "0.660" in found.headline


def test_a_bound_that_is_missed_is_named() -> None:
    slow = TIMES | {"ms_p50_with_vector": 31.0}
    found = result({OURS: FIGURES | {"recall@5": 0.59}}, slow, PEER)
    assert [limit.name for limit in found.limits if not limit.met] == [
        "recall@5",
        "ms_p50_with_vector",
    ]
