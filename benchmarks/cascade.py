"""The same model with its cascade set otherwise: what vectors add, and what sparing them costs."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from nlu.server.environment import rasa_environment, rasa_python
from nlu.training import ROOT

READER = "nlu.components.read_with_margin"


class NotRead(Exception):
    """The model could not be read with; its last words are on standard error."""


async def read_with_margin(
    model: Path, texts: list[str], margin: float
) -> list[dict[str, Any]]:  # Any: Rasa's JSON
    """What the model answers to texts when messages below ``margin`` get a vector."""
    process = await asyncio.create_subprocess_exec(
        *(rasa_python(), "-m", READER, str(model), str(margin)),
        cwd=ROOT,
        env=rasa_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=sys.stderr,
    )
    output, _ = await process.communicate(json.dumps(texts).encode())
    if process.returncode != 0:
        raise NotRead
    answers: list[dict[str, Any]] = json.loads(output.splitlines()[-1])  # Any: Rasa's JSON
    return answers
