"""The FAQ in English: titles for all, and answers that say nothing the Chinese does not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from core.knowledge import Entry
from knowledge_base.attested import attested
from knowledge_base.entries import cite, load_drafts, told_entries
from knowledge_base.lint import AT_MOST
from knowledge_base.notation import article_number, mentions, short_name
from knowledge_base.statutes import open_statutes
from knowledge_base.translation import LANGUAGES, translation, with_translations

DAY = date(2026, 11, 23)
# Numbers in digits; articles are counted in characters.
NUMBER = re.compile(r"(?<![\d第])\d+")
# Latin letters are half as wide as characters.
NARROW = 2
# Buttons are a line: twelve characters.
LONGEST_TITLE = 34
ENGLISH = ("hotline", "legal_aid_eligibility", "legal_aid_apply", "fraud_report", "fraud_refund")


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    statutes = open_statutes(DAY)
    told = told_entries(load_drafts().entries, statutes=statutes, attested=attested())
    translated = with_translations(told, lambda cited: cite(cited, statutes, attested()))
    return {entry.id: entry for entry in translated}


def whole(entries: dict[str, Entry], language: str) -> dict[str, Entry]:
    found = {e.id: e.translations[language].entry for e in entries.values()}
    return {entry_id: entry for entry_id, entry in found.items() if entry is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_a_title_that_fits_a_button(
    entries: dict[str, Entry], language: str
) -> None:
    words = translation(language).entries

    assert words.keys() == entries.keys()
    assert [w.title for w in words.values() if len(w.title) > LONGEST_TITLE] == []


@pytest.mark.parametrize("intent", ENGLISH)
def test_these_topics_are_answered_in_english(entries: dict[str, Entry], intent: str) -> None:
    topic = {e.id for e in entries.values() if e.intent == intent}

    assert topic - whole(entries, "en").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_articles_that_are_named_are_cited_and_in_force(
    entries: dict[str, Entry], language: str
) -> None:
    for entry in whole(entries, language).values():
        listed = {(short_name(c.law), article_number(c.article)) for c in entry.citations}
        assert set(mentions(entry.answer)) - listed == set(), entry.id
        assert all(c.in_force for c in entry.citations), entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_those_of_the_chinese(entries: dict[str, Entry], language: str) -> None:
    for entry_id, entry in whole(entries, language).items():
        source = entries[entry_id]
        known = NUMBER.findall(f"{source.answer}{source.detail}{source.time_limit}")
        told = NUMBER.findall(f"{entry.answer}{entry.next_step}{entry.time_limit}")
        assert set(told) - set(known) == set(), entry_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_fits_a_screen(entries: dict[str, Entry], language: str) -> None:
    # Three lines of it are names of laws, which Chinese answers have too.
    most = {field: length * NARROW + 160 for field, length in AT_MOST.items()}

    for entry in whole(entries, language).values():
        assert len(entry.answer) <= most["answer"], entry.id
        assert len(entry.next_step) <= most["next_step"], entry.id


def test_a_translation_has_the_titles_of_its_neighbours(entries: dict[str, Entry]) -> None:
    scope = whole(entries, "en")["legal-aid-scope"]

    assert dict(scope.related)["legal-aid-cost"] == "Does legal aid cost anything?"
    assert [h.name for h in scope.hotlines] == ["legal help line"]
    assert scope.translations == {}


def test_what_holds_for_foreigners_is_cited(entries: dict[str, Entry]) -> None:
    scope = whole(entries, "en")["legal-aid-scope"]

    assert "《法律援助法》第六十九条" in [c.label for c in scope.citations]
    assert "第六十九条" not in str(entries["legal-aid-scope"].citations)


def test_a_language_that_nobody_has_written() -> None:
    with pytest.raises(FileNotFoundError):
        translation("eo")
