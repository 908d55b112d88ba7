"""The examples: enough of them, of every class, with nothing that could belong to anybody."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from antifraud.errors import BadSample
from antifraud.samples import Sample, development_set, read_samples
from antifraud.typology import load_typology

SAMPLES = development_set()
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
CARD = re.compile(r"(?<!\d)\d{15,19}(?!\d)")


def test_enough_of_both_and_of_every_class() -> None:
    labels = Counter(s.label for s in SAMPLES)
    kinds = Counter(s.type for s in SAMPLES if s.is_scam)

    assert min(labels["scam"], labels["normal"]) >= 600
    assert set(kinds) == {kind.key for kind in load_typology().main}
    assert min(kinds.values()) >= 50


def test_no_message_stands_twice_and_each_has_its_scenario() -> None:
    assert len({s.text for s in SAMPLES}) == len(SAMPLES)
    assert all(s.scenario and s.channel for s in SAMPLES)
    assert all(bool(s.type) == s.is_scam and bool(s.topic) != s.is_scam for s in SAMPLES)


def test_every_class_tells_several_stories() -> None:
    stories = {(s.type, s.scenario) for s in SAMPLES if s.is_scam}

    assert min(Counter(kind for kind, _ in stories).values()) >= 10


def test_numbers_belong_to_nobody() -> None:
    numbers = [n for s in SAMPLES for n in (*PHONE.findall(s.text), *CARD.findall(s.text))]

    assert [n for n in numbers if not n.endswith("00000000")] == []


def test_lines_are_read() -> None:
    assert list(read_samples(["", '{"text": "a", "label": "scam", "type": "gov"}'])) == [
        Sample(text="a", label="scam", type="gov")
    ]


def test_a_bad_line_is_named() -> None:
    with pytest.raises(BadSample, match="line 1"):
        list(read_samples(['{"text": "a", "label": "scam", "scenario": 1}']))
