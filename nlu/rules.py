"""Reading by rules: what must work when Rasa is away, and what must never be missed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml
from opencc import OpenCC

from core.messages import Parse
from nlu.entities import EntityPatterns, load_patterns
from nlu.text.normalise import fold

RULE_FILE = Path(__file__).parent / "rules.yml"
FOUND = 0.9
NOTHING = 0.0
SIMPLIFIED = OpenCC("t2s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An intent that any of some patterns shows, unless one of others speaks against it."""

    intent: str
    urgent: bool
    shows: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def matches(self, folded: str) -> bool:
        """Whether a folded text shows the intent."""
        return any(p.search(folded) for p in self.shows) and not any(
            p.search(folded) for p in self.unless
        )


class RuleParser:
    """Tries rules in their order in the file; the first that matches decides."""

    def __init__(self, rules: tuple[Rule, ...], entities: EntityPatterns) -> None:
        self._rules = rules
        self._entities = entities

    @classmethod
    def load(cls, path: Path = RULE_FILE) -> Self:
        """The project's rules and entity patterns."""
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(tuple(_rule(item) for item in document), load_patterns())

    def urgent(self, text: str) -> str | None:
        """The urgent intent a text shows (life, self-harm, money leaving now), if any."""
        folded = spelling(text)
        return next((r.intent for r in self._rules if r.urgent and r.matches(folded)), None)

    async def parse(self, text: str) -> Parse:
        """The first rule's intent, else ``out_of_scope`` with no confidence."""
        folded = spelling(text)
        entities = self._entities.find(text)
        intent = next((r.intent for r in self._rules if r.matches(folded)), None)
        if intent is None and any(e.name == "case_ref" for e in entities):
            reference = next(e.value for e in entities if e.name == "case_ref")
            intent = "petition_status" if reference.upper().startswith("XF") else "case_status"
        return Parse(
            text=text,
            intent=intent or "out_of_scope",
            confidence=FOUND if intent else NOTHING,
            parser="rules",
            entities=entities,
        )


def spelling(text: str) -> str:
    """How rules see a text: folded, in simplified characters."""
    simplified: str = SIMPLIFIED.convert(fold(text))
    return simplified


def _rule(item: dict[str, Any]) -> Rule:  # Any: YAML
    return Rule(
        intent=item["intent"],
        urgent=item.get("urgent", False),
        shows=tuple(re.compile(p) for p in item["shows"]),
        unless=tuple(re.compile(p) for p in item.get("unless", ())),
    )
