"""A filled-in form told as its lines, as of the day the dialogues are held."""

from __future__ import annotations

from datetime import date

from actions.sums.lines import Filled, Sum, texts

TODAY = date(2026, 11, 23)


def said(told: Sum, **slots: str) -> str:
    """All lines under each other."""
    return "\n".join(texts(told(Filled(slots=slots, today=TODAY))))


def cited(told: Sum, **slots: str) -> set[str]:
    """The articles that the lines rest on."""
    lines = told(Filled(slots=slots, today=TODAY))
    return {c.label for line in lines for c in line.citations}
