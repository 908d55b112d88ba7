"""Documents go along where the channel sends files, and are used up once they are out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.channels.base import Capabilities, Outgoing, SendCode, SendError
from bot.enclosures import Enclosures
from core.messages import Attachment, Identity, Reply
from documents.rendering import File

LETTER = File(name="信访信.pdf", mime="application/pdf", content=b"%PDF-")
PLACE = Attachment(kind="location", url="geo:31.3,120.6")
REPLY = Reply(
    text="好了",
    attachments=(
        Attachment(kind="file", url="/d/one"),
        Attachment(kind="file", url="/d/gone"),
        PLACE,
    ),
)


class Shelf:
    """Holds one document."""

    def __init__(self) -> None:
        self.spent: list[str] = []

    async def copy(self, token: str) -> File | None:
        return LETTER if token == "one" else None

    async def spend(self, token: str) -> None:
        self.spent.append(token)


class Box:
    """A channel that keeps what it was given."""

    name = "box"

    def __init__(self, *, files: bool, trouble: SendError | None = None) -> None:
        self.capabilities = Capabilities(max_text=1000, files=files)
        self.given: list[Outgoing] = []
        self.trouble = trouble

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        if self.trouble is not None:
            raise self.trouble
        self.given.append(outgoing)
        return ("1",)

    async def typing(self, to: Identity) -> None:
        """Nobody looks."""


def outgoing(reply: Reply = REPLY) -> Outgoing:
    who = Identity(channel="box", user_id="1")
    return Outgoing(delivery_id="d", conversation_id="c", to=who, seq=1, reply=reply)


async def test_what_is_there_goes_along_and_is_used_up() -> None:
    shelf, box = Shelf(), Box(files=True)

    assert await Enclosures(shelf).send(box, outgoing()) == ("1",)

    assert [given.files for given in box.given] == [(LETTER,)]
    assert shelf.spent == ["one", "gone"]


async def test_a_channel_that_shows_links_leaves_them_fresh() -> None:
    shelf, box = Shelf(), Box(files=False)

    await Enclosures(shelf).send(box, outgoing())

    assert [given.files for given in box.given] == [()]
    assert shelf.spent == []


async def test_a_send_that_fails_uses_nothing_up() -> None:
    shelf, box = Shelf(), Box(files=True, trouble=SendError(SendCode.THROTTLED))

    with pytest.raises(SendError):
        await Enclosures(shelf).send(box, outgoing())

    assert shelf.spent == []


async def test_words_alone_ask_nobody() -> None:
    box = Box(files=True)

    await Enclosures(None).send(box, outgoing())
    await Enclosures(Shelf()).send(box, outgoing(Reply(text="好", attachments=(PLACE,))))

    assert [given.files for given in box.given] == [(), ()]
