"""Commands run on an installation of the test's own, with no Rasa at the address given."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.conftest import KEPT

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    (KEPT / "cache").mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").symlink_to(KEPT / "cache")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NLU_URLS", NOWHERE)
    return tmp_path
