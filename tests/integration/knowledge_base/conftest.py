"""The packaged statutes and what is built from them, once for all tests of the room."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.statute_search import StatuteSearch, open_statute_search
from knowledge_base.statutes import Statutes, open_statutes

DAY = date(2026, 11, 22)
SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture(scope="session")
def statutes() -> Statutes:
    return open_statutes(DAY)


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("knowledge")


@pytest.fixture(scope="session")
def statute_search(statutes: Statutes, cache_dir: Path) -> StatuteSearch:
    return open_statute_search(statutes, cache_dir)


@pytest.fixture(scope="session")
def regulations_folder() -> Path:
    folder = SHARED / "data" / "regulations"
    if not folder.is_dir():
        pytest.skip("no regulation texts: ../shared/data/regulations is absent")
    return folder


@pytest.fixture(scope="session")
def dev_lines() -> list[str]:
    file = SHARED / "data" / "statute_queries_dev.jsonl"
    if not file.is_file():
        pytest.skip("no development questions: ../shared/data/statute_queries_dev.jsonl is absent")
    return file.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def intents() -> frozenset[str]:
    file = SHARED / "design" / "intents.md"
    if not file.is_file():
        pytest.skip("no list of intents: ../shared/design/intents.md is absent")
    rows = re.findall(r"^\| ([a-z_· ]+) \|", file.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(name for row in rows for name in row.split(" · "))
