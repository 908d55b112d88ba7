"""A citizen who types the number of an option presses it."""

from __future__ import annotations

from dataclasses import replace

from actions.forms.listed import forms
from actions.forms.spec import Takes
from bot.channels.wechat.choices import chosen
from conversations.inbox import find_thread
from conversations.offers import offered
from conversations.threads import session_of
from core.messages import Message
from core.turns import Session
from db.engine import Database

# A number typed to a question for one is the answer: “2” may mean two days.
ASKS_NUMBERS = frozenset({Takes.QUANTITY, Takes.ENTITY})
LONGEST = 64


async def pressed(db: Database, message: Message) -> Message:
    """The message, as the button it means if it does."""
    if message.payload is not None or not message.text or len(message.text) > LONGEST:
        return message
    async with db.read() as session:
        thread = await find_thread(session, db.vault, message.sender)
        if thread is None:
            return message
        options = await offered(session, db.vault, thread.conversation_id)
        talk = await session_of(session, db.vault, thread.conversation_id)
    option = chosen(message.text, options, numbers=not asks_number(talk))
    return (
        message if option is None else replace(message, text=option.title, payload=option.payload)
    )


def asks_number(talk: Session) -> bool:
    """Whether the last question was one to which a number may be the answer."""
    form = forms().get(talk.form or "")
    slot = form.slot(talk.requested_slot or "") if form is not None else None
    return talk.pause is None and slot is not None and slot.takes in ASKS_NUMBERS
