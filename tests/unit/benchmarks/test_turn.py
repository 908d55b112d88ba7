from __future__ import annotations

from benchmarks.load import Round, Timings
from benchmarks.talk import Turn
from benchmarks.turn import compose


def turn(seconds: float) -> Turn:
    return Turn(first=seconds / 2, whole=seconds, replies=2)


def rounds(answered: int, seconds: float, failures: list[str]) -> list[Round]:
    turns = [turn(0.1)] * answered
    return [
        Round(answered=answered, seconds=seconds, turns=turns, failures=failures, unanswered=[])
    ] * 2


def test_compose_sets_our_whole_turns_against_the_peers() -> None:
    latency = [Timings(turns=[turn(0.02)] * 4), Timings(turns=[turn(0.05)] * 4)]
    result = compose({}, latency, [rounds(240, 10, []), rounds(80, 10, [])], {})
    assert result.ratios["p50"] == 0.4
    assert result.ratios["p50_interval_95"] == [0.4, 0.4]
    assert result.ratios["messages_per_second"] == 3.0
    assert [limit.met for limit in result.limits] == [True, True, True]
    assert result.headline == "p50 20.0 ms against 50.0 ms; 24.0 against 8.0 messages/s"


def test_compose_misses_a_bound_for_slowness_and_for_silence() -> None:
    latency = [
        Timings(turns=[turn(0.04), None], failures=["no reply"]),
        Timings(turns=[turn(0.05)] * 2),
    ]
    result = compose({}, latency, [rounds(20, 10, ["HTTP 429"]), rounds(80, 10, [])], {})
    assert [limit.met for limit in result.limits] == [False, False, False]
    assert [limit.value for limit in result.limits] == [0.8, 0.25, 3]
