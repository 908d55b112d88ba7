"""Entries in English: whole, by title, and found by a few words."""

from __future__ import annotations

from dataclasses import replace

from actions.phrases import speaking, words
from actions.translated import likeliest, telling, title
from core.knowledge import Entry, Translated
from tests.unit.actions.conftest import entry

ENGLISH = entry("unpaid", "legal_labour", title="Unpaid wages", answer="Complain first.")


def translated(known: Entry, name: str, *words: str, into: Entry | None = None) -> Entry:
    return replace(known, translations={"en": Translated(title=name, words=words, entry=into)})


UNPAID = translated(
    entry("unpaid", "legal_labour"), "Unpaid wages", "wages", "salary", "owes", into=ENGLISH
)
FIRED = translated(entry("fired", "legal_labour"), "Dismissal", "fired", "dismissed")
ALONE = entry("alone", "legal_labour")


def test_in_chinese_everything_is_as_it_is() -> None:
    with telling(UNPAID) as told:
        assert told is UNPAID
    assert title(UNPAID) == UNPAID.title


def test_in_english_what_is_written_in_english() -> None:
    with speaking("en"):
        with telling(UNPAID) as told:
            assert (told, words("legal_person")) == (ENGLISH, "Talk to a person")
        with telling(FIRED) as told:
            assert (told, words("legal_person")) == (FIRED, "转人工")
        assert [title(e) for e in (UNPAID, FIRED, ALONE)] == [
            "Unpaid wages",
            "Dismissal",
            ALONE.title,
        ]


def test_the_entry_with_most_of_its_words() -> None:
    entries = [ALONE, FIRED, UNPAID]

    with speaking("en"):
        assert likeliest(entries, "My boss owes me salary, then fired me") is UNPAID
        assert likeliest(entries, "I was dismissed") is FIRED
        assert likeliest(entries, "I was fired, he owes me") is None
        assert likeliest(entries, "hello") is None
