from __future__ import annotations

import pytest

from benchmarks.start import Start, compose, environment


def start(answer: float, *, stop: float = 1.0, left: int = 0) -> Start:
    return Start(
        ready_s=answer - 1,
        degraded_at_ready=[],
        first_answer_s=answer,
        whole_s=answer,
        stop_s=stop,
        left_over=left,
    )


def test_compose_adds_the_clone_and_takes_the_slowest_stop() -> None:
    clones = {"cold": 1.0, "warm": 2.0}
    result = compose(clones, start(200), start(9.5, stop=5.1), start(60, left=1))
    assert result.figures["clone_to_first_answer_s"] == {"cold": 201.0, "warm": 62.0}
    assert [(limit.value, limit.met) for limit in result.limits] == [(5.1, False), (1, False)]
    assert "next start 9.5 s" in result.headline


def test_environment_hides_this_runs_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/some/where")
    monkeypatch.setenv("MAKEFLAGS", "-j")
    found = environment(1234)
    assert not {"VIRTUAL_ENV", "MAKEFLAGS"} & set(found)
    assert found["PORT"] == "1234"
