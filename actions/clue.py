"""A clue, or a complaint about an official: what to do, and the letter box that knows no names."""

from __future__ import annotations

from dataclasses import replace

from actions import legal
from actions.phrases import words
from core.messages import Attachment
from core.ports import Tools
from core.turns import Outcome, Turn

PAGE = "/clue"
INTENTS = ("report_clue", "report_official")


async def report(turn: Turn, tools: Tools) -> Outcome:
    """Answer as any question, and lead out of the chat: it remembers who said what, the box does not."""
    told = await legal.ask(turn, tools)
    *others, last = told.replies
    page = Attachment(kind="page", url=PAGE, caption=words("clue_page"))
    last = replace(
        last,
        text="\n".join([last.text, words(f"clue_why_{turn.parse.intent}")]),
        attachments=(*last.attachments, page),
    )
    return replace(told, replies=(*others, last))
