"""A component that is trained: how it is made, kept in the model archive and loaded again."""

from __future__ import annotations

import pickle
import zlib
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

MODEL_FILE = "trained.pkl.z"


class Stored(GraphComponent):
    """What was learned is one value, ``self._trained``; None before.

    Made as ``cls(config, name)``.
    """

    _storage: ModelStorage
    _resource: Resource
    _trained: Any = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Stored:
        """Untrained."""
        component = cls(config, resource.name)
        component._storage, component._resource = model_storage, resource
        return component

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Stored:
        """As it was trained; the file is our own, from our own model archive."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            packed = (folder / MODEL_FILE).read_bytes()
        trained = pickle.loads(zlib.decompress(packed))  # noqa: S301
        component._trained = trained  # noqa: SLF001
        return component

    def _store(self, trained: Any) -> Resource:
        """Use what was learned from now on, and keep it."""
        self._trained = trained
        with self._storage.write_to(self._resource) as folder:
            # Quickly, and so small that Rasa, which packs at length, is soon done with it.
            (folder / MODEL_FILE).write_bytes(zlib.compress(pickle.dumps(trained), 1))
        return self._resource
