from __future__ import annotations

import pytest

from core.errors import AppError, http_status
from knowledge_base.errors import BadData, CorpusMissing, EmbedderMissing


@pytest.mark.parametrize(
    ("error", "status"), [(CorpusMissing, 503), (EmbedderMissing, 503), (BadData, 422)]
)
def test_each_error_has_its_status(error: type[AppError], status: int) -> None:
    assert http_status(error()) == status
