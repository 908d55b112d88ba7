"""The alerts' room knows every area and common type, named in every language."""

from __future__ import annotations

from actions.forms.listed import forms
from actions.phrases import LANGUAGES
from antifraud.checker import Checker
from bot.alert_names import axes, names
from cases.districts import districts


def test_areas_and_types_are_the_projects_own() -> None:
    checker = Checker.load()
    counted, called = axes(checker), names(checker)

    assert len(counted.kinds) == 12
    assert counted.areas == list(districts())
    assert all(set(called.areas[language]) == set(districts()) for language in LANGUAGES)
    assert all(counted.family(key) == key for key in counted.kinds)


def test_every_area_can_be_subscribed_to() -> None:
    slot = forms()["subscribe_alerts"].slot("district")

    assert slot is not None
    assert {one.key for one in slot.choices} == set(districts())
