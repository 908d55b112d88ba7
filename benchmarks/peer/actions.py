"""The peer's one custom action; runs in Rasa's environment and is imported by nothing of ours."""

# mypy: disable-error-code="import-not-found, misc"

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionAnswer(Action):
    """Answers with the name of the intent: the least an action can do, in the peer's favour."""

    def name(self) -> str:
        return "action_answer"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # Any: Rasa's own shape
    ) -> list[dict[str, Any]]:
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text=f"answer to {intent}")
        return []
