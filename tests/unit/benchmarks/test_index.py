from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.index import BEGIN, END, replaced, update, verdict


def test_update_rewrites_only_the_table(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# Title\n{BEGIN}\nold\n{END}\nrest\n", encoding="utf-8")
    stored = {
        "benchmark": "turn",
        "headline": "p50 20 ms",
        "when": "2026-11-22T10:00:00+00:00",
        "limits": [{"name": "p50", "met": True}],
    }
    (tmp_path / "turn.json").write_text(json.dumps(stored), encoding="utf-8")
    update(readme, tmp_path)
    text = readme.read_text("utf-8")
    assert "| [turn](results/turn.json) | p50 20 ms | kept | 2026-11-22 |" in text
    assert text.startswith("# Title\n")
    assert text.endswith(f"{END}\nrest\n")
    assert "old" not in text


def test_verdict_names_what_was_missed() -> None:
    limits = [{"name": "p50", "met": False}, {"name": "speed", "met": True}]
    assert verdict({"limits": limits}) == "missed: p50"
    assert verdict({"limits": []}) == "–"


def test_replaced_needs_its_markers() -> None:
    with pytest.raises(ValueError, match="unpack"):
        replaced("no markers", "table")
