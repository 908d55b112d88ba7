"""The table of last results in ``benchmarks/README.md``, written from the result files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.result import RESULTS

README = Path(__file__).parent / "README.md"
BEGIN = "<!-- results: written by python -m benchmarks -->"
END = "<!-- end of results -->"


def update(readme: Path = README, results: Path = RESULTS) -> None:
    """Write the table of all stored results between the markers of ``readme``."""
    stored = [json.loads(path.read_text("utf-8")) for path in sorted(results.glob("*.json"))]
    readme.write_text(replaced(readme.read_text("utf-8"), table(stored)), encoding="utf-8")


def table(stored: Iterable[Mapping[str, object]]) -> str:
    """A Markdown table, one result a row."""
    rows = [
        f"| [{one['benchmark']}](results/{one['benchmark']}.json) | {one['headline']} "
        f"| {verdict(one)} | {str(one['when'])[:10]} |"
        for one in stored
    ]
    return "\n".join(["| benchmark | last result | bounds | day |", "|---|---|---|---|", *rows])


def verdict(one: Mapping[str, object]) -> str:
    """Whether all bounds were kept, else the names of those that were not."""
    limits = one.get("limits")
    if not isinstance(limits, list) or not limits:
        return "–"
    missed = [limit["name"] for limit in limits if not limit["met"]]
    return f"missed: {', '.join(missed)}" if missed else "kept"


def replaced(text: str, table: str) -> str:
    """``text`` with what stands between the markers replaced; raises ``ValueError`` without them."""
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    return f"{head}{BEGIN}\n{table}\n{END}{tail}"
