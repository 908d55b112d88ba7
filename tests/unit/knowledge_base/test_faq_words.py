"""The sentences of the import, and a name for each stage."""

from __future__ import annotations

from knowledge_base.entries import Status
from knowledge_base.faq_words import faq_words, fault, refused


def test_every_stage_has_a_name_of_its_own() -> None:
    names = faq_words().statuses

    assert set(names) == set(Status)
    assert len(set(names.values())) == len(names)


def test_a_fault_without_a_sentence_gets_a_general_one() -> None:
    assert fault("no_intent", text="legal_x") == "没有这个意图：legal_x"
    assert fault("something_of_pydantic", text="7") == "不对：7"


def test_an_error_says_its_sentence() -> None:
    assert "3 处读不出来" in str(refused("folder_faulty", count=3))
