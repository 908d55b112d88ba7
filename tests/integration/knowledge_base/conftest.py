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

TWO_ENTRIES = """
- id: rental-deposit
  intent: legal_rental
  title: 押金不退
  question: 房东不退押金怎么办？
  variants: [退租了押金要不回来, 中介扣着押金不给]
  answer: 押金应当退还。
  next_step: 先打 12345
  hotlines: ["12345"]
  detail: 看租赁合同怎么写。
  citations: [{law: 民法典, article: 第七百二十二条, key: 承租人}]
  source: facts
  checked_on: 2026-11-22
  status: published
- id: labour-wages
  intent: legal_labour
  title: 被拖欠工资
  question: 老板拖欠工资怎么办？
  variants: [干了三个月没给钱, 工资一直不发]
  answer: 先去劳动监察投诉。
  next_step: 先打 12333
  hotlines: ["12333"]
  detail: 带上考勤记录。
  citations: [{law: 劳动合同法, article: 第三十条, key: 支付令}]
  source: facts
  checked_on: 2026-11-22
  status: published
"""


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
