from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.our_server import environment


def test_environment_is_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere")
    found = environment(port=1234, data=Path("/somewhere"))
    assert found["DATABASE_URL"] == ""
    assert (found["PORT"], found["DATA_DIR"], found["DEMO"]) == ("1234", "/somewhere", "0")
