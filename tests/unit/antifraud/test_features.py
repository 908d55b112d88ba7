"""What the classifier is told."""

from __future__ import annotations

import pytest

from antifraud.evidence import Collector, Evidence
from antifraud.features import RULES, RULES_MOST, SIGN, named, pieces
from antifraud.normal import normalise


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Collector.load().collect(normalise("民警让我把钱转到安全账户，不要告诉家人"))


def test_signs_concepts_steps_and_votes_have_names(evidence: Evidence) -> None:
    values = named(evidence)

    assert values["#sign safe_account"] == SIGN
    assert {"@one keep_quiet", "@two account+officer", "%share gov", "=vote gov"} <= set(values)
    assert values["#bias"] == 1.0


def test_the_rules_count_within_bounds(evidence: Evidence) -> None:
    assert abs(named(evidence)["#rules"]) <= RULES * RULES_MOST


def test_no_name_can_be_a_piece(evidence: Evidence) -> None:
    assert "安全" in pieces(evidence)
    assert pieces(evidence).isdisjoint(named(evidence))
