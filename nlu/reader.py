"""How a message is read: Rasa where it answers, rules where it does not, urgency always by both."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Unavailable
from core.messages import Parse
from core.ports import Parser
from nlu.rules import FOUND, RuleParser
from nlu.text.normalise import clean, says_nothing

URGENT = frozenset({"crisis", "emergency", "fraud_emergency"})
SURE = 0.5


class Reader:
    """A parser that never fails: the rules carry on when the model is away."""

    def __init__(self, model: Parser | None, rules: RuleParser) -> None:
        self._model = model
        self._rules = rules

    async def parse(self, text: str) -> Parse:
        """Read a message; an urgent rule outranks the model unless that is surely as urgent."""
        text = clean(text)
        if says_nothing(text):
            return await self._rules.parse(text)
        parse = await self._ask(text)
        urgent = self._rules.urgent(text)
        if urgent is None:
            return parse
        if parse.intent in URGENT and parse.confidence >= SURE:
            urgent = parse.intent
        return replace(parse, intent=urgent, confidence=max(FOUND, parse.confidence))

    async def _ask(self, text: str) -> Parse:
        if self._model is not None:
            try:
                return await self._model.parse(text)
            except Unavailable:
                # Said in the reply's parser field and in /readyz, not in a log line a message.
                pass
        return await self._rules.parse(text)
