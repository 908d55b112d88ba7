"""How a message is read: Rasa where it answers, rules where it does not, urgency always by both."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Unavailable
from core.messages import Parse
from core.ports import Parser
from nlu.english import weighed
from nlu.rules import FOUND, RuleParser
from nlu.text.language import ENGLISH, language_of
from nlu.text.normalise import clean, says_nothing
from nlu.wishes import Reading, joined, split

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
        urgent = self._rules.urgent(text)
        if urgent is None:
            return replace(await self._read(text), language=language_of(text))
        parse = replace(await self._ask(text), language=language_of(text))
        if parse.intent in URGENT and parse.confidence >= SURE:
            urgent = parse.intent
        return replace(parse, intent=urgent, confidence=max(FOUND, parse.confidence))

    async def _read(self, text: str) -> Parse:
        """Read a text as a whole, or, where it seems to hold two wishes, in two parts."""
        parts = split(text)
        if parts is None:
            return await self._ask(text)
        first, second = [
            Reading(parse=await self._ask(part), by_rules=await self._by_rules(part))
            for part in (parts.first, parts.second)
        ]
        return joined(text, parts, first, second)

    async def _by_rules(self, text: str) -> str | None:
        parse = await self._rules.parse(text)
        return parse.intent if parse.confidence > 0 else None

    async def _ask(self, text: str) -> Parse:
        if self._model is not None:
            try:
                parse = await self._model.parse(text)
                if language_of(text) != ENGLISH:
                    return parse
                return weighed(parse, await self._rules.parse(text))
            except Unavailable:
                # Said in the reply's parser field and in /readyz, not in a log line a message.
                pass
        return await self._rules.parse(text)
