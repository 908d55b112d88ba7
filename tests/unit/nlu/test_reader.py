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
    crisis: float = 0.0
    away: bool = False
    suspected: tuple[str, float] | None = None
    dangers: tuple[tuple[str, float], ...] = ()

    async def parse(self, text: str) -> Parse:
        if self.away:
            raise Unavailable
        return Parse(
            text=text,
            intent=self.intent,
            confidence=self.confidence,
            parser="rasa",
            ranking=((self.intent, self.confidence), ("crisis", self.crisis)),
            suspected=self.suspected,
            dangers=self.dangers,
        )


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


@pytest.mark.parametrize(
    ("crisis", "certain", "intent"),
    [
        (0.46, "false", "crisis"),
        (0.44, "false", "legal_labour"),
        (0.0, "false", "legal_labour"),
        (0.01, "true", "crisis"),
        (0.008, "true", "legal_labour"),
    ],
)
async def test_a_rule_raises_the_odds_of_its_intent(
    tmp_path: Path, crisis: float, certain: str, intent: str
) -> None:
    """Twofold; a hundredfold, where it is certain."""
    text = f"{{intent: crisis, urgent: true, certain: {certain}, shows: [跳楼]}}"
    model = Model(confidence=0.9, crisis=crisis)

    parse = await Reader(model, one_rule(tmp_path, text)).parse("老板不发工资 我要跳楼")

    assert parse.intent == intent
    assert parse.confidence == 0.9


async def test_between_two_kinds_of_urgency_a_rule_tips_the_scale() -> None:
    model = Model(intent="emergency", confidence=0.9, crisis=0.05)

    assert (await read(model, "我不想活了")).intent == "crisis"


async def test_an_intent_out_of_the_ranking_counts_as_the_last_in_it(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{intent: emergency, urgent: true, shows: [着火]}")

    assert (await Reader(Model(crisis=0.5), rules).parse("着火")).intent == "emergency"
    assert (await Reader(Model(crisis=0.3), rules).parse("着火")).intent == "legal_labour"


@pytest.mark.parametrize("text", ["我不想活了", "救命", "I want to kill myself"])
async def test_what_is_plain_is_certain_in_the_rules(text: str) -> None:
    rule = RuleParser.load().urgent(text)

    assert rule is not None
    assert rule.certain


async def test_a_sure_model_keeps_its_confidence() -> None:
    parse = await read(Model(intent="crisis", confidence=0.99), "我不想活了")

    assert parse.intent == "crisis"
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


async def test_what_the_model_suspects_is_handed_on() -> None:
    parse = await read(Model(suspected=("crisis", 0.6)), "心里难过")

    assert (parse.intent, parse.suspected) == ("legal_labour", ("crisis", 0.6))
    assert (await read(Model(), "心里难过")).suspected is None


@pytest.mark.parametrize(("text", "heeded"), [("心里难过", True), ("I feel so sad today", False)])
async def test_each_danger_is_handed_on_except_of_english(text: str, *, heeded: bool) -> None:
    dangers = (("crisis", 0.6), ("emergency", 0.1))

    assert (await read(Model(dangers=dangers), text)).dangers == (dangers if heeded else ())


@pytest.mark.parametrize("text", ["我不想活了", "我不想活了。去年的工资也没发，找过两次劳动局。"])
async def test_a_certain_rule_that_was_outweighed_is_a_suspicion(text: str) -> None:
    """Of a long story too, whose other sentences are what the rule is told to leave alone."""
    parse = await read(Model(confidence=0.99), text)

    assert (parse.intent, parse.suspected) == ("legal_labour", ("crisis", 1.0))


async def test_a_rule_that_only_tips_the_scale_is_none(tmp_path: Path) -> None:
    rules = one_rule(tmp_path, "{intent: crisis, urgent: true, shows: [跳楼]}")

    parse = await Reader(Model(confidence=0.99), rules).parse("跳楼价大甩卖")

    assert parse.suspected is None
