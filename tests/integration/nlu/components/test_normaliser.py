"""One spelling is set beside the text, which stays as the citizen wrote it."""

from __future__ import annotations

from nlu.spelling import spelling
from tests.integration.nlu.components.asked import ASKED, DISGUISED, LEARNED
from tests.integration.nlu.components.conftest import Seen


def test_the_text_stays_and_its_spelling_stands_beside_it(seen: Seen) -> None:
    states = [seen["fresh"][text]["normaliser"] for text in ASKED]

    assert [state["text"] for state in states] == ASKED
    assert [state["spelling"] for state in states] == [spelling(text) for text in ASKED]
    assert seen["fresh"][DISGUISED]["normaliser"]["spelling"] == LEARNED


def test_examples_are_spelt_too(seen: Seen) -> None:
    assert len(seen["examples"]) == 48
    for example in seen["examples"]:
        assert example["spelling"] == spelling(example["text"])


def test_a_message_without_text_passes_by(seen: Seen) -> None:
    assert seen["button"]["normaliser"]["spelling"] is None


def test_the_spelling_is_not_put_out(seen: Seen) -> None:
    assert seen["fresh"][LEARNED]["normaliser"]["put_out"] == ["text"]
