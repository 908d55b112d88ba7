"""Carries a dialogue out in the real service, citizen and staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from actions.phrases import reply as phrase
from bot.bootstrap import Service
from bot.channels.terminal import NAME
from bot.conversing import NotAnswered, collect, converse
from conversations.history import before
from conversations.models import ContactIdentity, Conversation
from core.messages import Reply
from handoff import desk
from tests.conversations.scripts import Line

AGENT = "王律师"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the citizen saw after a line; ``intent`` is None where nothing of theirs was read."""

    intent: str | None
    replies: tuple[Reply, ...]
    status: str

    @property
    def text(self) -> str:
        """All replies, one under the other."""
        return "\n".join(r.text for r in self.replies)

    @property
    def titles(self) -> list[str]:
        """The buttons shown."""
        return [q.title for r in self.replies for q in r.quick_replies]

    @property
    def labels(self) -> list[str]:
        """The articles cited."""
        return [c.label for r in self.replies for c in r.citations]


async def say(town: Service, name: str, line: Line) -> Heard:
    """Say one line in the conversation called ``name``."""
    if line.speaker != "民":
        return await _as_staff(town, name, line)
    known = await _conversation(town, name)
    try:
        answered = await converse(town, name, line.text)
    except NotAnswered:
        assert known is not None
        return await _erased(town, known)
    return Heard(intent=answered.parse.intent, replies=answered.replies, status=answered.status)


async def _as_staff(town: Service, name: str, line: Line) -> Heard:
    conversation = await _conversation(town, name)
    assert conversation is not None, f"nobody called {name} has written"
    async with town.db.write() as session:
        vault, now = town.db.vault, town.clock()
        waiting = await desk.listing(session, vault)
        number = next(w.number for w in waiting if w.conversation_id == conversation.id)
        if line.speaker == "工作人员":
            said = [Reply(text=line.text)]
            await desk.reply(session, vault, number, said, agent=AGENT, now=now)
        else:
            farewell = [phrase("handoff_closed")]
            await desk.close(session, vault, number, farewell, agent=AGENT, now=now)
    replies = await collect(town, conversation.id)
    after = await _conversation(town, name)
    return Heard(intent=None, replies=replies, status=after.status if after else "")


async def _erased(town: Service, known: Conversation) -> Heard:
    """After erasing, even the wish itself is gone; what is left in the thread is all there is."""
    async with town.db.read() as session:
        left = await before(session, town.db.vault, known.id, None)
        after = await session.get(Conversation, known.id)
    replies = tuple(said.reply or Reply(text=said.text) for said in left)
    return Heard(intent=None, replies=replies, status=after.status if after else "")


async def _conversation(town: Service, name: str) -> Conversation | None:
    query = (
        select(Conversation)
        .join(ContactIdentity, ContactIdentity.contact_id == Conversation.contact_id)
        .where(
            ContactIdentity.channel == NAME,
            ContactIdentity.user_digest == town.db.vault.digest(NAME, name),
        )
    )
    async with town.db.read() as session:
        return (await session.scalars(query)).first()
