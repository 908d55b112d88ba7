"""Model and rules together: neither may lose an urgent message or fail."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.errors import Unavailable
from core.messages import Parse
from nlu.reader import Reader
from nlu.rules import RuleParser


@dataclass
class Model:
    """Reads everything as one intent, or is away."""

    intent: str = "legal_labour"
    confidence: float = 0.8
    away: bool = False

    async def parse(self, text: str) -> Parse:
        if self.away:
            raise Unavailable
        return Parse(text=text, intent=self.intent, confidence=self.confidence, parser="rasa")


async def read(model: Model | None, text: str) -> Parse:
    return await Reader(model, RuleParser.load()).parse(text)


async def test_the_model_reads_what_is_ordinary() -> None:
    parse = await read(Model(), "老板不发工资")

    assert (parse.intent, parse.confidence, parse.parser) == ("legal_labour", 0.8, "rasa")


async def test_an_urgent_rule_outranks_the_model() -> None:
    parse = await read(Model(intent="legal_rental"), "我不想活了")

    assert (parse.intent, parse.confidence, parse.parser) == ("crisis", 0.9, "rasa")


@pytest.mark.parametrize(
    ("confidence", "intent"), [(0.3, "crisis"), (0.5, "emergency"), (0.95, "emergency")]
)
async def test_two_kinds_of_urgency_the_surer_decides(confidence: float, intent: str) -> None:
    parse = await read(Model(intent="emergency", confidence=confidence), "我不想活了")

    assert parse.intent == intent
    assert parse.confidence >= 0.9


async def test_a_sure_model_keeps_its_confidence() -> None:
    parse = await read(Model(intent="crisis", confidence=0.99), "我不想活了")

    assert parse.confidence == 0.99


@pytest.mark.parametrize("model", [None, Model(away=True)])
async def test_without_a_model_the_rules_read(model: Model | None) -> None:
    parse = await read(model, "转人工")

    assert (parse.intent, parse.parser) == ("human_handoff", "rules")


@pytest.mark.parametrize("text", ["", "😀😀", "……", "\u200b"])
async def test_nothing_said_is_not_put_to_the_model(text: str) -> None:
    parse = await read(Model(), text)

    assert (parse.parser, parse.confidence) == ("rules", 0.0)


async def test_the_model_sees_clean_text_of_bounded_length() -> None:
    parse = await read(Model(), "\u202e老板" + "不" * 5000)

    assert parse.text == "老板" + "不" * 1998


@pytest.mark.parametrize(
    ("text", "language"),
    [("老板不发工资", "zh"), ("My boss does not pay me", "en"), ("XF3205082610120001236", None)],
)
async def test_the_language_is_told_whoever_reads(text: str, language: str | None) -> None:
    assert (await read(Model(), text)).language == language
    assert (await read(None, text)).language == language


async def test_in_english_a_guessed_alarm_gives_way_to_the_rules() -> None:
    guess = Model(intent="emergency", confidence=0.6)

    assert (await read(guess, "My landlord does not repair the heating")).intent == "legal_rental"
    assert (await read(guess, "房东不修暖气")).intent == "emergency"
    assert (await read(guess, "My landlord is beating me")).intent == "emergency"
