"""A turn in the citizen's language: found out before anything is decided, explained afterwards."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import dispatch, fraud
from actions.phrases import LANGUAGES, reply_in, speaking
from core.messages import CHINESE, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

HAN = re.compile("[\u3400-\u9fff]")
LETTER = re.compile("[A-Za-z]")
# An English word has about five letters and says as much as two characters.
LETTERS_A_CHARACTER = 2
PERSON = "human_handoff"


async def act(turn: Turn, tools: Tools, *, known: frozenset[str]) -> Outcome:
    """Decide what to answer, as ``dispatch.act`` does, in the language that is spoken here."""
    heard = hear(turn)
    with speaking(heard.language):
        outcome = await dispatch.act(heard, tools, known=known)
    return explain(outcome)


def hear(turn: Turn) -> Turn:
    """The turn with the language it is answered in: that of its words, if nothing holds another.

    The citizen's own choice holds; so does the language spoken before, when the words do not tell
    or are not the citizen's (a button, a text pasted to be checked).
    """
    session, heard = turn.session, turn.parse.language
    pasted = session.form == fraud.FORM or turn.message.payload is not None
    if session.language_chosen or pasted or heard not in LANGUAGES:
        return turn
    return replace(turn, session=replace(session, language=heard))


def explain(outcome: Outcome) -> Outcome:
    """Mark what each reply is worded in; say so before one that is not in the citizen's language."""
    language = outcome.session.language
    replies = [replace(r, language=_worded(r.text, language)) for r in outcome.replies]
    if all(reply.language == language for reply in replies):
        return replace(outcome, replies=tuple(replies))
    notice = reply_in(language, "only_chinese")
    replies[-1] = replace(replies[-1], quick_replies=_with_person(replies[-1], notice))
    return replace(outcome, replies=(replace(notice, quick_replies=()), *replies))


def _worded(text: str, language: str) -> str:
    """``language``, or Chinese where that is most of the text."""
    letters = len(LETTER.findall(text)) / LETTERS_A_CHARACTER
    return CHINESE if len(HAN.findall(text)) > letters else language


def _with_person(reply: Reply, notice: Reply) -> tuple[QuickReply, ...]:
    others = (button for button in reply.quick_replies if button.payload != PERSON)
    return (*others, *notice.quick_replies)
