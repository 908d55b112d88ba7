from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from knowledge_base.bridge import Bridge
from knowledge_base.statutes import Statute, Statutes
from knowledge_base.tokens import weighted_tokens
from knowledge_base.vectors import VectorCache

from .conftest import LetterEmbedder, MakeDraft

LAWS = [("劳动合同法", "第三十条"), ("民法典", "第一千零七十九条"), ("刑法", "第一条")]
STATUTES = Statutes(
    [Statute(law=law, number=n, text="文", chapter="", searched=True) for law, n in LAWS],
    on=date(2026, 11, 22),
)
WAGES = {"law": "劳动合同法", "article": "第三十条", "key": "文"}
MARRIAGE = {"law": "民法典", "article": "1079", "key": "文"}
OUTSIDE = {"law": "信访工作条例", "article": "第一条", "key": "文"}


def bridge(make_draft: MakeDraft) -> Bridge:
    divorce = make_draft(
        "divorce", question="老婆要离婚怎么办", variants=[], citations=[MARRIAGE, OUTSIDE]
    )
    petition = make_draft("petition", question="怎么信访", variants=[], citations=[OUTSIDE])
    return Bridge([make_draft(citations=[WAGES]), divorce, petition], STATUTES)


def test_a_question_leads_to_what_the_likest_entry_cites(make_draft: MakeDraft) -> None:
    scores = bridge(make_draft).by_words(weighted_tokens("工钱包工头没结"))
    assert int(scores.argmax()) == 0
    assert scores[0] > 0.5
    assert scores[2] == 0.0


def test_it_is_by_vector_too_once_it_has_them(
    make_draft: MakeDraft, embedder: LetterEmbedder, tmp_path: Path
) -> None:
    built = bridge(make_draft)
    vector = embedder.query("老婆要离婚怎么办")
    assert not built.has_vectors
    assert not built.by_vector(vector).any()
    cache = VectorCache(tmp_path / "vectors.npz")
    cache.add("query", built.questions, [embedder.query(q) for q in built.questions])

    built.use_vectors(cache)

    assert built.has_vectors
    np.testing.assert_allclose(built.by_vector(vector)[1], 1.0, atol=1e-5)
    assert int(built.by_vector(vector).argmax()) == 1


def test_entries_that_cite_nothing_searched_lead_nowhere(make_draft: MakeDraft) -> None:
    assert "怎么信访" not in bridge(make_draft).questions
    empty = Bridge([], STATUTES)
    assert empty.by_words(weighted_tokens("离婚")).tolist() == [0.0, 0.0, 0.0]
    assert empty.by_vector([1.0, 0.0]).tolist() == [0.0, 0.0, 0.0]
