"""The Official Account: its id, its secrets, and what it may do."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from core.errors import Invalid

AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
APP_ID = re.compile(r"[A-Za-z0-9_-]{5,64}")


class AccountMalformed(Invalid):
    """A WeChat setting is missing or malformed; docs/howto/connect-wechat.md tells their shapes."""


class Mode(StrEnum):
    """How messages come: as they are, both ways at once, or encrypted only."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Which account we are and where its API answers; secrets stay out of the repr.

    ``aes_keys`` are 32 bytes each, the present one first. ``may_push``: whether it has the
    customer-service API. ``patience`` is how long one answer may take. Raises ``AccountMalformed``.
    """

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    mode: Mode = Mode.SAFE
    aes_keys: tuple[bytes, ...] = field(default=(), repr=False)
    base_url: str = "https://api.weixin.qq.com"
    may_push: bool = True
    patience: timedelta = timedelta(seconds=5)

    def __post_init__(self) -> None:
        well = APP_ID.fullmatch(self.app_id) and TOKEN.fullmatch(self.token) and self.secret
        if not well or (self.mode is not Mode.PLAIN and not self.aes_keys):
            raise AccountMalformed

    @property
    def takes_plain(self) -> bool:
        """Whether a message that is not encrypted is taken."""
        return self.mode is not Mode.SAFE

    @property
    def takes_sealed(self) -> bool:
        """Whether an encrypted message is taken."""
        return self.mode is not Mode.PLAIN


def read_aes_key(encoded: str) -> bytes:
    """The 32 bytes behind an EncodingAESKey of 43 characters; raises ``AccountMalformed``."""
    if AES_KEY.fullmatch(encoded) is None:
        raise AccountMalformed
    try:
        return base64.b64decode(encoded + "=")
    except binascii.Error:
        raise AccountMalformed from None
