"""A Rasa for one command: the running one, else one started for the call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.bootstrap import open_reader
from bot.cli.speech import note, progress
from bot.preparation import derive
from bot.settings import Settings
from knowledge_base.faq_eval import Hint, Hints
from nlu.server.process import RasaProcess, answers, running_url

STATE = "rasa.json"


@asynccontextmanager
async def some_rasa(settings: Settings) -> AsyncIterator[Sequence[str]]:
    """Addresses of Rasa servers that answer."""
    if settings.rasa_urls:
        yield settings.rasa_urls
        return
    url = running_url(settings.data_dir / STATE)
    if url is not None and await answers(url):
        yield [url]
        return
    note("asking_rasa")
    model = await derive(settings, progress)
    process = RasaProcess(model.path, log=settings.data_dir / "rasa-ask.log")
    try:
        await process.start()
        yield [process.url]
    finally:
        await process.stop()


async def readings(settings: Settings, texts: Sequence[str]) -> Hints:
    """What the reader says of each text, as the search is told it."""
    async with some_rasa(settings) as urls, open_reader(urls) as (reader, _):
        read = [await reader.parse(text) for text in texts]
    return {
        text: Hint(spelt=parse.spelt, intent=parse.intent, ranking=parse.ranking)
        for text, parse in zip(texts, read, strict=True)
    }
