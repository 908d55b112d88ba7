"""The catalogue of forms: complete, in the wording, and true to the other rooms' data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from actions.dispatch import ACTIONS, FINISHES
from actions.figures import figures
from actions.forms.commands import Command
from actions.forms.draft import CHOOSING, DONE, SUMMARY
from actions.forms.listed import forms, forms_of
from actions.forms.spec import SKIPPED, Form, Shown, Takes
from actions.phrases import phrases, speaking
from bot.bootstrap import area_of, today
from cases.districts import districts
from core.clock import utc_now
from core.messages import Citation
from knowledge_base.attested import attested
from knowledge_base.entries import load_drafts
from knowledge_base.statutes import Statutes, open_statutes
from nlu.text.extraction import NAMES
from nlu.text.places import FILE as PLACE_NAMES

FORMS = list(forms().values())
PLACES = {SUMMARY, CHOOSING, DONE}


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return open_statutes(today(utc_now))


def named(form: Form) -> str:
    return form.name


def stands(cited: Citation, statutes: Statutes) -> bool:
    if cited.in_force == "attested":
        return attested().attests(cited.law, cited.article, cited.quote)
    article = statutes.article(cited.law, cited.article)
    return article is not None and cited.quote in article.text.replace("\n", "")


def test_every_form_is_an_intent_with_an_action_and_an_end() -> None:
    assert {form.intent for form in FORMS} == set(FINISHES)
    assert {form.intent for form in FORMS} <= set(ACTIONS)


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_conditions_and_bounds_speak_of_slots_that_are_there(form: Form) -> None:
    names = {slot.name for slot in form.slots}
    for slot in form.slots:
        spoken_of = {*slot.when, *slot.limits.ahead}
        also = {slot.limits.after, slot.ask_by, slot.known_on or None} - {None}
        assert spoken_of | also <= names
        assert slot.known is None or slot.known in figures()
        assert (slot.unit is None) == (slot.takes is not Takes.QUANTITY)
    assert set(form.together) <= names


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_values_that_a_condition_names_are_choices(form: Form) -> None:
    for slot in form.slots:
        for name, wanted in {**slot.when, **slot.limits.ahead}.items():
            other = form.slot(name)
            assert other is not None
            if not isinstance(wanted, bool):
                assert set(wanted) <= {choice.key for choice in other.choices}


def test_a_slot_is_wanted_as_the_others_are_filled() -> None:
    form = forms()["calculate/severance"]
    end, service = form.slot("end"), form.slot("service")
    assert end is not None
    assert service is not None

    assert not end.wanted({})
    assert end.wanted({"start": "2024-01-01"})
    assert not end.wanted({"start": SKIPPED})
    assert service.wanted({"start": SKIPPED})
    assert not service.wanted({"start": "2024-01-01"})


def test_a_figure_in_the_table_need_not_be_asked_for() -> None:
    slot = forms()["calculate/interest"].slot("lpr")
    assert slot is not None
    day = date(2026, 11, 23)

    in_table = figures()["lpr_1y"].on(day, today=day) is not None
    assert slot.is_known({"start": "2026-11-23"}, day) == in_table
    assert not replace(slot, known=None).is_known({}, day)


def test_faq_entries_of_a_form_are_written() -> None:
    written = {draft.id for draft in load_drafts().entries}

    assert {entry for form in FORMS for entry in form.entries} - written == set()


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_every_key_is_in_the_wording(form: Form) -> None:
    keys = [form.title, form.resume, form.opening or form.title]
    keys += [key for slot in form.slots for key in (slot.ask, slot.label, slot.again)]
    keys += [note.say for note in form.notes]
    keys += [form.summary, form.unfit, form.blank, form.aside]
    keys += [way.title for way in form.confirms]

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
def test_citations_are_in_force_or_were_checked_by_hand(form: Form, statutes: Statutes) -> None:
    cited = [*form.citations, *(note.citation for note in form.notes)]
    cited += [citation for slot in form.slots for citation in slot.citations]

    assert [c for c in cited if not stands(c, statutes)] == []


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


def test_every_day_of_a_sum_is_shown_as_one() -> None:
    slots = [s for form in forms_of("calculate") for s in form.slots if "date" in s.entities]

    assert [s.name for s in slots if s.shown is not Shown.DAY] == []
