"""Calls by mail, handed in at a small SMTP server."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from handoff.duty.plan import Person
from handoff.errors import BadMailServer, PageFailed
from handoff.paging.mail import Mail, MailServer
from handoff.paging.ways import Page

PAGE = Page(
    id="p-1", label="R-0007", reason="fraud", minutes=2, step=1, link="https://x.example/c"
)
LI = Person(name="li", mail="li@example.com")
SENDER = "bot@example.com"


@dataclass
class MailHost:
    """Speaks as much SMTP as is needed; ``refuses`` every recipient if told so."""

    refuses: bool = False
    port: int = 0
    letters: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            writer.write(self._answer(line.decode().strip().upper()))
            await writer.drain()
            if line.upper().startswith(b"DATA"):
                self.letters.append(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 ok\r\n")
            if line.upper().startswith(b"QUIT"):
                break
        writer.close()

    def _answer(self, line: str) -> bytes:
        if line.startswith("RCPT") and self.refuses:
            return b"550 nobody\r\n"
        return {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(line, b"250 ok\r\n")


@pytest_asyncio.fixture
async def host() -> AsyncIterator[MailHost]:
    made = MailHost()

    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


def mail(port: int) -> Mail:
    return Mail(MailServer.read(f"smtp://127.0.0.1:{port}", SENDER))


async def test_a_mail_says_what_a_call_says(host: MailHost) -> None:
    await mail(host.port).send(LI, PAGE)

    [letter] = host.letters
    read = email.message_from_bytes(letter, policy=email.policy.default)
    assert (read["To"], read["From"], read["Subject"]) == (LI.mail, SENDER, PAGE.subject)
    body = read.get_body()
    assert body is not None
    assert PAGE.link in body.get_content().replace("=\n", "")


async def test_a_refused_mail_has_failed(host: MailHost) -> None:
    host.refuses = True

    with pytest.raises(PageFailed, match="SMTPRecipientsRefused"):
        await mail(host.port).send(LI, PAGE)


async def test_nobody_there_has_failed() -> None:
    with pytest.raises(PageFailed, match="ConnectionRefusedError"):
        await mail(1).send(LI, PAGE)


def test_a_mail_needs_an_address() -> None:
    assert mail(1).reaches(LI)
    assert not mail(1).reaches(Person(name="wang", sms="13812345678"))


def test_a_server_is_read_with_its_password() -> None:
    read = MailServer.read("smtps://bot%40example.com:p%3Aw@mail.example.com", SENDER)

    assert (read.host, read.port, read.user, read.password) == (
        "mail.example.com",
        465,
        "bot@example.com",
        "p:w",
    )
    assert MailServer.read("smtp+starttls://mail.example.com", SENDER).port == 587


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.com", SENDER),
        ("http://mail.example.com", SENDER),
        ("smtps://", SENDER),
        ("smtps://mail.example.com:port", SENDER),
        ("smtps://mail.example.com", ""),
    ],
)
def test_what_is_no_server_is_refused(url: str, sender: str) -> None:
    with pytest.raises(BadMailServer):
        MailServer.read(url, sender)
