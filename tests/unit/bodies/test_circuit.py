"""A circuit opens when a body keeps failing and closes at the first success."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bodies.circuit import FIRST_REST, LONGEST_REST, THRESHOLD, Circuit

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def failed(times: int) -> Circuit:
    circuit = Circuit()
    for _ in range(times):
        circuit.failed(NOW)
    return circuit


def test_it_opens_at_the_threshold_and_lets_one_through_after_a_rest() -> None:
    assert failed(THRESHOLD - 1).allows(NOW)
    opened = failed(THRESHOLD)
    assert (opened.allows(NOW), opened.is_trying) == (False, True)
    assert not opened.allows(NOW + FIRST_REST - timedelta(seconds=1))
    assert opened.allows(NOW + FIRST_REST)


def test_a_success_forgets_everything() -> None:
    circuit = failed(9)
    circuit.succeeded()

    assert (circuit.allows(NOW), circuit.is_trying, circuit.failures) == (True, False, 0)


@given(times=st.integers(THRESHOLD, 10_000))
def test_a_rest_never_grows_beyond_the_longest(times: int) -> None:
    circuit = failed(times)

    assert circuit.open_until is not None
    assert FIRST_REST <= circuit.open_until - NOW <= LONGEST_REST
