"""Calls over HTTP: a signed webhook for whatever the operator runs, and a form for an SMS gateway."""

from __future__ import annotations

import hashlib
import hmac
import json
from http import HTTPStatus

import aiohttp

from core.clock import Clock
from handoff.duty.plan import Person
from handoff.errors import PageFailed
from handoff.paging.ways import Page

DEADLINE_SECONDS = 10.0
SIGNATURE = "X-Sufatong-Signature"
TIMESTAMP = "X-Sufatong-Timestamp"


class Webhook:
    """Posts JSON to one address, for everybody on the rota; what it does there is its own.

    The signature is the hex HMAC-SHA256 of ``<timestamp>.<body>`` under the secret.
    """

    name = "webhook"

    def __init__(
        self, http: aiohttp.ClientSession, url: str, secret: str, *, clock: Clock
    ) -> None:
        self._http = http
        self._url = url
        self._secret = secret.encode()
        self._clock = clock

    def reaches(self, person: Person) -> bool:
        """Whoever stands on the rota: the address is the installation's."""
        return True

    async def send(self, person: Person, page: Page) -> None:
        """Post the page with the person's name; raises ``PageFailed``."""
        told = {
            "id": page.id,
            "person": person.name,
            "label": page.label,
            "reason": page.reason,
            "minutes": page.minutes,
            "step": page.step,
            "text": page.text,
            "link": page.link,
        }
        body = json.dumps(told, ensure_ascii=False).encode()
        at = str(int(self._clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: at,
            SIGNATURE: sign(self._secret, at, body),
        }
        await _post(self._http, self._url, data=body, headers=headers)


class SmsForm:
    """Posts ``to`` and ``text`` as a form, with a bearer token: what most gateways can be fed with."""

    name = "sms"

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self._http = http
        self._url = url
        self._token = token

    def reaches(self, person: Person) -> bool:
        """Whether they have a number."""
        return bool(person.sms)

    async def send(self, person: Person, page: Page) -> None:
        """Have the message sent; raises ``PageFailed``."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        form = {"to": person.sms, "text": page.text}
        await _post(self._http, self._url, data=form, headers=headers)


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """The signature of a webhook's body, sent at that many seconds since 1970."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


async def _post(
    http: aiohttp.ClientSession,
    url: str,
    *,
    data: bytes | dict[str, str],
    headers: dict[str, str],
) -> None:
    limit = aiohttp.ClientTimeout(total=DEADLINE_SECONDS)
    try:
        async with http.post(
            url, data=data, headers=headers, timeout=limit, allow_redirects=False
        ) as answer:
            if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                raise PageFailed(f"status_{answer.status}")
    except TimeoutError:
        raise PageFailed("timeout") from None
    except aiohttp.ClientError:
        raise PageFailed("unreachable") from None
