"""What staff see of WeChat: how many messages may still be sent to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import typer

from bot.bootstrap import open_store
from bot.channels.wechat.receive import NAME
from bot.cli.speech import clear_errors, say, words
from bot.settings import Settings
from conversations.allowances import Standing, standings
from core.clock import SUZHOU, utc_now

app = typer.Typer(no_args_is_help=True, help="The WeChat Official Account.")


@app.command()
def quota() -> None:
    """Each conversation that can be written to or in which something waits, the latest first."""

    async def work() -> Sequence[Standing]:
        db = open_store(Settings())
        try:
            async with db.read() as session:
                return await standings(session, NAME, now=utc_now())
        finally:
            await db.close()

    with clear_errors():
        found = asyncio.run(work())
    if not found:
        say("wechat_quota_none")
    for standing in found:
        say("wechat_quota", conversation=standing.conversation_id, told=told(standing))


def told(standing: Standing) -> str:
    """How many may be sent and until when, and how many wait."""
    parts = [words("wechat_closed")]
    if standing.until is not None:
        until = f"{standing.until.astimezone(SUZHOU):%m-%d %H:%M}"
        parts = [words("wechat_left", left=standing.left, until=until)]
    if standing.waiting:
        parts.append(words("wechat_waiting", count=standing.waiting))
    return "".join(parts)
