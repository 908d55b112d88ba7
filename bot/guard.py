"""The last look before a reply is stored: citations must be real and in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import structlog

from actions.phrases import reply_in
from core.messages import Citation, Reply
from core.ports import Knowledge
from core.turns import Outcome

log = structlog.get_logger(__name__)

Attested = Callable[[Citation], bool]
"""Whether a citation to a text outside the corpus was checked by hand."""


class Guard:
    """Replaces a reply whose citation cannot be verified by a plain “I don't know”."""

    def __init__(self, library: Callable[[], Knowledge], attested: Attested) -> None:
        self._library = library
        self._attested = attested

    def check(self, outcome: Outcome) -> Outcome:
        """The outcome with every doubtful reply replaced."""
        language = outcome.session.language
        return replace(outcome, replies=tuple(self._checked(r, language) for r in outcome.replies))

    def _checked(self, reply: Reply, language: str) -> Reply:
        false = [c.label for c in reply.citations if not self._stands(c)]
        if not false:
            return reply
        log.error("citation_refused", source=reply.source, citations=false)
        return reply_in(language, "legal_unknown")

    def _stands(self, citation: Citation) -> bool:
        if not _squeeze(citation.quote):
            return False
        article = self._library().article(citation.law, citation.article)
        if citation.in_force == "attested" and not self._attested(citation):
            return False
        if article is None or not citation.in_force:
            return citation.in_force == "attested"
        # What was attested is held to the full text too, once that has been imported.
        return _squeeze(citation.quote) in _squeeze(article.text)


def _squeeze(text: str) -> str:
    return "".join(text.split())
