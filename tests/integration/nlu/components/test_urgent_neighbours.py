"""Nearest examples say what a message may be about; its intent stays as it was read."""

from __future__ import annotations

import pytest

from tests.integration.nlu.components.asked import ASKED, LEARNED, SCAM, UNKNOWN, WATCHED
from tests.integration.nlu.components.conftest import Seen

SURE = 0.6


def test_what_lies_among_watched_examples_is_suspected(seen: Seen) -> None:
    suspected = seen["fresh"][SCAM]["neighbours"]["suspected"]

    assert suspected["name"] == "fraud_check"
    assert suspected["confidence"] > SURE
    assert seen["fresh"][UNKNOWN]["neighbours"]["suspected"]["confidence"] < SURE


@pytest.mark.parametrize("text", ASKED, ids=len)
def test_a_suspicion_has_a_watched_name_and_a_share(seen: Seen, text: str) -> None:
    suspected = seen["fresh"][text]["neighbours"]["suspected"]

    if seen["fresh"][text]["second"]["vectors"] == []:
        assert suspected is None
    else:
        assert suspected["name"] in WATCHED
        assert 0 <= suspected["confidence"] <= 1
        assert set(suspected["each"]) == set(WATCHED)
        assert all(0 <= likely <= 1 for likely in suspected["each"].values())


@pytest.mark.parametrize("text", ASKED, ids=len)
def test_the_intent_is_not_touched(seen: Seen, text: str) -> None:
    states = seen["fresh"][text]

    assert states["neighbours"]["ranking"] == states["second"]["ranking"]
    assert states["neighbours"]["intent"] == states["second"]["intent"]


def test_a_suspicion_is_put_out(seen: Seen) -> None:
    assert "suspected" in seen["fresh"][SCAM]["neighbours"]["put_out"]
    assert "suspected" not in seen["fresh"][LEARNED]["neighbours"]["put_out"]


def test_a_button_is_never_suspect(seen: Seen) -> None:
    assert seen["button"]["neighbours"]["suspected"] is None


def test_what_was_loaded_says_the_same(seen: Seen) -> None:
    fresh, loaded = (seen[kind][SCAM]["neighbours"]["suspected"] for kind in ("fresh", "loaded"))

    assert loaded["name"] == fresh["name"]
    assert loaded["confidence"] == pytest.approx(fresh["confidence"], abs=1e-6)
