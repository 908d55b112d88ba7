"""Reporting fraud: where to, and what is taken down here."""

from __future__ import annotations

from dataclasses import replace

from actions import fraud_attempts, fraud_losses, legal
from actions.base import choice
from actions.forms.conduct import Desk, Finish
from actions.forms.draft import Draft
from actions.forms.listed import forms, forms_of
from actions.phrases import words
from core.messages import QuickReply
from core.ports import Tools
from core.turns import Outcome, Turn

INTENT = "fraud_report"
ENDS: dict[str, Finish] = {
    fraud_losses.FORM: fraud_losses.file,
    fraud_attempts.FORM: fraud_attempts.note,
    fraud_attempts.APPEAL: fraud_attempts.hear_appeal,
}


async def report(turn: Turn, tools: Tools) -> Outcome:
    """Open the form that was asked for, else tell where to report, with a button for each form."""
    name = _named(turn)
    if name is not None:
        return await Desk(turn=turn, tools=tools, finishes={INTENT: finish}).begin(name)
    told = await legal.ask(turn, tools)
    if not told.replies:
        return told
    *others, last = told.replies
    here = (
        QuickReply(title=words("fraud_attempt_begin"), payload=fraud_attempts.FORM),
        QuickReply(title=words("fraud_loss_begin"), payload=fraud_losses.FORM),
    )
    return replace(
        told, replies=(*others, replace(last, quick_replies=(*here, *last.quick_replies)))
    )


async def finish(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """End whichever of the forms was filled in."""
    return await ENDS[draft.form.name](turn, tools, draft)


def is_wanted(turn: Turn, _tools: Tools) -> bool:
    """Whether a message asks for one of the forms, whatever its story was read as."""
    return turn.message.payload is None and _named(turn) is not None


def _named(turn: Turn) -> str | None:
    if turn.message.payload is not None:
        name = f"{INTENT}/{choice(turn)}"
        return name if name in forms() else None
    text, intent = turn.parse.text, turn.parse.intent
    return next((f.name for f in forms_of(INTENT) if f.opens(text, intent)), None)
