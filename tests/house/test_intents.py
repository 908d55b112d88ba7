"""Every intent can be recognised, is answered by something, and is measured."""

from __future__ import annotations

from collections import Counter

from actions.dispatch import ACTIONS
from knowledge_base.entries import Status, load_drafts
from nlu.evaluation import read_examples
from nlu.text.normalise import fold
from nlu.training import intents, training_examples
from tests.house.tree import ROOT

FEWEST_EXAMPLES = 12
MEASURED = ROOT / "tests/nlu/dev.jsonl"
# Set phrases such as 你好 stand in both; more than these would be learning the answers.
MOST_KNOWN_BEFORE = 0.03


def test_every_intent_has_enough_examples() -> None:
    count = Counter(e.intent for e in training_examples())

    assert {name: n for name, n in count.items() if n < FEWEST_EXAMPLES} == {}


def test_no_example_is_given_twice() -> None:
    count = Counter(e.text for e in training_examples())

    assert [text for text, n in count.items() if n > 1] == []


def test_every_intent_is_answered() -> None:
    """By an action of its own, or by entries of the knowledge base."""
    told = {d.intent for d in load_drafts().entries if d.status is Status.PUBLISHED}

    assert intents() - set(ACTIONS) - told == set()


def test_no_action_waits_for_an_intent_that_is_gone() -> None:
    assert set(ACTIONS) - intents() == set()


def test_every_intent_is_measured() -> None:
    measured = {e.intent for e in read_examples(MEASURED)}

    assert measured == intents()


def test_what_is_measured_was_not_learned() -> None:
    learned = {fold(e.text) for e in training_examples()}
    asked = [fold(e.text) for e in read_examples(MEASURED)]

    assert sum(text in learned for text in asked) / len(asked) <= MOST_KNOWN_BEFORE
