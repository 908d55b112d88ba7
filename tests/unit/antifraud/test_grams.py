"""Pieces of a passage, with addresses and digits made alike."""

from __future__ import annotations

import pytest

from antifraud.evidence import Collector
from antifraud.grams import LINK, grams, plain
from antifraud.normal import normalise


@pytest.fixture(scope="module")
def collector() -> Collector:
    return Collector.load()


def test_which_address_and_which_number_is_not_told(collector: Collector) -> None:
    text = plain(collector.collect(normalise("点 a-example.top 付58元")))

    assert text == f"点 {LINK * 13} 付00元"


def test_each_piece_knows_its_place() -> None:
    assert list(grams("转账")) == [(0, "转"), (1, "账"), (0, "转账")]
