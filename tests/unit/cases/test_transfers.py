"""The money of a fraud report: what cannot have been, what is doubted, where a transfer may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import BadOrder
from cases.models import Case, CaseTransfer
from cases.transfers import (
    RECORDED,
    Trace,
    doubts,
    follow,
    new_transfers,
    opened,
    transfer_table,
    yuan,
)
from core.fraud_reports import Account, Transfer
from tests.conftest import VAULT

AT = datetime(2026, 11, 30, 3, tzinfo=UTC)
SENT = Transfer(
    amount=3_000_000,
    at=AT - timedelta(minutes=20),
    origin=Account(bank="某银行", account="6222020000000000001", holder="周某"),
    target=Account(bank="某银行", account="6222021234567890123", holder="王某"),
    method="mobile",
    serial="2026113000017",
    source="record",
)
LATER = AT + timedelta(hours=48)


def made(case: Case, *sent: Transfer) -> list[CaseTransfer]:
    return new_transfers(VAULT, case, sent or (SENT,), at=AT)


def test_what_was_told_is_kept_sealed_and_opens_again(case: Case) -> None:
    (record,) = made(case)

    assert (record.number, record.amount, record.state) == (1, 3_000_000, RECORDED)
    assert "6222" not in record.ends_sealed
    assert opened(record, VAULT.open(record.ends_sealed)) == SENT
    assert opened(record, None) == replace(SENT, origin=Account(), target=Account(), serial="")


def test_they_are_numbered_on(case: Case) -> None:
    more = new_transfers(VAULT, case, (SENT, SENT), at=AT, after=3)

    assert [t.number for t in more] == [4, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**12 + 1},
        {"at": AT + timedelta(seconds=1)},
        {"at": AT - timedelta(days=3 * 366 + 1)},
        {"method": "pigeon"},
        {"precision": "second"},
        {"source": "dream"},
        {"target": SENT.origin},
        {"target": Account(account="0" * 16)},
    ],
)
def test_what_cannot_have_been_is_refused(case: Case, change: dict[str, object]) -> None:
    with pytest.raises(BadOrder):
        made(case, replace(SENT, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "doubted"),
    [
        ({"target": Account(account="4111111111111112", holder="王某")}, ("card",)),
        ({"target": Account(account="4111111111111111", holder="王某")}, ()),
        ({"target": Account(account="13900000000", holder="王某")}, ()),
        ({"target": Account()}, ("holder", "account")),
        ({"target": Account(account="4111111111111111", holder="王某"), "precision": "day"}, ("time",)),
    ],
)  # fmt: skip
def test_what_is_missing_or_odd_is_only_doubted(
    case: Case, change: dict[str, object], doubted: tuple[str, ...]
) -> None:
    sent = replace(SENT, **change)  # type: ignore[arg-type]

    assert doubts(sent) == doubted
    assert len(made(case, sent)) == 1


def test_the_course_of_money_that_comes_back(case: Case) -> None:
    money = made(case)
    told = [
        follow(money, Trace(number=1, state="stop_requested")),
        follow(money, Trace(number=1, state="stopped", until=LATER)),
        follow(money, Trace(number=1, state="stopped", until=LATER + timedelta(hours=48))),
        follow(money, Trace(number=1, state="frozen", until=LATER + timedelta(days=180))),
        follow(money, Trace(number=1, state="refund_decided")),
        follow(money, Trace(number=1, state="refunded", refunded=2_000_050)),
    ]

    assert told[0] == "第 1 笔 30,000 元：已请求止付。"
    assert told[1] == "第 1 笔 30,000 元：已止付，到 2026-12-02 11:00。"
    assert told[5] == "第 1 笔 30,000 元：已返还 20,000.50 元。"
    assert (money[0].state, money[0].refunded, money[0].until) == ("refunded", 2_000_050, None)


@pytest.mark.parametrize(
    "trace",
    [
        Trace(number=2, state="stop_requested"),
        Trace(number=1, state="stopped", until=LATER),
        Trace(number=1, state="refunded", refunded=1),
        Trace(number=1, state="nonsense"),
        Trace(number=1, state="stop_requested", until=LATER),
        Trace(number=1, state="stop_requested", refunded=1),
    ],
)
def test_a_step_that_leads_nowhere_changes_nothing(case: Case, trace: Trace) -> None:
    money = made(case)

    with pytest.raises(BadOrder):
        follow(money, trace)
    assert (money[0].state, money[0].until, money[0].refunded) == (RECORDED, None, None)


def test_a_stop_says_until_when_and_no_more_comes_back_than_went(case: Case) -> None:
    money = made(case)
    follow(money, Trace(number=1, state="stop_requested"))

    with pytest.raises(BadOrder):
        follow(money, Trace(number=1, state="stopped"))
    money[0].state = "refund_decided"
    for refunded in (None, 0, 3_000_001):
        with pytest.raises(BadOrder):
            follow(money, Trace(number=1, state="refunded", refunded=refunded))


def test_every_state_is_reached_from_the_first_and_only_by_the_table() -> None:
    table = transfer_table()
    reached, frontier = {RECORDED}, {RECORDED}
    while frontier:
        frontier = {to for state in frontier for to in table.moves[state]} - reached
        reached |= frontier

    assert reached == set(table.states) == set(table.moves)
    assert set(table.wants) <= reached


@given(st.lists(st.sampled_from(sorted(transfer_table().states)), max_size=30))
def test_no_walk_leaves_the_table(states: list[str]) -> None:
    table = transfer_table()
    money = [CaseTransfer(number=1, amount=100, state=RECORDED, until=None, refunded=None)]
    for state in states:
        wanted = table.wants.get(state, ())
        until = LATER if "until" in wanted else None
        refunded = 100 if "refunded" in wanted else None
        before = money[0].state
        try:
            follow(money, Trace(number=1, state=state, until=until, refunded=refunded))
        except BadOrder:
            assert state not in table.moves[before]
            assert money[0].state == before
        else:
            assert state in table.moves[before]
            assert (money[0].until is not None) == ("until" in wanted)


@pytest.mark.parametrize(
    ("fen", "told"), [(100, "1"), (350000, "3,500"), (350020, "3,500.20"), (5, "0.05")]
)
def test_an_amount_is_told_in_yuan(fen: int, told: str) -> None:
    assert yuan(fen) == told
