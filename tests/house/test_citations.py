"""Every answer of the knowledge base rests on law in force today."""

from __future__ import annotations

from bot.bootstrap import today
from core.clock import utc_now
from knowledge_base.lint import lint
from nlu.training import intents


def test_no_entry_has_a_fault() -> None:
    report = lint(today(utc_now), intents())

    assert report.faults == ()
    assert report.citations > report.entries > 0
