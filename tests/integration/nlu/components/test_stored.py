"""What was trained is what is loaded."""

from __future__ import annotations

import pytest

from tests.integration.nlu.components.asked import ASKED
from tests.integration.nlu.components.conftest import Seen


@pytest.mark.parametrize("text", ASKED, ids=len)
@pytest.mark.parametrize("step", ["characters", "first", "second"])
def test_a_loaded_component_does_what_the_trained_one_did(
    seen: Seen, text: str, step: str
) -> None:
    assert seen["loaded"][text][step] == seen["fresh"][text][step]


def test_they_were_not_trained_on_the_same_thing(seen: Seen) -> None:
    """Else one file could stand for another."""
    states = seen["loaded"][ASKED[2]]

    assert states["first"]["ranking"] != states["second"]["ranking"]
