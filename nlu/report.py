"""An evaluation as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.clock import SUZHOU
from nlu.evaluation import Report
from nlu.intents import meanings

TEMPLATES = Path(__file__).parent / "templates"
WORST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many lines of a row's intent were read as the column's; ``share`` of the row, 0 to 1."""

    n: int
    share: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Expected intents against what they were read as; only those that were misread have a row.

    The column None stands for nothing read.
    """

    columns: tuple[str | None, ...]
    rows: Mapping[str, tuple[Cell, ...]]


def render(report: Report, *, source: str, at: datetime) -> str:
    """The page; ``source`` names what was evaluated, ``at`` when (shown in Suzhou's time)."""
    return _template().render(
        report=report,
        source=source,
        at=at.astimezone(SUZHOU),
        worst=report.worst(WORST_SHOWN),
        heat=draw(report),
        meanings=meanings(),
    )


def draw(report: Report) -> HeatMap:
    """The heat map of an evaluation."""
    counts = {(c.intent, c.got): c.n for c in report.confusions}
    misread = sorted({intent for intent, _ in counts})
    strayed_to = sorted({got for _, got in counts if got is not None} - set(misread))
    unread = (None,) if any(got is None for _, got in counts) else ()
    columns = (*misread, *strayed_to, *unread)
    rows = {}
    for intent in misread:
        score = report.per_intent[intent]
        counts[intent, intent] = round(score.recall * score.n)
        rows[intent] = tuple(
            Cell(n=n, share=n / score.n, right=column == intent)
            for column in columns
            for n in (counts.get((intent, column), 0),)
        )
    return HeatMap(columns=columns, rows=rows)


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    # Citizens' words are shown: they are text, whatever stands in them.
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
