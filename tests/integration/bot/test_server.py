"""The server starts everything in order, tells what it lacks, and stops it all when told to."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.bootstrap import open_service, open_store
from bot.channels.telegram.account import Account, open_bot
from bot.cli.logs import set_up_logs
from bot.preparation import prepare
from bot.server import channels, health, run, serve, wechat
from bot.settings import Settings
from bot.wechat_door import open_line
from conversations.bus import MemoryBus
from conversations.inbox import receive
from core.clock import utc_now
from db.engine import open_database
from nlu.server.process import free_port
from tests.conftest import VAULT
from tests.integration.bot.channels.fake_telegram import (
    TOKEN,
    eventually,
    running_telegram,
)
from tests.integration.talk import answers, message

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def settings(service_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    return service_settings.model_copy(
        update={"port": free_port(), "nlu_urls": NOWHERE, "demo": False}
    )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[list[str]]:
    """A server that is ready, with the steps it told; cancelled at the end, in two seconds."""
    steps: list[str] = []
    ready = asyncio.Event()

    def say(step: str) -> None:
        steps.append(step)
        if step == "ready":
            ready.set()

    task = asyncio.create_task(run(settings, say))
    waiting = asyncio.create_task(ready.wait())
    async with asyncio.timeout(30):
        await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    assert not task.done()
    try:
        yield steps
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            async with asyncio.timeout(5):
                await task


async def get(settings: Settings, path: str) -> tuple[int, Any]:  # Any: JSON
    url = f"http://127.0.0.1:{settings.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else await answer.text()


async def test_it_serves_and_tells_what_it_lacks(settings: Settings) -> None:
    async with running_telegram() as telegram:
        token = {"telegram_token": TOKEN, "telegram_api": telegram.url}
        full = Settings.model_validate({**settings.model_dump(), **token})
        async with running(full) as steps:
            status, ready = await get(full, "/readyz")
            page, _ = await get(full, "/")
            console, _ = await get(full, "/console")
            _, discovery = await get(full, "/open311/v2/discovery.json")

            await eventually(lambda: telegram.called("getUpdates"))
            _, later = await get(full, "/readyz")
    assert steps == ["opening", "ready"]
    assert (status, page, console) == (200, 200, 200)
    assert set(ready["dependencies"]) == {
        "database",
        "rasa",
        "vectors",
        "statute_vectors",
        "telegram",
    }
    [open311] = discovery["endpoints"]
    # Demo data is in it or not, as the settings say.
    assert (open311["url"], open311["type"]) == (
        f"{full.address}/open311/v2",
        "test" if full.demo else "production",
    )
    assert "rasa" in ready["degraded"]
    assert later["dependencies"]["telegram"]
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(full, "/livez")


async def test_who_writes_a_clue_is_in_no_log_and_no_file(
    settings: Settings, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Everything logged, as if for debugging; what is told of the sender is nowhere to be found."""
    sender = ("127.0.0.5", "203.0.113.77", "very-own-browser", "their-session", "Klingon")
    written = {"once": "o" * 43, "kind": "vice", "district": "320508", "text": "secret-words"}
    headers = {
        "X-Forwarded-For": sender[1],
        "User-Agent": sender[2],
        "Cookie": f"visitor={sender[3]}",
        "Accept-Language": sender[4],
    }
    proxied = settings.model_copy(update={"trust_proxy": True})
    url = f"http://127.0.0.1:{settings.port}"
    caplog.set_level(logging.DEBUG)
    set_up_logs(logging.DEBUG)
    async with running(proxied):
        door = aiohttp.TCPConnector(local_addr=(sender[0], 0), force_close=True)
        async with aiohttp.ClientSession(url, connector=door, headers=headers) as session:
            async with (
                session.get("/clue") as page,
                session.post("/clue", data=written) as got,
            ):
                assert (page.status, got.status, got.cookies) == (200, 200, {})
                (receipt,) = re.findall(r"(?:\d{4} ){3}\d{4}", await got.text())
            digits = receipt.replace(" ", "")
            more = {"receipt": digits, "text": "more-words"}
            for data in ({"receipt": "0" * 16}, {"receipt": digits}, more):
                async with session.post("/clue/box", data=data) as box:
                    assert box.status == (200 if data["receipt"] == digits else 403)
        await _send_rubbish(sender[0], settings.port)
    kept = b"".join(f.read_bytes() for f in settings.data_dir.glob("*") if f.is_file())
    logged = caplog.text + "".join(capfd.readouterr())

    assert "request failed: BadHttpMessage" in logged
    for secret in (*sender, "secret-words", "more-words", digits, receipt, "rubbish"):
        assert secret not in logged
        assert secret.encode() not in kept


async def _send_rubbish(address: str, port: int) -> None:
    """What the server cannot read: by itself it would tell who sent it, and quote it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(b"GET /clue HTTP/1.1\r\nrubbish\x00: \x01\r\n\r\n")
    await reader.read()
    writer.close()


async def test_what_was_left_unanswered_is_answered_at_the_start(settings: Settings) -> None:
    await prepare(settings, lambda step: None)
    async with open_service(settings, rasa_urls=[]) as service:
        received = await receive(service.db, message(text="谢谢"), now=utc_now())
        async with running(settings), asyncio.timeout(5):
            while not await answers(service.db, received.conversation_id):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def test_a_taken_port_is_told_and_everything_closed(settings: Settings) -> None:
    holder = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", settings.port)
    try:
        with pytest.raises(OSError, match="address already in use"):
            await run(settings, lambda step: None)
    finally:
        holder.close()
        await holder.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert others == set()


@pytest.mark.parametrize("moment", ["opening", "ready"])
async def test_a_signal_ends_it_at_any_moment(settings: Settings, moment: str) -> None:
    def say(step: str) -> None:
        if step == moment:
            os.kill(os.getpid(), signal.SIGTERM)

    # Were the server deaf, the signal would be dropped and the time run out.
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        async with asyncio.timeout(30):
            await serve(settings, say)
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGTERM, before)

    with pytest.raises(aiohttp.ClientConnectorError):
        await get(settings, "/livez")


async def test_readiness_looks_at_the_real_things(settings: Settings) -> None:
    async def fine() -> bool:
        return True

    await prepare(settings, lambda step: None)
    secret = f"whsec_{base64.b64encode(bytes(32)).decode()}"
    (settings.data_dir / "bodies.yml").write_text(
        f"gusu: {{url: 'https://body.example', secrets: ['{secret}']}}\n"
    )
    async with open_service(settings, rasa_urls=[]) as service:
        looked = health(service, {"telegram": fine})
        lost = open_database("sqlite+aiosqlite:////nowhere/at/all.db", VAULT)
        without = health(replace(service, db=lost), {})
        await service.library.wait_until_built()

        assert (await looked.database(), await without.database()) == (True, False)
        assert {name: await check() for name, check in looked.others.items()} == {
            "rasa": False,
            "vectors": service.library.ready,
            "statute_vectors": service.library.current().embedding.progress.finished,
            "body:gusu": True,
            "telegram": True,
        }
        assert set(without.others) == {"rasa", "vectors", "statute_vectors", "body:gusu"}


@pytest.mark.rasa
async def test_readiness_sees_rasa(settings: Settings, rasa_url: str) -> None:
    await prepare(settings, lambda step: None)
    async with open_service(settings, rasa_urls=[rasa_url]) as service:
        assert await health(service, {}).others["rasa"]()


async def test_telegram_is_a_channel_only_with_an_account() -> None:
    async with open_bot(Account(token=TOKEN)) as account:
        names = [c.name for c in channels(MemoryBus(), account)]

    assert names == ["web", "telegram"]
    assert [c.name for c in channels(MemoryBus(), None)] == ["web"]


async def test_wechat_is_a_channel_only_with_an_account(tmp_path: Path) -> None:
    account = {"wechat_app_id": "wx0123456789abcdef", "wechat_secret": "s", "wechat_token": "abc"}
    settings = Settings.model_validate({**account, "wechat_mode": "plain", "data_dir": tmp_path})
    db = open_store(settings)
    async with open_line(settings) as line, open_line(Settings()) as none:
        assert [c.name for c in wechat(line, db)] == ["wechat"]
        assert wechat(none, db) == []
    await db.close()
