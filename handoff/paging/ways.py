"""How whoever is on call is reached: what a page says, and the port that ways out fill."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Protocol

import yaml

from handoff.duty.plan import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A call: somebody waits. It has no word of the citizen's; those are read in the console."""

    id: str
    label: str
    reason: str
    minutes: int
    step: int
    link: str

    @property
    def subject(self) -> str:
        """In a few words."""
        return self._said("subject")

    @property
    def text(self) -> str:
        """What to do, short enough for one message of a phone."""
        return self._said("text")

    def _said(self, key: str) -> str:
        wording = _read()
        reason = wording["reasons"].get(self.reason, wording["reasons"]["other"])
        return Template(wording[key]).substitute(
            label=self.label, reason=reason, minutes=self.minutes, link=self.link
        )


class Way(Protocol):
    """One way out; ``name`` stands in the log."""

    name: str

    def reaches(self, person: Person) -> bool:
        """Whether that person has an address for it."""

    async def send(self, person: Person, page: Page) -> None:
        """Call them; raises ``PageFailed``."""


@cache
def _read() -> dict[str, Any]:  # Any: sentences, and reasons by their key
    path = Path(__file__).with_name("words.yml")
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
