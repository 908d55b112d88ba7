"""The web chat as a channel: delivering is telling open pages to read on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.base import Capabilities, Outgoing
from conversations.bus import Bus, Changed
from core.messages import Identity

NAME = "web"


class WebChannel:
    """Messages already stand in the history; a page that is closed reads them there later."""

    name = NAME
    capabilities = Capabilities(
        max_text=100_000,
        buttons=12,
        repeatable=True,
        timeline=True,
        article_links=True,
        history=True,
    )

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Wake the pages that show this conversation."""
        await self._bus.publish(
            Changed(topic=outgoing.conversation_id, kind="message", said=outgoing.said)
        )
        return ()

    async def typing(self, to: Identity) -> None:
        """Pages are told by the engine's own event."""
