"""Material for the knowledge base's unit tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from knowledge_base.entries import Draft

MakeDraft = Callable[..., Draft]


class LetterEmbedder:
    """An embedder whose vectors count letters: the same letters, the same direction."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> Sequence[float]:
        self.asked.append(text)
        counts = np.zeros(64, dtype=np.float32)
        for char in text:
            counts[ord(char) % 64] += 1
        unit: list[float] = (counts / max(float(np.linalg.norm(counts)), 1e-9)).tolist()
        return unit

    def passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [self.query(text) for text in texts]


@pytest.fixture
def embedder() -> LetterEmbedder:
    return LetterEmbedder()


@pytest.fixture
def make_draft() -> MakeDraft:
    def make(id: str = "labour-wages", **fields: Any) -> Draft:  # noqa: A002  Any: a field
        content: dict[str, Any] = {  # Any: a field
            "id": id,
            "intent": "legal_labour",
            "title": "被拖欠工资",
            "question": "老板拖欠工资怎么办？",
            "variants": ["干了三个月没给钱", "工资一直不发", "包工头跑了工钱没结"],
            "answer": "先去劳动监察投诉，也可以申请仲裁。",
            "next_step": "先打 12333",
            "hotlines": ["12333"],
            "detail": "带上考勤记录和转账记录。",
            "citations": [
                {"law": "劳动合同法", "article": "第三十条", "key": "及时足额支付劳动报酬"}
            ],
            "source": "facts §5.1",
            "checked_on": "2026-11-22",
            "status": "published",
        }
        return Draft.model_validate(content | fields)

    return make
