"""The bot's wording: nothing missing, nothing idle, every button leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions import phrases as module
from actions.dispatch import ACTIONS
from actions.forms.commands import Command
from actions.forms.spec import forms
from actions.fraud import NEXT
from actions.pathways.spec import Kind, Unit
from actions.petition import INFORMATION
from actions.phrases import card, phrases, reply, urgent_words, words
from actions.urgent import NEXT_CRISIS, NEXT_EMERGENCY
from core.knowledge import ClippingKind
from nlu.training import intents

ROOM = Path(module.__file__).parent
SAID = re.compile(r'(?:say\(turn, |words\(\s*|reply\(|card\(|phrases\(\)\[|phrase\()"(\w+)"')
TELEGRAM_BYTES = 64
EMERGENCIES = ("violence", "fire", "medical", "any")


def said_in_code() -> set[str]:
    found = {key for path in ROOM.glob("*.py") for key in SAID.findall(path.read_text("utf-8"))}
    tables = {*NEXT.values(), *NEXT_CRISIS.values(), *NEXT_EMERGENCY.values()}
    return found | tables | set(INFORMATION.values())


def said_by_forms() -> set[str]:
    """Keys that stand in the catalogue of forms, not in code."""
    found = set()
    for form in forms().values():
        found |= {form.title, form.resume, form.opening or form.title}
        found |= {note.say for note in form.notes}
        found |= {key for slot in form.slots for key in (slot.ask, slot.label, slot.again)}
    return found


def literals(*folders: str) -> set[str]:
    root = ROOM.parent
    texts = [p.read_text("utf-8") for f in folders for p in (root / f).rglob("*.py")]
    return {word for text in texts for word in re.findall(r'"(\w+)"', text)}


def test_no_phrase_is_idle() -> None:
    made = {f"emergency_{kind}" for kind in EMERGENCIES}
    made |= {f"{intent}_again" for intent in ("crisis", "emergency", "fraud_emergency")}
    made |= {f"form_do_{command}" for command in Command} | said_by_forms()
    made |= {f"pathway_kind_{kind}" for kind in Kind} | {
        f"similar_{kind}" for kind in ClippingKind
    }
    made |= {f"pathway_unit_{unit}" for unit in Unit}
    made |= {f"pathway_way_{way}" for way in ("to", "in_time", "run_out", "unknown")}
    made |= {f"pathway_{which}_open" for which in ("earliest", "latest")}

    assert phrases().keys() - literals("actions", "bot", "console") - made == set()


def test_every_phrase_said_in_code_is_written() -> None:
    assert said_in_code() - phrases().keys() == set()


def test_every_intent_that_only_says_something_has_its_phrase() -> None:
    for intent in ("goodbye", "thanks", "feedback", "affirm", "deny", "inform"):
        assert intent in ACTIONS
        assert phrases()[intent].text


@pytest.mark.parametrize("intent", ["crisis", "emergency", "fraud_emergency"])
def test_every_urgent_card_can_ask_again(intent: str) -> None:
    assert "110" in reply(f"{intent}_again").text


@pytest.mark.parametrize("kind", EMERGENCIES)
def test_every_danger_has_its_card(kind: str) -> None:
    assert re.search("110|119|120", reply(f"emergency_{kind}").text)


def test_every_button_names_a_known_intent_in_telegrams_64_bytes() -> None:
    payloads = [b.payload for p in phrases().values() for b in p.buttons]

    assert {p.partition("/")[0] for p in payloads} - intents() == set()
    assert [p for p in payloads if len(p.encode()) > TELEGRAM_BYTES] == []


def test_every_argument_of_an_urgent_button_is_understood() -> None:
    understood = {
        "fraud_emergency": NEXT.keys(),
        "emergency": NEXT_EMERGENCY.keys(),
        "crisis": NEXT_CRISIS.keys(),
    }
    pressed = [b.payload.partition("/") for p in phrases().values() for b in p.buttons]

    for intent, _, argument in pressed:
        if argument and intent in understood:
            assert argument in understood[intent]
    answers = urgent_words().answers
    for intent, kinds in answers.items():
        assert kinds.keys() - understood[intent] == set()
    assert urgent_words().reassuring <= {kind for kinds in answers.values() for kind in kinds}


def test_every_offered_topic_is_an_intent_and_offered_once() -> None:
    offered = [b.payload for b in phrases()["intent_titles"].buttons]

    assert set(offered) - intents() == set()
    assert len(offered) == len(set(offered))


def test_a_name_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("statute_text", law="民法典")


def test_a_card_reaches_the_citizen_whoever_holds_the_chat() -> None:
    assert card("crisis").safety
    assert not reply("crisis").safety


def test_phrases_fit_a_screen() -> None:
    assert {k: len(p.text) for k, p in phrases().items() if len(p.text) > 220} == {}
