"""One checker for all tests of this room: it is immutable."""

from __future__ import annotations

import pytest

from antifraud.checker import Checker


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker.load()
