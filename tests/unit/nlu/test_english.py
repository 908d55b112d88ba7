"""English: the model decides where it is sure, else the rules, and nobody alarms by a guess."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.confidence import too_weak
from core.messages import Parse
from nlu.english import CERTAIN, is_alarming, weighed
from nlu.training import ROOT

MOSTLY = 0.9
TEXT = "he is doing it again, help"
NOTHING = Parse(text=TEXT, intent="out_of_scope", confidence=0.0, parser="rules")
RENT = Parse(text=TEXT, intent="legal_rental", confidence=0.9, parser="rules")


def read(intent: str, confidence: float) -> Parse:
    ranking = ((intent, confidence), ("crisis", 0.04), ("greet", 0.03))
    return Parse(text=TEXT, intent=intent, confidence=confidence, parser="rasa", ranking=ranking)


@pytest.mark.parametrize("intent", ["emergency", "legal_aid_apply"])
@pytest.mark.parametrize("rules", [NOTHING, RENT])
def test_a_sure_model_decides(intent: str, rules: Parse) -> None:
    sure = read(intent, CERTAIN)

    assert weighed(sure, rules) == sure


@pytest.mark.parametrize("intent", ["emergency", "greet"])
def test_where_it_is_unsure_the_rules_do(intent: str) -> None:
    parse = weighed(read(intent, 0.6), RENT)

    assert (parse.intent, parse.confidence, parse.parser) == ("legal_rental", 0.9, "rasa")


def test_an_alarm_needs_an_alarming_word() -> None:
    sure = replace(read("crisis", 0.99), text="I want to end my marriage")

    assert weighed(sure, RENT).intent == "legal_rental"
    assert too_weak(weighed(sure, NOTHING))


def test_urgent_messages_hold_an_alarming_word() -> None:
    lines = (ROOT / "tests/nlu/english_urgent.jsonl").read_text(encoding="utf-8").splitlines()
    urgent = [row["text"] for row in map(json.loads, lines) if row["urgent"]]

    # What rules find by whole sentences (“I don't want to live”) needs no word of its own.
    assert sum(is_alarming(text) for text in urgent) / len(urgent) >= MOSTLY


def test_an_ordinary_guess_stays_a_guess() -> None:
    guess = read("hotline", 0.3)

    assert weighed(guess, NOTHING) == guess


def test_a_guessed_alarm_becomes_a_choice() -> None:
    parse = weighed(read("emergency", 0.7), NOTHING)

    assert (parse.intent, parse.confidence) == ("greet", 0.03)
    assert too_weak(parse)
    assert parse.ranking[0] == ("emergency", 0.7)


def test_an_alarm_without_rivals_is_nothing_either() -> None:
    alone = Parse(text=TEXT, intent="crisis", confidence=0.4, parser="rasa")

    assert weighed(alone, NOTHING).confidence == 0.0
