"""Intents are ranked by shares; what has no features passes by."""

from __future__ import annotations

import pytest

from tests.integration.nlu.components.asked import ASKED, LEARNED, RANKED, UNKNOWN
from tests.integration.nlu.components.conftest import Seen


@pytest.mark.parametrize("text", ASKED, ids=len)
@pytest.mark.parametrize("step", ["first", "second"])
def test_a_ranking_is_shares_from_the_highest_down(seen: Seen, text: str, step: str) -> None:
    state = seen["fresh"][text][step]
    shares = [rank["confidence"] for rank in state["ranking"]]

    assert shares == sorted(shares, reverse=True)
    assert 0 < shares[-1] <= sum(shares) <= 1 + 1e-6
    assert state["intent"] == state["ranking"][0]
    assert state["margin"] == pytest.approx(shares[0] - shares[1])


def test_a_ranking_is_cut(seen: Seen) -> None:
    assert len(seen["fresh"][UNKNOWN]["first"]["ranking"]) == RANKED
    assert len(seen["fresh"][UNKNOWN]["second"]["ranking"]) == 4


def test_what_was_learned_is_read(seen: Seen) -> None:
    assert seen["fresh"][LEARNED]["first"]["intent"]["name"] == "legal_labour"


def test_the_second_reads_again_what_has_a_vector(seen: Seen) -> None:
    states = seen["fresh"][UNKNOWN]

    assert states["vectors"]["ranking"] == states["first"]["ranking"]
    assert states["second"]["ranking"] != states["first"]["ranking"]


def test_what_has_no_vector_passes_the_second_by(seen: Seen) -> None:
    states = seen["fresh"][LEARNED]

    assert states["vectors"]["vectors"] == []
    assert states["second"] == states["vectors"]


def test_a_button_passes_both_by(seen: Seen) -> None:
    assert seen["button"]["second"]["intent"] == {"name": "greet", "confidence": 1.0}
    assert seen["button"]["second"]["ranking"] is None


def test_intent_and_ranking_are_put_out(seen: Seen) -> None:
    assert seen["fresh"][LEARNED]["first"]["put_out"] == ["intent", "intent_ranking", "text"]
