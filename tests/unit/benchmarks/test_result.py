from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.result import Limit, Result, cpu_model, machine_facts, write


@pytest.mark.parametrize(
    ("value", "bound", "at_least", "met"),
    [
        (0.6, 0.6, False, True),
        (0.61, 0.6, False, False),
        (3, 3, True, True),
        (2.9, 3, True, False),
    ],
)
def test_limit(value: float, bound: float, *, at_least: bool, met: bool) -> None:
    limit = Limit(name="x", value=value, bound=bound, at_least=at_least)
    assert limit.met is met
    assert ("kept" in limit.line()) is met


def test_write_stores_the_whole_result(tmp_path: Path) -> None:
    result = Result(
        configuration={"seed": 1},
        figures={"p50_ms": 2},
        peer={"p50_ms": 4},
        ratios={"p50": 0.5},
        limits=[Limit(name="p50", value=0.5, bound=0.6)],
        headline="half",
    )
    path = write("demo", result, machine={"cores": 2}, folder=tmp_path / "results")
    stored = json.loads(path.read_text("utf-8"))
    assert stored["command"] == "python -m benchmarks demo"
    assert stored["limits"] == [{"name": "p50", "value": 0.5, "at_most": 0.6, "met": True}]
    assert (stored["figures"], stored["peer"]) == ({"p50_ms": 2}, {"p50_ms": 4})
    assert [file.name for file in path.parent.iterdir()] == ["demo.json"]


def test_cpu_model_is_read_from_the_first_processor() -> None:
    text = "processor\t: 0\nmodel name\t: Some CPU @ 2.50GHz\nmodel name\t: Other\n"
    assert cpu_model(text) == "Some CPU @ 2.50GHz"


def test_machine_facts_name_no_machine() -> None:
    assert set(machine_facts()) == {
        *("cores", "cpu", "memory_gib", "system", "python", "load_before")
    }
