"""The weights, read once."""

from __future__ import annotations

import pytest

from encoder.weights import Weights, packed_file


@pytest.fixture(scope="session")
def weights() -> Weights:
    return Weights(packed_file())
