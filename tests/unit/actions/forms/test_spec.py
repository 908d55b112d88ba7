"""The catalogue of forms: complete, in the wording, and true to the other rooms' data."""

from __future__ import annotations

import json

import pytest

from actions.dispatch import ACTIONS, FINISHES
from actions.forms.commands import Command
from actions.forms.draft import CHOOSING, DONE, SUMMARY
from actions.forms.spec import Form, Shown, Takes, forms
from actions.phrases import phrases, speaking
from bot.bootstrap import area_of
from cases.districts import districts
from knowledge_base.attested import attested
from nlu.text.extraction import NAMES
from nlu.text.places import FILE as PLACE_NAMES

FORMS = list(forms().values())
PLACES = {SUMMARY, CHOOSING, DONE}


def named(form: Form) -> str:
    return form.name


def test_every_form_is_an_intent_with_an_action_and_an_end() -> None:
    assert set(forms()) == set(FINISHES)
    assert set(forms()) <= set(ACTIONS)


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_every_key_is_in_the_wording(form: Form) -> None:
    keys = [form.title, form.resume, form.opening or form.title]
    keys += [key for slot in form.slots for key in (slot.ask, slot.label, slot.again)]
    keys += [note.say for note in form.notes]

    assert [key for key in keys if key not in phrases()] == []


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_slots_are_told_apart_from_moves_and_from_each_other(form: Form) -> None:
    names = [slot.name for slot in form.slots]

    assert len(names) == len(set(names))
    assert set(names) & (PLACES | set(Command)) == set()
    assert len([slot for slot in form.slots if slot.grows]) <= 1


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_every_slot_can_be_filled_by_what_it_takes(form: Form) -> None:
    for slot in form.slots:
        assert bool(slot.choices) == (slot.takes is Takes.CHOICE)
        assert slot.entities or slot.takes is not Takes.ENTITY


def test_entities_are_ones_that_are_found() -> None:
    assert {e for form in FORMS for s in form.slots for e in s.entities} - NAMES == set()


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_citations_were_checked_by_hand(form: Form) -> None:
    cited = [*form.citations, *(note.citation for note in form.notes)]
    cited += [citation for slot in form.slots for citation in slot.citations]

    assert [c for c in cited if not attested().attests(c.law, c.article, c.quote)] == []


def test_the_places_of_a_petition_are_those_of_the_cases() -> None:
    slot = forms()["petition_submit"].slot("district")

    assert slot is not None
    assert {choice.key for choice in slot.choices} == set(districts())


def test_offices_are_looked_for_wherever_a_place_is_recognised() -> None:
    slot = forms()["find_office"].slot("district")
    places = json.loads(PLACE_NAMES.read_text(encoding="utf-8"))

    assert slot is not None
    assert {choice.key for choice in slot.choices} == set(districts())
    said = {word: choice.key for choice in slot.choices for word in choice.words}
    for district, place in places.items():
        names = [district, *place["said"], *place["towns"]]
        assert {said.get(name) for name in names} == {area_of(district)}


def test_a_word_means_one_choice_only() -> None:
    for form in FORMS:
        for slot in form.slots:
            listed = [word for choice in slot.choices for word in choice.words]
            assert len(listed) == len(set(listed))


def test_a_choice_is_named_in_the_language_spoken() -> None:
    slot = forms()["petition_submit"].slot("open")
    assert slot is not None
    private = slot.choice("no")
    assert private is not None

    with speaking("en"):
        assert private.title == "Keep private"
    assert private.title == "不公开"
    assert slot.choice("perhaps") is None


@pytest.mark.parametrize(
    ("text", "intent", "opens"),
    [
        ("我要信访 路灯坏了", "legal_neighbour", True),
        ("我要投诉 路灯坏了", "legal_neighbour", False),
        ("我要投诉 路灯坏了", "petition_submit", True),
        ("路灯坏了", "petition_submit", False),
    ],
)
def test_openers_mean_the_form_whatever_the_story(text: str, intent: str, *, opens: bool) -> None:
    assert forms()["petition_submit"].opens(text, intent) is opens


def test_money_and_days_are_shown_as_such() -> None:
    form = forms()["petition_submit"]
    shown = {slot.name: slot.shown for slot in form.slots if slot.shown is not Shown.PLAIN}

    assert shown == {"amount": Shown.MONEY, "time": Shown.DAY}
