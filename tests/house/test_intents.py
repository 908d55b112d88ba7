"""Every intent can be recognised, is answered by something, and is measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from actions.dispatch import ACTIONS
from bot.bootstrap import faq_examples, today
from core.clock import utc_now
from knowledge_base.entries import Status, load_drafts
from nlu.checks import check
from nlu.evaluation import Example, read_examples
from nlu.gate import GATE_FILE
from nlu.text.normalise import fold
from nlu.training import DATA, ROOT, intents, training_examples

FEWEST_EXAMPLES = 40
# Two examples of which three quarters of the pairs of characters are the same teach the model
# what one of them does. Of shorter ones that would forbid what is really said in few ways.
NEARLY_EQUAL = 0.75
SHORTEST_COMPARED = 8
NOT_LETTERS = re.compile(r"[\W_]+")
MEASURED = (GATE_FILE, ROOT / "tests/nlu/held.jsonl", ROOT / "tests/nlu/hard.jsonl")
# What is measured was written without a look at the examples, so set phrases such as 转人工 are in
# both. Longer texts coincide only by copying.
SET_PHRASE = 8
MOST_KNOWN_BEFORE = 0.01


@pytest.fixture(scope="module")
def learned() -> Sequence[Example]:
    """The examples of nlu/data, read once."""
    return training_examples()


@pytest.fixture(scope="module")
def asked_of_entries() -> Sequence[Example]:
    """The questions of the FAQ's entries, which routing learns too."""
    return faq_examples(today(utc_now))


def test_every_intent_has_enough_examples(learned: Sequence[Example]) -> None:
    count = Counter(e.intent for e in learned)

    assert {name: count[name] for name in intents() if count[name] < FEWEST_EXAMPLES} == {}


def test_training_would_find_no_fault(asked_of_entries: Sequence[Example]) -> None:
    check(DATA, known=intents(), extra=asked_of_entries)


def test_no_two_examples_of_an_intent_are_nearly_equal(learned: Sequence[Example]) -> None:
    by_intent: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for example in learned:
        letters = NOT_LETTERS.sub("", fold(example.text))
        if len(letters) >= SHORTEST_COMPARED:
            pairs = frozenset(a + b for a, b in pairwise(letters))
            by_intent.setdefault(example.intent, []).append((example.text, pairs))

    assert [
        (intent, examples[one][0], examples[other][0])
        for intent, examples in by_intent.items()
        for one, other in nearly_equal([pairs for _, pairs in examples])
    ] == []


def nearly_equal(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Places of every two that share as much as is too much."""
    column = {pair: n for n, pair in enumerate(sorted(frozenset().union(*texts)))}
    table = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, pairs in enumerate(texts):
        table[row, [column[pair] for pair in pairs]] = 1
    shared, sizes = table @ table.T, table.sum(axis=1)
    near = shared >= NEARLY_EQUAL * (sizes[:, None] + sizes[None, :] - shared)
    yield from ((int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(near, 1)), strict=True))


def test_nearly_equal_is_three_quarters_of_the_pairs() -> None:
    one = frozenset("abcdefg")
    texts = [one, one | {"h"}, one | {"h", "i", "j"}, frozenset("xyz")]

    assert list(nearly_equal(texts)) == [(0, 1), (1, 2)]


def test_every_intent_is_answered() -> None:
    """By an action of its own, or by entries of the knowledge base."""
    told = {d.intent for d in load_drafts().entries if d.status is Status.PUBLISHED}

    assert intents() - set(ACTIONS) - told == set()


def test_no_action_waits_for_an_intent_that_is_gone() -> None:
    assert set(ACTIONS) - intents() == set()


def test_every_intent_is_measured() -> None:
    measured = {e.intent for e in read_examples(GATE_FILE)}

    assert measured == intents()


@pytest.mark.parametrize("file", MEASURED, ids=lambda file: file.stem)
def test_what_is_measured_was_not_learned(
    file: Path, learned: Sequence[Example], asked_of_entries: Sequence[Example]
) -> None:
    before = {fold(e.text) for e in (*learned, *asked_of_entries)}
    asked = [fold(e.text) for e in read_examples(file)]
    known = [text in before for text in asked if len(text) >= SET_PHRASE]

    # A share, not the lines: whoever reads them could not help writing examples like them.
    share = sum(known) / len(known)
    assert share <= MOST_KNOWN_BEFORE
