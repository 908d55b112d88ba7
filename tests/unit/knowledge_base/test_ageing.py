"""What was right on a fixed day and is not today is a warning, not a fault."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.ageing import grown_old
from knowledge_base.entries import Fault

from .conftest import MakeDraft

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"valid_to": "2026-12-22"}, ["expires_soon"]),
        ({"valid_to": "2026-11-22"}, ["expires_soon"]),
        ({"valid_to": "2026-12-23"}, []),
        ({"valid_to": "2026-11-21"}, []),
        ({"checked_on": "2025-11-22"}, []),
        ({"checked_on": "2025-11-21"}, ["checked_long_ago"]),
    ],
)
def test_what_ages(make_draft: MakeDraft, fields: dict[str, str], codes: list[str]) -> None:
    draft = make_draft(**fields)

    assert [w.code for w in grown_old([("a.yml", draft)], TODAY, then=(), now=())] == codes


def test_only_what_the_fixed_day_did_not_have_is_told() -> None:
    known, new = (Fault(file="a", entry="x", code=c, text="") for c in ("promise", "expired"))

    assert grown_old([], TODAY, then=[known], now=[known, new]) == [new]
