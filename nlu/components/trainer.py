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
from pathlib import Path

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog


def main(config: str, data: str, out: str, name: str, seconds: str) -> None:
    """Train, load what was trained, and write down how it reads the texts."""
    faulthandler.dump_traceback_later(float(seconds), exit=True)
    configure_logging_and_warnings()
    # Else every text is written to the log as it is read.
    configure_structlog()
    model = train_nlu(config=config, nlu_data=data, output=out, fixed_model_name=name)
    if model is None:
        raise SystemExit("nothing was trained")
    texts = json.loads(Path(out, "texts.json").read_text(encoding="utf-8"))
    answers = asyncio.run(_read(Agent.load(model), texts))
    Path(out, "answers.json").write_text(json.dumps(answers), encoding="utf-8")


async def _read(agent: Agent, texts: list[str]) -> list[dict[str, object]]:
    return [await agent.parse_message(text) for text in texts]


if __name__ == "__main__":
    main(*sys.argv[1:])
