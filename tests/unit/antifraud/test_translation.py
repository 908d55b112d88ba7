"""What is told of a check in English: complete, and with no number that the Chinese lacks."""

from __future__ import annotations

import re
from dataclasses import astuple

import pytest

from antifraud.signals import Catalogue
from antifraud.translation import translation
from antifraud.typology import load_typology

ENGLISH = translation("en")
HOTLINE = re.compile(r"(?<!\d)\d{3,5}(?!\d)")


def test_every_kind_is_translated_step_by_step() -> None:
    kinds = load_typology().kinds

    assert ENGLISH.kinds.keys() == kinds.keys()
    assert [
        key
        for key, kind in kinds.items()
        if len(kind.steps) != len(ENGLISH.kinds[key].steps)
        or len(kind.red_flags) != len(ENGLISH.kinds[key].red_flags)
    ] == []


def test_every_meaning_that_is_shown_is_translated() -> None:
    catalogue = Catalogue.load()
    shown = {s.name for s in (*catalogue.signals, *catalogue.marks.values()) if s.meaning}

    assert ENGLISH.meanings.keys() == shown


def test_the_same_numbers_are_to_be_called() -> None:
    kinds = load_typology().kinds

    for key, words in ENGLISH.kinds.items():
        chinese = HOTLINE.findall(str(astuple(kinds[key])))
        assert set(HOTLINE.findall(str(astuple(words)))) == set(chinese), key


def test_translating_changes_words_only() -> None:
    catalogue, typology = Catalogue.load(), load_typology()
    english = ENGLISH.catalogue(catalogue)

    assert [(s.name, s.weight, s.pattern) for s in english.signals] == [
        (s.name, s.weight, s.pattern) for s in catalogue.signals
    ]
    assert ENGLISH.typology(typology).parents == typology.parents
    assert ENGLISH.typology(typology).kinds["love"].title == "Romance and dating scams"


def test_a_language_that_nobody_has_written() -> None:
    with pytest.raises(FileNotFoundError):
        translation("eo")
