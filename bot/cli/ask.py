"""`python -m bot ask`: one conversation in the terminal, by the way every channel goes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from bot.bootstrap import open_service, open_store
from bot.channels.terminal import as_line, as_text
from bot.cli.rasa import some_rasa
from bot.cli.speech import clear_errors
from bot.conversing import converse
from bot.preparation import prepare_store
from bot.settings import Settings
from db.base import new_id


def ask(
    text: Annotated[list[str], typer.Argument(help="What to ask; - reads lines from stdin.")],
    session: Annotated[str, typer.Option(help="Name of a conversation to go on with.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
) -> None:
    """Ask as a citizen would, and print what the bot answers."""
    lines: Iterable[str] = sys.stdin if text == ["-"] else [" ".join(text)]
    with clear_errors():
        asyncio.run(_converse(lines, session or new_id(), as_json=as_json))


async def _converse(lines: Iterable[str], name: str, *, as_json: bool) -> None:
    settings = Settings()
    db = open_store(settings)
    try:
        await prepare_store(db, settings)
    finally:
        await db.close()
    async with (
        some_rasa(settings) as urls,
        open_service(settings, rasa_urls=urls) as service,
    ):
        await service.library.wait_until_built()
        for line in lines:
            answered = await converse(service, name, line.rstrip("\n"))
            text = as_line(answered) if as_json else as_text(answered, base=settings.address)
            typer.echo(text)
