"""Rasa's Python is started once for all tests of the components: importing Rasa takes longest."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from nlu.server.environment import rasa_environment, rasa_python
from nlu.training import ROOT

Seen = dict[str, Any]


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What ``in_rasa.py`` saw."""
    folder = tmp_path_factory.mktemp("seen")
    ran = subprocess.run(
        [rasa_python(), "-m", f"{__package__}.in_rasa", str(folder)],
        cwd=ROOT,
        env=rasa_environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stderr
    found: Seen = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    return found
