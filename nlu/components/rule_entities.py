"""Entities by our own rules, as a Rasa 3.6 component, so that ``/model/parse`` tells them alone.

Dates are resolved against this server's day in Suzhou; our own process finds its entities itself
(see ``nlu/entities.py``).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.text.extraction import extract

SUZHOU = timezone(timedelta(hours=8))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RuleEntities(GraphComponent, EntityExtractorMixin):
    """Finds references, sums, dates, periods and places with their normalised values."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # Any: the empty configuration
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RuleEntities:
        """Nothing to set up."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message to those it has."""
        day = datetime.now(SUZHOU).date()
        for message in messages:
            found = [
                {"entity": m.name, "value": m.value, "start": m.start, "end": m.end}
                for m in extract(message.get(TEXT) or "", day)
            ]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
