"""The component in Rasa's own Python gives the entities that our process finds."""

from __future__ import annotations

from core.clock import utc_now
from nlu.entities import entities_today
from tests.integration.nlu.components.asked import TOLD
from tests.integration.nlu.components.conftest import Seen


def test_it_finds_what_we_find(seen: Seen) -> None:
    assert seen["entities"] == [
        [
            {
                "entity": e.name,
                "value": e.value,
                "start": e.start,
                "end": e.end,
                "extractor": "RuleEntities",
            }
            for e in entities_today(text, utc_now)
        ]
        for text in TOLD
    ]
