"""The bot's wording: nothing missing, nothing idle, every button leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from actions import phrases as module
from actions.calculators.deadlines import known_periods
from actions.clue import INTENTS as CLUES
from actions.dispatch import ACTIONS
from actions.document_wishes import INTENT
from actions.documents import MIMES
from actions.forms.commands import Command
from actions.forms.listed import forms, forms_of
from actions.forms.quantities import Unit
from actions.forms.spec import Form, Slot
from actions.fraud import NEXT
from actions.intake import INTAKES
from actions.numbers import shapes
from actions.pathways.spec import Kind
from actions.pathways.spec import Unit as PathwayUnit
from actions.petition import INFORMATION
from actions.phrases import (
    FOLDER,
    LANGUAGES,
    card,
    phrases,
    reply,
    urgent_words,
    words,
    written,
)
from actions.urgent import NEXT_CRISIS, NEXT_EMERGENCY
from antifraud.things import Sort
from core.knowledge import ClippingKind
from core.messages import URGENT
from nlu.training import intents

ROOM = Path(module.__file__).parent
SAID = re.compile(r'(?:say\(turn, |words\(\s*|reply\(|card\(|phrases\(\)\[|phrase\()"(\w+)"')
TELEGRAM_BYTES = 64
EMERGENCIES = ("violence", "fire", "medical", "any")
BOUNDS = ("negative", "zero", "low", "high", "future", "early", "order")


def said_in_code() -> set[str]:
    found = {key for path in ROOM.glob("*.py") for key in SAID.findall(path.read_text("utf-8"))}
    tables = {*NEXT.values(), *NEXT_CRISIS.values(), *NEXT_EMERGENCY.values()}
    return found | tables | set(INFORMATION.values())


def said_by_forms() -> set[str]:
    """Keys that stand in the catalogue of forms, not in code."""
    found = set()
    for form in forms().values():
        found |= {form.title, form.resume, form.opening or form.title}
        found |= {form.summary, form.unfit, form.blank, form.aside}
        found |= {way.title for way in form.confirms}
        found |= {note.say for note in form.notes}
        found |= {key for slot in form.slots for key in (slot.ask, slot.label, slot.again)}
        found |= {choice.refuses for slot in form.slots for choice in slot.choices}
        found |= {key for slot in form.slots if slot.ask_by for key in _by_choice(form, slot)}
    return found


def _by_choice(form: Form, slot: Slot) -> set[str]:
    other = form.slot(slot.ask_by or "")
    return {f"{slot.ask}_{choice.key}" for choice in other.choices} if other else set()


def literals(*folders: str) -> set[str]:
    root = ROOM.parent
    texts = [p.read_text("utf-8") for f in folders for p in (root / f).rglob("*.py")]
    return {word for text in texts for word in re.findall(r'"(\w+)"', text)}


def test_no_phrase_is_idle() -> None:
    made = {f"emergency_{kind}" for kind in EMERGENCIES}
    made |= {f"{intent}_again" for intent in ("crisis", "emergency", "fraud_emergency")}
    made |= {f"form_do_{command}" for command in Command} | said_by_forms()
    made |= {f"form_unit_{unit}" for unit in Unit} | {"form_unit_months"}
    made |= {f"form_wrong_{bound}" for bound in BOUNDS}
    made |= {period.note for period in known_periods().values() if period.note}
    made |= {f"document_{form.kind}_next" for form in forms_of(INTENT)}
    made |= {f"document_file_{kind}" for kind in MIMES} | {f"check_{i}" for i in URGENT}
    made |= {f"pathway_kind_{kind}" for kind in Kind} | {
        f"similar_{kind}" for kind in ClippingKind
    }
    made |= {f"pathway_unit_{unit}" for unit in PathwayUnit}
    made |= {f"pathway_way_{way}" for way in ("to", "in_time", "run_out", "unknown")}
    made |= {f"pathway_{which}_open" for which in ("earliest", "latest")}
    made |= {f"{form}_filed" for form in INTAKES} | {f"{form}_begin" for form in INTAKES}
    made |= {f"{form}_pressing" for form, taken in INTAKES.items() if taken.pressing}
    made |= {f"form_moment_{precision}" for precision in ("minute", "hour")}
    made |= set(NEXT.values()) | {f"fraud_listed_{sort}" for sort in Sort}
    made |= {f"clue_why_{intent}" for intent in CLUES} | {ask for _, ask in shapes().known}

    assert phrases().keys() - literals("actions", "bot", "console") - made == set()


def test_every_phrase_said_in_code_is_written() -> None:
    made = {f"form_wrong_{bound}" for bound in BOUNDS}
    made |= {f"form_unit_{unit}" for unit in Unit if unit is not Unit.PERIOD}

    assert (said_in_code() | made) - phrases().keys() == set()


def test_no_phrase_is_written_twice() -> None:
    files = [*FOLDER.glob("*.yml"), *FOLDER.glob("*/*.yml")]
    for language in LANGUAGES:
        keys = [
            key
            for file in files
            if language in (file.stem, file.parent.name)
            for key in re.findall(r"^(\w+):$", file.read_text("utf-8"), re.MULTILINE)
        ]

        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert set(keys) == written(language).keys()


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
