"""What a library knows beside answers and articles: laws as a whole, and what was imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from core.knowledge import Clipping, Entry, LawFacts
from knowledge_base.clippings import ClippingShelf
from knowledge_base.law_register import LawRegister
from knowledge_base.statutes import Statutes


class Sidelights:
    """Part of ``core.ports.Knowledge``; ``clippings`` is the file of what was imported."""

    def __init__(
        self, statutes: Statutes, entries: Iterable[Entry], *, clippings: Path | None
    ) -> None:
        self._register = LawRegister(statutes)
        self._shelf = ClippingShelf(clippings) if clippings else None
        self._intents = {entry.id: entry.intent for entry in entries}

    def law_facts(self, text: str) -> Sequence[LawFacts]:
        """What is known of each law that a text names, those that were replaced too."""
        return self._register.named_in(text)

    def clippings(self, entry_id: str) -> Sequence[Clipping]:
        """What was imported about an entry's matter, newest first."""
        intent = self._intents.get(entry_id)
        return self._shelf.of(entry_id, intent) if self._shelf and intent else ()
