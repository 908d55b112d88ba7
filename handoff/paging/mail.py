"""Calls by mail, over the operator's SMTP server."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from handoff.duty.plan import Person
from handoff.errors import BadMailServer, PageFailed
from handoff.paging.ways import Page

DEADLINE_SECONDS = 10.0
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in, and whom it comes from.

    ``smtps`` speaks TLS from the start, ``smtp+starttls`` after asking, ``smtp`` not at all.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    @classmethod
    def read(cls, url: str, sender: str) -> MailServer:
        """From an address as settings hold it; raises ``BadMailServer``."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise BadMailServer from None
        if parts.scheme not in PORTS or not parts.hostname or "@" not in sender:
            raise BadMailServer
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender,
        )


class Mail:
    """Hands one mail a person in, in a thread: the standard library's client waits."""

    name = "mail"

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def reaches(self, person: Person) -> bool:
        """Whether they have an address."""
        return bool(person.mail)

    async def send(self, person: Person, page: Page) -> None:
        """Have the mail taken by the server; raises ``PageFailed``."""
        message = EmailMessage()
        message["From"] = self._server.sender
        message["To"] = person.mail
        message["Subject"] = page.subject
        message["X-Priority"] = "1"
        message.set_content(page.text)
        try:
            await asyncio.to_thread(self._hand_in, message)
        except TimeoutError:
            raise PageFailed("timeout") from None
        except (OSError, smtplib.SMTPException) as error:
            raise PageFailed(type(error).__name__) from None

    def _hand_in(self, message: EmailMessage) -> None:
        server = self._server
        tls = ssl.create_default_context()
        if server.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=DEADLINE_SECONDS, context=tls
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=DEADLINE_SECONDS)
        with client:
            if server.scheme == "smtp+starttls":
                client.starttls(context=tls)
            if server.user:
                client.login(server.user, server.password)
            client.send_message(message)
