"""Where Rasa lives: its own Python 3.10 environment beside its lock, never imported by us."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import Unavailable

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv"


class RasaNotInstalled(Unavailable):
    """Rasa's environment is missing; `make setup` installs it."""


def rasa_python() -> str:
    """The Python that Rasa runs in; raises ``RasaNotInstalled``."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        raise RasaNotInstalled
    return str(python)


def rasa_command() -> list[str]:
    """The command that runs Rasa; raises ``RasaNotInstalled``."""
    return [rasa_python(), "-m", "rasa"]


def rasa_environment() -> dict[str, str]:
    """This process's variables with telemetry and cache off, TensorFlow quiet, one thread a library."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("VIRTUAL_ENV")},
        "RASA_TELEMETRY_ENABLED": "false",
        # Its cache does not look into the code of components: it would keep what has changed.
        "RASA_MAX_CACHE_SIZE": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1",
        # Threads that wait for work sleep: spinning takes the core from whoever has some.
        "OMP_WAIT_POLICY": "PASSIVE",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(HERE.parent.parent),
    }
