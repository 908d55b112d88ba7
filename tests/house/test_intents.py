"""Every intent can be recognised, is answered by something, and is measured."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from actions.dispatch import ACTIONS
from bot.bootstrap import faq_examples, today
from core.clock import utc_now
from knowledge_base.entries import Status, load_drafts
from nlu.checks import check
from nlu.evaluation import read_examples
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


def test_every_intent_has_enough_examples() -> None:
    count = Counter(e.intent for e in training_examples())

    assert {name: count[name] for name in intents() if count[name] < FEWEST_EXAMPLES} == {}


def test_training_would_find_no_fault() -> None:
    check(DATA, known=intents(), extra=faq_examples(today(utc_now)))


def test_no_two_examples_of_an_intent_are_nearly_equal() -> None:
    by_intent: dict[str, list[tuple[str, set[str]]]] = {}
    for example in training_examples():
        letters = NOT_LETTERS.sub("", fold(example.text))
        if len(letters) >= SHORTEST_COMPARED:
            pairs = {a + b for a, b in pairwise(letters)}
            by_intent.setdefault(example.intent, []).append((example.text, pairs))

    assert [
        (intent, one, other)
        for intent, examples in by_intent.items()
        for (one, a), (other, b) in combinations(examples, 2)
        if len(a & b) >= NEARLY_EQUAL * len(a | b)
    ] == []


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
def test_what_is_measured_was_not_learned(file: Path) -> None:
    examples = [*training_examples(), *faq_examples(today(utc_now))]
    learned = {fold(e.text) for e in examples}
    asked = [fold(e.text) for e in read_examples(file)]
    known = [text in learned for text in asked if len(text) >= SET_PHRASE]

    # A share, not the lines: whoever reads them could not help writing examples like them.
    share = sum(known) / len(known)
    assert share <= MOST_KNOWN_BEFORE
