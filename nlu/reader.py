"""How a message is read: Rasa where it answers, rules where it does not, urgency always by both."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Unavailable
from core.messages import Parse
from core.ports import Parser
from nlu.english import weighed
from nlu.rules import FOUND, Rule, RuleParser
from nlu.text.language import ENGLISH, language_of
from nlu.text.normalise import clean, says_nothing
from nlu.wishes import Reading, joined, split

URGENT = frozenset({"crisis", "emergency", "fraud_emergency"})
SURE = 0.5
# From here on a model that reads something ordinary outranks an urgent rule that is not certain.
VERY_SURE = 0.97


class Reader:
    """A parser that never fails: the rules carry on when the model is away."""

    def __init__(self, model: Parser | None, rules: RuleParser) -> None:
        self._model = model
        self._rules = rules

    async def parse(self, text: str) -> Parse:
        """Read a message; an urgent rule outranks the model, but see ``_weighed``."""
        text = clean(text)
        if says_nothing(text):
            return await self._rules.parse(text)
        rule = self._rules.urgent(text)
        if rule is None:
            return replace(await self._read(text), language=language_of(text))
        parse = _weighed(await self._ask(text), rule)
        return replace(parse, language=language_of(text))

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


def _weighed(parse: Parse, rule: Rule) -> Parse:
    """The model's reading against an urgent rule.

    The model decides where it is surely as urgent, or very sure of something ordinary and the
    rule is not certain; else the rule does.
    """
    if parse.intent in URGENT:
        intent = parse.intent if parse.confidence >= SURE else rule.intent
    elif parse.confidence >= VERY_SURE and not rule.certain:
        return parse
    else:
        intent = rule.intent
    return replace(parse, intent=intent, confidence=max(FOUND, parse.confidence))
