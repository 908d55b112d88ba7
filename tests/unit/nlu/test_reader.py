"""Model and rules together: neither may lose an urgent message or fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def one_rule(folder: Path, rule: str) -> RuleParser:
    """A parser that knows this one rule."""
    file, none = folder / "rules.yml", folder / "rules_en.yml"
    file.write_text(f"- {rule}\n", encoding="utf-8")
    none.write_text("[]\n", encoding="utf-8")
    return RuleParser.load(chinese=file, english=none)


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


@pytest.mark.parametrize(
    ("confidence", "intent"), [(0.96, "crisis"), (0.97, "legal_labour"), (0.99, "legal_labour")]
)
async def test_a_very_sure_model_outranks_a_rule_that_is_not_certain(
    tmp_path: Path, confidence: float, intent: str
) -> None:
    rules = one_rule(tmp_path, "{intent: crisis, urgent: true, shows: [跳楼]}")

    parse = await Reader(Model(confidence=confidence), rules).parse("老板说要跳楼也不发工资")

    assert parse.intent == intent
    assert parse.confidence == confidence


async def test_no_model_outranks_a_certain_rule(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{intent: crisis, urgent: true, certain: true, shows: [跳楼]}")

    parse = await Reader(Model(confidence=0.99), rules).parse("老板不发工资 我要跳楼")

    assert parse.intent == "crisis"


@pytest.mark.parametrize("text", ["我不想活了", "救命", "I want to kill myself"])
async def test_what_is_plain_is_certain_in_the_rules(text: str) -> None:
    rule = RuleParser.load().urgent(text)

    assert rule is not None
    assert rule.certain


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
