"""What the components do with a few messages; runs in Rasa's own Python, see ``conftest.py``.

usage: python -m tests.integration.nlu.components.in_rasa FOLDER; writes ``FOLDER/seen.json``.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import scipy.sparse as sp
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.model_training import train_nlu
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from sklearn.svm import LinearSVC

from nlu.components import read_with_margin
from nlu.components.character_features import CharacterFeatures
from nlu.components.linear_classifier import LinearClassifier, characters_of
from nlu.components.machines import fitted
from nlu.components.normaliser import Normaliser
from nlu.components.rule_entities import RuleEntities
from nlu.components.sentence_vectors import SentenceVectors
from nlu.components.urgent_neighbours import UrgentNeighbours
from tests.integration.nlu.components.asked import (
    ASKED,
    LEARNED,
    MARGIN,
    RANKED,
    TOLD,
    WATCHED,
)

EXAMPLES = Path(__file__).with_name("examples.yml")
PIPELINE = {
    "normaliser": (Normaliser, {}),
    "characters": (CharacterFeatures, {"min_df": 1}),
    "first": (LinearClassifier, {"ranking_length": RANKED}),
    "vectors": (SentenceVectors, {"margin": MARGIN}),
    "second": (LinearClassifier, {"vectors": True}),
    "neighbours": (UrgentNeighbours, {"watched": WATCHED, "nearest": 5}),
}


def main(folder: Path) -> None:
    """Train the components one by one, read with them, then with a model that Rasa trained."""
    (folder / "storage").mkdir()
    storage = LocalModelStorage(folder / "storage")
    data = load_data(str(EXAMPLES))
    fresh, loaded = {}, {}
    for name, (kind, changed) in PIPELINE.items():
        defaults = kind.get_default_config() if hasattr(kind, "get_default_config") else {}
        made = ({**defaults, **changed}, storage, Resource(name), None)
        fresh[name] = kind.create(*made)
        if hasattr(kind, "train"):
            fresh[name].train(data)
        if hasattr(kind, "process_training_data"):
            fresh[name].process_training_data(data)
        loaded[name] = kind.load(*made) if hasattr(kind, "train") else fresh[name]
    seen = {
        "examples": [_state(message) for message in data.training_examples],
        "fresh": {text: _read(fresh, {TEXT: text}) for text in ASKED},
        "loaded": {text: _read(loaded, {TEXT: text}) for text in ASKED},
        "button": _read(fresh, {INTENT: {"name": "greet", "confidence": 1.0}}),
        "with_margin": _with_margin(folder),
        "machines": _machines(data.intent_examples),
        "of_two": _machines(_of_two(data.intent_examples)),
        "entities": [_entities(text) for text in TOLD],
        "watching": {name: _watching(fresh, name) for name in ("legal_labour", "legal_rental")},
    }
    (folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")


def _read(components: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The state of a message after each component."""
    message = Message(data=data)
    states = {}
    for name, component in components.items():
        component.process([message])
        states[name] = _state(message)
    return states


def _machines(examples: list[Message]) -> dict[str, Any]:
    """Machines that the cores shared out, and the same fitted by one."""
    rows = sp.vstack([characters_of(message) for message in examples]).tocsr()
    names = np.array([message.get(INTENT) for message in examples])
    shared, alone = fitted(rows, names, 0.5), LinearSVC(C=0.5, random_state=7).fit(rows, names)
    return {
        "intents": [shared.intents, alone.classes_.tolist()],
        "planes": [shared.planes.tolist(), alone.coef_.tolist()],
        "bias": [shared.bias.tolist(), alone.intercept_.tolist()],
    }


def _of_two(examples: list[Message]) -> list[Message]:
    names = sorted({message.get(INTENT) for message in examples})[:2]
    return [message for message in examples if message.get(INTENT) in names]


def _entities(text: str) -> list[dict[str, Any]]:
    """What the rules find, as Rasa puts it out."""
    component = RuleEntities.create({}, None, None, None)
    (message,) = component.process([Message.build(text)])
    found: list[dict[str, Any]] = message.as_dict(only_output_properties=True)["entities"]
    return found


def _watching(components: dict[str, Any], name: str) -> int:
    """How many vectors a sure message gets where only an intent's share may earn it one."""
    changed = {"margin": 0.0, "watched": [name], "watched_from": 0.5}
    made = ({**SentenceVectors.get_default_config(), **changed}, None, Resource("vectors"), None)
    chain = {**components, "vectors": SentenceVectors.create(*made)}
    return len(_read(chain, {TEXT: LEARNED})["vectors"]["vectors"])


def _state(message: Message) -> dict[str, Any]:
    characters = message.get_sparse_features(TEXT, [])[1]
    return {
        **{key: message.get(key) for key in ("text", "intent", "spelling", "margin", "vector")},
        "ranking": message.get("intent_ranking"),
        "suspected": message.get("suspected"),
        "characters": None if characters is None else _by_column(characters.features),
        "vectors": [np.ravel(f.features).tolist() for f in message.features if f.is_dense()],
        "put_out": sorted(message.as_dict(only_output_properties=True)),
    }


def _by_column(row: Any) -> dict[str, float]:
    return {str(i): float(v) for i, v in zip(row.indices, row.data, strict=True)}


def _with_margin(folder: Path) -> dict[str, Any]:
    """What ``read_with_margin`` prints of a model from the project's own pipeline."""
    model = train_nlu("config.yml", str(EXAMPLES), str(folder), fixed_model_name="tiny")
    printed = {}
    for margin in ("0", "2"):
        asked, out = io.StringIO(json.dumps(ASKED)), io.StringIO()
        with mock.patch("sys.stdin", asked), contextlib.redirect_stdout(out):
            read_with_margin.main(model, margin)
        printed[margin] = json.loads(out.getvalue().splitlines()[-1])
    return printed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
