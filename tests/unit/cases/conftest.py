"""Cases made in memory, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.chain import event_digest, founding_digest, ledger_digest
from cases.models import Case, CaseEvent

RECEIVED = datetime(2026, 10, 12, 1, 20, tzinfo=UTC)
COURSE = ("submitted", "registered", "transferred", "accepted", "replied")


@pytest.fixture
def case() -> Case:
    made = Case(
        id="c1",
        reference="XF3205082610120001236",
        code_digest="d" * 64,
        kind="XF",
        sub_kind="claim",
        filed_as="claim",
        state="",
        supervision="none",
        edition=2,
        title_sealed="k1:dGl0bGU=",
        district="320508",
        agency="姑苏区信访部门",
        demo=False,
        last_seq=0,
        created_at=RECEIVED,
    )
    made.head = founding_digest(made)
    return made


@pytest.fixture
def events(case: Case) -> list[CaseEvent]:
    made = []
    for seq, state in enumerate(COURSE, start=1):
        event = CaseEvent(
            id=f"e{seq}",
            case_id=case.id,
            seq=seq,
            at=RECEIVED + timedelta(days=seq),
            actor="officer",
            command=f"to_{state}",
            from_state=case.state,
            to_state=state,
            agency=case.agency,
            public=True,
            text_sealed=f"k1:{seq}",
            author="",
            reason="",
            words_sealed=None,
            ledger=ledger_digest(case, [], []),
            prev_digest=case.head,
        )
        event.digest = event_digest(event)
        case.state, case.head, case.last_seq = state, event.digest, seq
        made.append(event)
    return made
