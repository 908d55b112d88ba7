"""What is done for those who wait for a person: calling whoever is on duty, returning, closing time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from actions.moments import told_moment, told_wait
from actions.person import told_lines
from actions.phrases import reply_in, speaking
from bot.duty import lines_for, promised
from bot.settings import Settings
from console import presence
from core.clock import Clock
from core.messages import Reply
from db.engine import Database
from handoff.duty.evening import ClosingTime
from handoff.paging.http import SmsForm, Webhook
from handoff.paging.mail import Mail, MailServer
from handoff.paging.pager import Pager
from handoff.paging.ways import Way
from handoff.progress import QueueNews
from handoff.queue import Ticket
from handoff.silence import SilentChats
from handoff.steps import Words


@asynccontextmanager
async def open_pager(settings: Settings, db: Database, *, clock: Clock) -> AsyncIterator[Pager]:
    """The pager with the ways out that are set; raises ``BadMailServer``."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        ways: list[Way] = []
        if settings.page_webhook_url:
            secret = settings.page_webhook_secret.get_secret_value()
            ways.append(Webhook(http, settings.page_webhook_url, secret, clock=clock))
        if settings.page_sms_url:
            token = settings.page_sms_token.get_secret_value()
            ways.append(SmsForm(http, settings.page_sms_url, token))
        if server := settings.page_mail_server.get_secret_value():
            ways.append(Mail(MailServer.read(server, settings.page_mail_from)))
        yield Pager(db, ways, address=settings.address, clock=clock)


def sweeps(db: Database, *, clock: Clock) -> Mapping[str, Callable[[], Awaitable[int]]]:
    """What is looked at each minute, by its name in the log."""
    returned = SilentChats(
        db, lambda language: reply_in(language, "handoff_returned"), clock=clock
    )
    closing = ClosingTime(db, promised, _farewell(clock), clock=clock)

    async def staff(session: AsyncSession) -> int:
        return len(await presence.serving(session, now=clock()))

    news = QueueNews(db, staff, _nearer, clock=clock)
    return {
        "chats_returned": returned.run,
        "chats_promised": closing.run,
        "places_told": news.run,
    }


def _nearer(ticket: Ticket, wait: timedelta | None) -> Words:
    def told(language: str) -> Reply:
        with speaking(language):
            waits = "" if wait is None else told_wait(wait)
        key = "handoff_nearer" if ticket.ahead else "handoff_next"
        values = {"ahead": ticket.ahead} if ticket.ahead else {}
        return reply_in(language, key, label=ticket.label, wait=waits, **values)

    return told


def _farewell(clock: Clock) -> Callable[[str, str, datetime], Words]:
    def farewell(label: str, reason: str, by: datetime) -> Words:
        def told(language: str) -> Reply:
            with speaking(language):
                values = {"by": told_moment(by), "lines": told_lines(lines_for(reason, clock()))}
            return reply_in(language, "handoff_evening", label=label, **values)

        return told

    return farewell
