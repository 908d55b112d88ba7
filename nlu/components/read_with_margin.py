"""Read texts with a trained model whose cascade is set otherwise, to measure what it is worth.

Runs inside Rasa's own environment (Python 3.10), from the project's folder.
usage: python -m nlu.components.read_with_margin MODEL MARGIN, a JSON list of texts on standard
input; the last line printed is the JSON list of what Rasa's server would answer.
"""

from __future__ import annotations

import asyncio
import json
import sys

from rasa.core.agent import Agent
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog

from nlu.components.sentence_vectors import SentenceVectors


def main(model: str, margin: str) -> None:
    """Load, set, read, print."""
    configure_logging_and_warnings()
    # Else every text is written to the log as it is read.
    configure_structlog()
    agent = Agent.load(model)
    for node in agent.processor.graph_runner._instantiated_nodes.values():  # noqa: SLF001
        if isinstance(node._component, SentenceVectors):  # noqa: SLF001
            node._component.set_margin(float(margin))  # noqa: SLF001
    texts = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps(asyncio.run(_read(agent, texts))) + "\n")


async def _read(agent: Agent, texts: list[str]) -> list[dict[str, object]]:
    return [await agent.parse_message(text) for text in texts]


if __name__ == "__main__":
    main(*sys.argv[1:])
