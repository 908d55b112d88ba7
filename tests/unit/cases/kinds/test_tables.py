"""A table that does not hold together is refused before a case meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from cases.kinds import tables
from cases.kinds.machine import Machine
from cases.kinds.tables import FaultyTable, read_table

Table = dict[str, Any]  # Any: YAML

ORDER: Table = {
    "kind": "XF",
    "name": "件",
    "desk": "台",
    "received": "收到。",
    "sub_kinds": {"one": "一"},
    "states": {"new": "新", "done": "完"},
    "ends": ["done"],
    "commands": {"open": "收到", "finish": "办完"},
    "opening": {"command": "open", "by": ["citizen"], "to": "new", "starts": ["wait"]},
    "moves": [{"states": "open", "command": "finish", "by": ["officer"], "to": "done"}],
    "clocks": {
        "wait": {
            "what": "办",
            "days": 3,
            "binds": "authority",
            "basis": "policy",
            "computed": "从 {start}起第 {days} 日",
        }
    },
}


def read(monkeypatch: pytest.MonkeyPatch, folder: Path, table: Table) -> Machine:
    (folder / "case.yml").write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", folder)
    return read_table.__wrapped__("case")


def test_a_sound_table_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine = read(monkeypatch, tmp_path, ORDER)

    assert machine.moves["new", "finish"].to == "done"
    assert machine.clocks["wait"].name == "wait"
    assert machine.open_states == {"new"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"ends": ["gone"]}, "no such state: gone"),
        ({"states": {"new": "新", "done": "完", "lost": "失"}}, "never reached: lost"),
        ({"commands": {"open": "收到"}}, "no such command: finish"),
        ({"commands": {**ORDER["commands"], "more": "多"}}, "command never used: more"),
        ({"clocks": {}}, "no such period: wait"),
        ({"clocks": {**ORDER["clocks"], "idle": ORDER["clocks"]["wait"]}}, "never used: idle"),
        ({"clocks": {"wait": {**ORDER["clocks"]["wait"], "basis": "law"}}}, "must cite"),
        ({"clocks": {"wait": {**ORDER["clocks"]["wait"], "law": "某法"}}}, "must cite") ,
        ({"reasons": {"why": {}}}, "reasons never used: why"),
        ({"ends": []}, "no end is reached from"),
        ({"moves": ORDER["moves"] * 2}, "is there twice"),
    ],
)  # fmt: skip
def test_a_fault_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Table, fault: str
) -> None:
    if fault == "must cite" and "law" in change["clocks"]["wait"]:
        change["clocks"]["wait"]["basis"] = "law"
    with pytest.raises(FaultyTable, match=fault):
        read(monkeypatch, tmp_path, {**ORDER, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"moves": [{**ORDER["moves"][0], "stars": ["wait"]}]},
        {"clocks": {"wait": {**ORDER["clocks"]["wait"], "dayz": 3}}},
        {"colour": "red"},
        {"moves": [{**ORDER["moves"][0], "by": ["nobody"]}]},
    ],
)
def test_a_slip_of_the_pen_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: Table
) -> None:
    with pytest.raises(ValidationError):
        read(monkeypatch, tmp_path, {**ORDER, **change})
