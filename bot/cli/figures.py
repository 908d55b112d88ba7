"""An evaluation of routing as tables for a terminal, aligned although Chinese is two cells wide."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from bot.cli.speech import words
from nlu.evaluation import Report
from nlu.intents import meanings

WORST_SHOWN = 8
CONFUSIONS_SHOWN = 12


def tables(report: Report) -> Iterator[Table]:
    """The worst intents and the most frequent confusions; nothing where all was read right."""
    if worst := report.worst(WORST_SHOWN):
        table = _table("worst_intents", "worst_intent", "worst_means")
        for key in ("worst_f1", "worst_recall", "worst_precision", "worst_n"):
            table.add_column(words(key), justify="right", no_wrap=True)
        for intent, score in worst:
            shares = (f"{share:.2f}" for share in (score.f1, score.recall, score.precision))
            table.add_row(intent, meanings().get(intent, ""), *shares, str(score.n))
        yield table
    if report.confusions:
        table = _table("confusions", "confusion_intent", "confusion_got")
        table.add_column(words("confusion_n"), justify="right")
        for confusion in report.confusions[:CONFUSIONS_SHOWN]:
            got = confusion.got or words("confusion_unread")
            table.add_row(confusion.intent, got, str(confusion.n))
        yield table


def _table(title: str, first: str, second: str) -> Table:
    table = Table(title=words(title), title_justify="left", box=None, pad_edge=False)
    table.add_column(words(first), no_wrap=True)
    table.add_column(words(second), overflow="fold")
    return table
