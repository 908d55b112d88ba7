"""Wording in other languages: complete where it must be, and the same in all but the words."""

from __future__ import annotations

import re

import pytest

from actions.language import HAN, LETTER
from actions.phrases import FOLDER, LANGUAGES, Phrase, language_names, written
from core.messages import CHINESE

OTHERS = [language for language in LANGUAGES if language != CHINESE]
# What has to be said in every language: greeting and small talk, help, emergencies, fraud, hotlines
# and legal aid (told from the knowledge base), petitions and cases, a person, privacy, choices.
FAMILIES = (
    *("welcome", "help", "goodbye", "thanks", "feedback", "affirm", "deny", "cancel", "inform"),
    *("repeat_", "followup_", "change_language", "language_changed", "only_chinese"),
    *("out_of_scope", "not_understood", "nothing_said", "cannot_see", "too_long", "stale_button"),
    *(
        "trouble",
        "fraud_",
        "link_dot",
        "emergency_",
        "crisis",
        "day_",
        "moment",
        "wait_",
        "petition_",
        "case_",
    ),
    *("resume_petition", "handoff_", "privacy", "phone_separator", "intent_titles", "form_"),
    *("legal_next", "legal_limit", "legal_phone", "legal_disclaimer", "legal_more"),
    *("legal_person", "legal_unknown", "legal_choose", "second_wish"),
    *("picture", "appointment_", "lawyer_booking", "meeting_day", "psych_support"),
)
# Longer forms are filled in in Chinese for now: staff have to read what is filed.
CHINESE_ONLY = ("petition_submit", "fraud_loss")
PLACES = re.compile(r"\$[a-z_]+|\{[a-z]+\.[a-z]+\}")
PHONE = re.compile(r"(?<![\d$])\d{3,5}(?!\d)")
# The button that leads to the other language.
LEADS_AWAY = re.compile(r"change_language/\w+")
SCREEN = 220
# Latin letters are half as wide as characters.
NARROW = 2


def both(language: str) -> list[tuple[str, Phrase, Phrase]]:
    chinese = written(CHINESE)
    return [(k, chinese[k], p) for k, p in written(language).items() if k in chinese]


def places(phrase: Phrase) -> set[str]:
    return set(PLACES.findall(phrase.text))


def payloads(phrase: Phrase) -> list[str]:
    return [LEADS_AWAY.sub("change_language/other", b.payload) for b in phrase.buttons]


def test_every_language_has_its_files_and_names() -> None:
    assert all((FOLDER / f"{language}.yml").is_file() for language in LANGUAGES)
    assert language_names().keys() == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_that_must_be_translated_is_missing(language: str) -> None:
    must = {key for key in written(CHINESE) if key.startswith(FAMILIES)}
    must -= {key for key in must if key.startswith(CHINESE_ONLY)}

    assert must - written(language).keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_is_left_over(language: str) -> None:
    assert written(language).keys() - written(CHINESE).keys() == set()


def test_every_family_still_exists() -> None:
    keys = written(CHINESE)

    assert [f for f in (*FAMILIES, *CHINESE_ONLY) if not any(k.startswith(f) for k in keys)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_places_are_filled(language: str) -> None:
    assert [k for k, zh, other in both(language) if places(zh) != places(other)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_buttons_stand_in_the_same_order(language: str) -> None:
    assert [k for k, zh, other in both(language) if payloads(zh) != payloads(other)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_numbers_are_to_be_called(language: str) -> None:
    differ = {
        key
        for key, zh, other in both(language)
        if set(PHONE.findall(zh.text)) != set(PHONE.findall(other.text))
    }

    # “10,000 yuan” is no telephone number.
    assert differ - {"form_ten_thousands"} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_phrases_are_in_that_language_and_fit_a_screen(language: str) -> None:
    phrases = written(language)

    assert [k for k, p in phrases.items() if len(p.text) > SCREEN * NARROW] == []
    assert [
        key
        for key, phrase in phrases.items()
        if len(HAN.findall(phrase.text)) > len(LETTER.findall(phrase.text))
    ] == []
