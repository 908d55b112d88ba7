"""Train a model and let it read some texts: one process, because importing Rasa takes longest.

Runs inside Rasa's own environment (Python 3.10), from the project's folder.
usage: python -m nlu.components.trainer CONFIG DATA OUT NAME SECONDS

``DATA`` is a folder of training files; the model becomes ``OUT/NAME.tar.gz``. The texts are the
JSON list of strings in ``OUT/texts.json``; what Rasa's server would answer to each is written
into ``OUT/answers.json``, in the same order. After ``SECONDS`` it says where it stands and ends
with code 1.
"""

from __future__ import annotations

import asyncio
import faulthandler
import json
import sys
from functools import cached_property
from pathlib import Path

from rasa.core.agent import Agent
from rasa.model_training import TrainingType, _train_graph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog


class FilesOnce(RasaFileImporter):
    """The training files, read once: Rasa's own importers read and copy them for each who asks."""

    @cached_property
    def _examples(self) -> TrainingData:
        return super().get_nlu_data()

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """All examples."""
        return self._examples


def main(config: str, data: str, out: str, name: str, seconds: str) -> None:
    """Train, load what was trained, and write down how it reads the texts."""
    faulthandler.dump_traceback_later(float(seconds), exit=True)
    configure_logging_and_warnings()
    # Else every text is written to the log as it is read.
    configure_structlog()
    # What train_nlu() calls too; but it first spends a fifth of the time on finding out what might
    # be taken from Rasa's cache, which is off. 3.6.21 is the last Rasa: the name stays.
    trained = _train_graph(
        FilesOnce(config, training_data_paths=[data]),
        training_type=TrainingType.NLU,
        output_path=out,
        fixed_model_name=name,
        force_full_training=True,
    )
    if trained.model is None:
        raise SystemExit("nothing was trained")
    texts = json.loads(Path(out, "texts.json").read_text(encoding="utf-8"))
    answers = asyncio.run(_read(Agent.load(trained.model), texts))
    Path(out, "answers.json").write_text(json.dumps(answers), encoding="utf-8")


async def _read(agent: Agent, texts: list[str]) -> list[dict[str, object]]:
    return [await agent.parse_message(text) for text in texts]


if __name__ == "__main__":
    main(*sys.argv[1:])
