"""The passive reply: a text in the XML that WeChat takes as the answer to its request."""

from __future__ import annotations

from datetime import datetime

from bot.channels.wechat.receive import Incoming

SUCCESS = "success"


def reply_xml(incoming: Incoming, text: str, *, now: datetime) -> str:
    """The text to whoever sent the message, from the account as they addressed it."""
    return (
        f"<xml><ToUserName>{_quoted(incoming.sender.user_id)}</ToUserName>"
        f"<FromUserName>{_quoted(incoming.account)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType>{_quoted('text')}</MsgType>"
        f"<Content>{_quoted(text)}</Content></xml>"
    )


def _quoted(text: str) -> str:
    """Words that end a quotation of their own are put into two."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
