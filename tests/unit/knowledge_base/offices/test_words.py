"""The sentences of the directory's intake."""

from __future__ import annotations

import pytest

from knowledge_base.offices.words import words


def test_names_are_filled() -> None:
    assert words("no_kind", text="茶馆") == "没有这个类别：茶馆"


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("nothing")
