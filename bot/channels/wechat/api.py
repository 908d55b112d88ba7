"""What is asked of WeChat: send a text, fetch a picture, show that somebody writes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.channels.wechat.calls import Answer, Calls
from bot.channels.wechat.failures import OK, TOKEN_REFUSED, send_error
from bot.channels.wechat.token import Tokens

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
MEDIA = "/cgi-bin/media/get"
MOST_PICTURE = 10 * 1024 * 1024


class Api:
    """The account's calls with the token of the day; one refused token is replaced once a call."""

    def __init__(self, calls: Calls, tokens: Tokens) -> None:
        self._calls = calls
        self._tokens = tokens

    async def send_text(self, open_id: str, text: str) -> None:
        """Send a customer-service message; raises ``SendError``."""
        body = {"touser": open_id, "msgtype": "text", "text": {"content": text}}
        await self._post(SEND, body)

    async def show_typing(self, open_id: str) -> None:
        """Show that an answer is being written; raises ``SendError``."""
        await self._post(TYPING, {"touser": open_id, "command": "Typing"})

    async def picture(self, media_id: str) -> bytes:
        """What a citizen sent, within three days; raises ``SendError``."""

        async def ask(token: str) -> Answer:
            query = {"access_token": token, "media_id": media_id}
            return await self._calls.get(MEDIA, query, most=MOST_PICTURE)

        return (await self._with_token(ask, errcode=_errcode_of_media)).content

    async def ready(self) -> None:
        """Have a token; raises ``SendError`` where none can be had."""
        await self._tokens.current()

    async def _post(self, path: str, body: Mapping[str, object]) -> None:
        async def ask(token: str) -> Answer:
            return await self._calls.post(path, body, token=token)

        await self._with_token(ask, errcode=Answer.errcode)

    async def _with_token(
        self, ask: Callable[[str], Awaitable[Answer]], *, errcode: Callable[[Answer], int]
    ) -> Answer:
        token = await self._tokens.current()
        answer = await ask(token)
        code = errcode(answer)
        if code in TOKEN_REFUSED:
            answer = await ask(await self._tokens.instead_of(token))
            code = errcode(answer)
        if code != OK:
            raise send_error(code)
        return answer


def _errcode_of_media(answer: Answer) -> int:
    """A picture is no JSON; an error is."""
    return answer.errcode() if answer.content.startswith(b"{") else OK
