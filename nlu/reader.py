"""How a message is read: Rasa where it answers, rules where it does not, urgency always by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.errors import Unavailable
from core.messages import URGENT, Parse
from core.ports import Parser
from nlu.english import weighed
from nlu.rules import FOUND, Rule, RuleParser
from nlu.spelling import spelling
from nlu.text.language import ENGLISH, language_of
from nlu.text.normalise import clean, says_nothing
from nlu.wishes import Reading, joined, split

# By how much an urgent rule raises the odds of its intent. The model tells urgent from near misses
# better than rules do: one that is not certain only tips the scale.
CERTAIN, LIKELY = 100.0, 2.0


class Reader:
    """A parser that never fails: the rules carry on when the model is away."""

    def __init__(self, model: Parser | None, rules: RuleParser) -> None:
        self._model = model
        self._rules = rules

    async def parse(self, text: str) -> Parse:
        """Read a message; an urgent rule speaks beside the model."""
        text = clean(text)
        if says_nothing(text):
            return await self._rules.parse(text)
        whole, rule = await self._ask(text), self._rules.urgent(text)
        parse = whole if rule is None else _weighed(whole, rule)
        if parse.intent not in URGENT:
            parse = await self._in_parts(text) or parse
        # Of English the model has seen little: what lies near it there says nothing.
        language = language_of(text)
        near = () if language == ENGLISH else (whole, parse)
        suspected = self._suspected(text, rule, near)
        dangers = whole.dangers if near else ()
        return replace(
            parse, suspected=suspected, dangers=dangers, language=language, spelt=spelling(text)
        )

    def _suspected(
        self, text: str, shown: Rule | None, readings: Sequence[Parse]
    ) -> tuple[str, float] | None:
        """The strongest suspicion of any reading; an urgent rule that was outweighed is one."""
        rule = self._rules.plain_danger(text, shown)
        if rule is not None:
            return rule.intent, 1.0
        told = [reading.suspected for reading in readings if reading.suspected is not None]
        return max(told, key=lambda one: one[1], default=None)

    async def _in_parts(self, text: str) -> Parse | None:
        """Read a text that seems to hold two wishes; None of any other."""
        parts = split(text)
        if parts is None:
            return None
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
    """The model's reading with an urgent rule's evidence: it decides unless the model is surer."""
    shares = dict(parse.ranking)
    # Whatever is not in the ranking has at most the last one's share.
    share = shares.get(rule.intent, min(shares.values(), default=1.0))
    if share * (CERTAIN if rule.certain else LIKELY) < parse.confidence:
        return parse
    return replace(parse, intent=rule.intent, confidence=max(FOUND, parse.confidence))
