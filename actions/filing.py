"""A petition taken down in chat, whatever its story was read as."""

from __future__ import annotations

from actions import intake, legal
from actions.base import choice
from actions.forms.conduct import Desk
from actions.forms.listed import forms
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "petition_submit"
file = intake.file


async def submit(turn: Turn, tools: Tools) -> Outcome:
    """Take a petition down, one thing at a time; by button, tell how else to hand one in."""
    if choice(turn) is not None:
        return await legal.ask(turn, tools)
    return await Desk(turn=turn, tools=tools, finishes={FORM: file}).begin(FORM)


def is_wanted(turn: Turn, _tools: Tools) -> bool:
    """Whether a message says that it is a petition, whatever its story was read as."""
    return forms()[FORM].opens(turn.parse.text, turn.parse.intent)
