"""Every message has one row of weighted runs of characters, of length 1."""

from __future__ import annotations

import math

import pytest

from tests.integration.nlu.components.asked import ASKED, DISGUISED, LEARNED, UNKNOWN
from tests.integration.nlu.components.conftest import Seen


def row(seen: Seen, text: str, which: str = "fresh") -> dict[str, float]:
    found: dict[str, float] = seen[which][text]["characters"]["characters"]
    return found


def test_a_row_has_a_number_for_every_run_that_is_known(seen: Seen) -> None:
    """Twelve characters, all different: twelve single ones, eleven pairs, ten runs of three."""
    assert len(row(seen, LEARNED)) == 12 + 11 + 10
    assert row(seen, UNKNOWN) == {}


def test_a_row_has_length_one(seen: Seen) -> None:
    assert math.hypot(*row(seen, LEARNED).values()) == pytest.approx(1)


def test_other_spellings_have_the_same_row(seen: Seen) -> None:
    assert row(seen, DISGUISED) == row(seen, LEARNED)


def test_rare_runs_weigh_more(seen: Seen) -> None:
    """By their inverse share of the examples; here every run stands once in its text."""
    texts = [example["spelling"] for example in seen["examples"]]
    weights = sorted(row(seen, LEARNED).values())
    commonest = max(sum(character in text for text in texts) for character in LEARNED)

    def rarity(examples: int) -> float:
        return math.log((1 + len(texts)) / (1 + examples)) + 1

    assert weights[0] / weights[-1] == pytest.approx(rarity(commonest) / rarity(1), rel=1e-4)


def test_rows_are_the_same_after_loading(seen: Seen) -> None:
    assert [row(seen, text, "loaded") for text in ASKED] == [row(seen, text) for text in ASKED]


def test_every_example_has_its_row(seen: Seen) -> None:
    assert all(example["characters"] for example in seen["examples"])
