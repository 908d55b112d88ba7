"""A model reads the same texts with no vector, and with one for each."""

from __future__ import annotations

import pytest

from tests.integration.nlu.components.asked import ASKED, LEARNED
from tests.integration.nlu.components.conftest import Seen


@pytest.mark.parametrize(("margin", "with_vector"), [("0", 0), ("2", len(ASKED))])
def test_the_margin_decides_who_gets_a_vector(seen: Seen, margin: str, with_vector: int) -> None:
    assert sum("vector" in answer for answer in seen["with_margin"][margin]) == with_vector


@pytest.mark.parametrize("margin", ["0", "2"])
def test_answers_are_those_of_the_server_in_order(seen: Seen, margin: str) -> None:
    answers = seen["with_margin"][margin]

    assert [answer["text"] for answer in answers] == ASKED
    assert answers[0]["intent"]["name"] == "legal_labour"
    assert [e["entity"] for e in answers[ASKED.index(LEARNED)]["entities"]] == ["period"]
    assert {len(answer["intent_ranking"]) for answer in answers} == {4}
