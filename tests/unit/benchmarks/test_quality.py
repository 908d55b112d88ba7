from __future__ import annotations

from benchmarks.quality import brief


def test_brief_keeps_figures_and_counts_lists() -> None:
    scored: dict[str, object] = {
        "n": 3,
        "accuracy": 0.5,
        "per_intent": {"greet": {"f1": 1.0}},
        "errors": [{"text": "a"}, {"text": "b"}],
    }
    assert brief(scored) == scored | {"errors": {"count": 2}}
