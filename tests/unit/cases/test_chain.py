from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from cases import chain
from cases.chain import event_digest, founding_digest, ledger_digest
from cases.errors import BrokenChain
from cases.models import Case, CaseEvent
from tests.unit.cases.conftest import RECEIVED

FIELDS = tuple(inspect(CaseEvent).columns.keys())
FOUNDING = (
    "id", "reference", "code_digest", "kind", "filed_as", "state", "title_sealed", "district",
    "demo", "head", "last_seq", "created_at", "edition", "contact_id", "parent_id", "place_sealed",
    "details_sealed", "latitude", "longitude",
)  # fmt: skip
BESIDE = ("sub_kind", "agency", "supervision", "rating", "rated_at", "merged_into", "closed_at")

# A change is undone after each example, so the fixtures may be shared between examples.
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def verify_chain(case: Case, events: list[CaseEvent]) -> None:
    chain.verify_chain(case, events, ledger_digest(case, [], []))


def altered(field: str, value: Any) -> Any:  # Any: a column's value
    if value is None:
        return RECEIVED if field.endswith("_at") else "x"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return RECEIVED
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    return f"{value}x"


def test_an_untouched_record_holds(case: Case, events: list[CaseEvent]) -> None:
    verify_chain(case, events)


def test_the_zone_a_moment_is_told_in_is_no_change(case: Case, events: list[CaseEvent]) -> None:
    for event in events:
        event.at = event.at.astimezone(timezone(timedelta(hours=8)))

    verify_chain(case, events)


@pytest.mark.parametrize("field", FIELDS)
@shared
@given(at=st.integers(0, 4))
def test_any_changed_field_of_any_event_shows(
    case: Case, events: list[CaseEvent], field: str, at: int
) -> None:
    before = getattr(events[at], field)
    setattr(events[at], field, altered(field, before))
    try:
        with pytest.raises(BrokenChain) as caught:
            verify_chain(case, events)
    finally:
        setattr(events[at], field, before)

    assert caught.value.seq == at + 1


@pytest.mark.parametrize("field", FOUNDING)
def test_a_changed_founding_fact_shows(case: Case, events: list[CaseEvent], field: str) -> None:
    setattr(case, field, altered(field, getattr(case, field)))

    with pytest.raises(BrokenChain):
        verify_chain(case, events)


@pytest.mark.parametrize("field", BESIDE)
def test_a_changed_variable_shows(case: Case, events: list[CaseEvent], field: str) -> None:
    setattr(case, field, altered(field, getattr(case, field)))

    with pytest.raises(BrokenChain):
        verify_chain(case, events)


def test_a_record_of_before_there_were_ledgers_holds(case: Case) -> None:
    """As the first edition wrote it: no ledger, no author, no words."""
    case.edition, case.sub_kind = 1, "another, decided on later"
    case.state, case.last_seq, case.head = "submitted", 1, founding_digest(case)
    event = CaseEvent(
        id="e1", case_id=case.id, seq=1, at=RECEIVED, actor="citizen", command="submit",
        from_state="", to_state="submitted", agency=case.agency, public=True, text_sealed="k1:1",
        prev_digest=case.head, author="", reason="", words_sealed=None, ledger="",
    )  # fmt: skip
    event.digest = case.head = event_digest(event)

    verify_chain(case, [event])
    case.edition = 2
    with pytest.raises(BrokenChain):
        verify_chain(case, [event])


@shared
@given(at=st.integers(0, 4))
def test_a_removed_event_shows(case: Case, events: list[CaseEvent], at: int) -> None:
    with pytest.raises(BrokenChain):
        verify_chain(case, events[:at] + events[at + 1 :])


@shared
@given(order=st.permutations(range(5)))
def test_another_order_shows(case: Case, events: list[CaseEvent], order: list[int]) -> None:
    if order == sorted(order):
        verify_chain(case, events)
        return
    with pytest.raises(BrokenChain):
        verify_chain(case, [events[n] for n in order])


def test_a_forged_event_with_a_right_digest_shows_at_the_next(
    case: Case, events: list[CaseEvent]
) -> None:
    events[1].text_sealed = "k1:forged"
    events[1].digest = event_digest(events[1])

    with pytest.raises(BrokenChain) as caught:
        verify_chain(case, events)

    assert caught.value.seq == 3


def test_an_appended_event_shows(case: Case, events: list[CaseEvent]) -> None:
    last = events[-1]
    extra = CaseEvent(
        id="e6", case_id=case.id, seq=6, at=last.at, actor="officer", command="note",
        from_state=last.to_state, to_state=last.to_state, agency=last.agency, public=True,
        text_sealed="k1:6", prev_digest=last.digest, author="", reason="", words_sealed=None,
        ledger=last.ledger,
    )  # fmt: skip
    extra.digest = event_digest(extra)

    with pytest.raises(BrokenChain):
        verify_chain(case, [*events, extra])
