from __future__ import annotations

import json
from pathlib import Path

from knowledge_base.entries import load_drafts
from knowledge_base.paraphrases import PARTS, paraphrases, part, worded

from .conftest import MakeDraft

HELD = Path(__file__).parents[2] / "integration" / "knowledge_base" / "faq_held.jsonl"


def test_no_entry_holds_what_the_weights_are_fitted_to() -> None:
    drafts = load_drafts().entries
    texts = [text for texts in paraphrases().values() for text in texts]
    assert set(paraphrases()) == {draft.id for draft in drafts}
    assert set(texts) & {q for draft in drafts for q in draft.questions} == set()
    assert len(set(texts)) == len(texts) >= 5 * len(drafts)


def test_no_paraphrase_is_asked_in_the_evaluation() -> None:
    lines = HELD.read_text(encoding="utf-8").splitlines()
    held = {json.loads(line)["text"] for line in lines if line.strip()}
    assert held & {text for texts in paraphrases().values() for text in texts} == set()


def test_the_search_knows_paraphrases_beside_the_variants(make_draft: MakeDraft) -> None:
    draft = make_draft("rental-deposit-return", variants=["押金要不回来"])
    (known,) = worded([draft])
    assert known.variants == ("押金要不回来", *paraphrases()["rental-deposit-return"])


def test_an_entry_without_paraphrases_stays_as_it_is(make_draft: MakeDraft) -> None:
    draft = make_draft("nowhere")
    assert worded([draft]) == [draft]


def test_every_paraphrase_is_left_out_once(make_draft: MakeDraft) -> None:
    draft = make_draft("rental-deposit-return")
    texts = paraphrases()[draft.id]
    left_out = [
        text
        for number in range(PARTS)
        for text in texts
        if text not in worded([draft], without=number)[0].variants
    ]
    assert sorted(left_out) == sorted(texts)
    assert {part(place) for place in range(PARTS)} == set(range(PARTS))
