"""The money of a fraud report: each transfer by itself, checked, kept sealed, followed step by step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stdnum import luhn

from cases.errors import BadOrder
from cases.models import Case, CaseTransfer
from core.clock import SUZHOU
from core.fraud_reports import FEN, Account, Transfer
from db.base import new_id
from db.encryption import Vault

TABLE = Path(__file__).with_name("transfers.yml")
MOST = 10**10 * FEN
OLDEST = timedelta(days=3 * 366)
CARD = range(16, 20)
RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What became of a transfer, by its number: a state, until when it holds, what was paid back in fen."""

    number: int
    state: str
    until: datetime | None = None
    refunded: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyWords:
    """What people are told of a transfer: a name for each state, and the sentence around it."""

    states: Mapping[str, str]
    traced: str
    until: str
    refunded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTable(MoneyWords):
    """The states a transfer can be in, where each leads, and the codes of its fields."""

    moves: Mapping[str, tuple[str, ...]]
    wants: Mapping[str, tuple[str, ...]]
    methods: Mapping[str, str]
    precisions: Mapping[str, str]
    sources: Mapping[str, str]


@cache
def transfer_table() -> TransferTable:
    """The packaged table."""
    raw = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return TypeAdapter(TransferTable).validate_python(raw)


def new_transfers(
    box: Vault, case: Case, sent: Sequence[Transfer], *, at: datetime, after: int = 0
) -> list[CaseTransfer]:
    """Records of transfers, numbered from ``after`` on; raises ``BadOrder`` for what cannot be."""
    for transfer in sent:
        _check(transfer, at)
    return [
        CaseTransfer(
            id=new_id(),
            case_id=case.id,
            number=number,
            amount=transfer.amount,
            currency=transfer.currency,
            at=transfer.at,
            precision=transfer.precision,
            method=transfer.method,
            source=transfer.source,
            ends_sealed=box.seal(_ends(transfer)),
            state=RECORDED,
            created_at=at,
        )
        for number, transfer in enumerate(sent, start=after + 1)
    ]


def follow(transfers: Sequence[CaseTransfer], trace: Trace) -> str:
    """Move a transfer on; gives what is told of it. Raises ``BadOrder`` where it cannot be so."""
    table = transfer_table()
    found = next((t for t in transfers if t.number == trace.number), None)
    if found is None:
        raise BadOrder("the case has no transfer of that number")
    if trace.state not in table.moves[found.state]:
        raise BadOrder(
            f"from {found.state} a transfer goes to: {', '.join(table.moves[found.state])}"
        )
    wanted = table.wants.get(trace.state, ())
    given = {"until": trace.until, "refunded": trace.refunded}
    for name, value in given.items():
        if (value is not None) != (name in wanted):
            raise BadOrder(f"{trace.state} wants {', '.join(wanted) or 'nothing more'}")
    if trace.refunded is not None and not 0 < trace.refunded <= found.amount:
        raise BadOrder("more than was sent cannot be paid back")
    found.state, found.until = trace.state, trace.until
    found.refunded = trace.refunded if trace.refunded is not None else found.refunded
    return standing(found, table)


def doubts(transfer: Transfer) -> tuple[str, ...]:
    """What is still to be asked for or looked at again; none of it keeps a report from being filed.

    ``holder``, ``account`` and ``time`` are missing of what a bank compares; ``card`` is a number
    that is not a card's (payment accounts and some old cards are not either).
    """
    missing = {
        "holder": not transfer.target.holder,
        "account": not transfer.target.account,
        "time": transfer.precision != "minute",
    }
    digits = transfer.target.account
    is_card = digits.isascii() and digits.isdigit() and len(digits) in CARD
    odd = ("card",) if is_card and not luhn.is_valid(digits) else ()
    return (*(name for name, lacks in missing.items() if lacks), *odd)


def opened(transfer: CaseTransfer, sealed: str | None) -> Transfer:
    """A record as it was told; without its ends where they were erased (``sealed`` is None)."""
    ends = json.loads(sealed) if sealed else {}
    return Transfer(
        amount=transfer.amount,
        at=transfer.at,
        precision=transfer.precision,
        currency=transfer.currency,
        origin=Account(**ends.get("origin", {})),
        target=Account(**ends.get("target", {})),
        method=transfer.method,
        serial=ends.get("serial", ""),
        source=transfer.source,
    )


async def transfers_of(session: AsyncSession, *cases: Case) -> Sequence[CaseTransfer]:
    """Every transfer of these cases, each one's in the order they were told."""
    query = (
        select(CaseTransfer)
        .where(CaseTransfer.case_id.in_([case.id for case in cases]))
        .order_by(CaseTransfer.case_id, CaseTransfer.number)
    )
    return (await session.scalars(query)).all()


def standing(transfer: CaseTransfer, words: MoneyWords) -> str:
    """How a transfer stands, in one sentence: its state, until when that holds, what was paid back."""
    until = transfer.until.astimezone(SUZHOU) if transfer.until else None
    paid = transfer.refunded if transfer.state == "refunded" else None
    return words.traced.format(
        number=transfer.number,
        amount=yuan(transfer.amount),
        state=words.states[transfer.state],
        until=words.until.format(moment=f"{until:%Y-%m-%d %H:%M}") if until else "",
        refunded=words.refunded.format(amount=yuan(paid)) if paid else "",
    )


def yuan(fen: int) -> str:
    """An amount for people: 3,500 or 3,500.20."""
    whole, rest = divmod(fen, FEN)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"


def _check(transfer: Transfer, now: datetime) -> None:
    table = transfer_table()
    codes = {
        "method": (transfer.method, table.methods),
        "precision": (transfer.precision, table.precisions),
        "source": (transfer.source, table.sources),
    }
    for name, (code, known) in codes.items():
        if code not in known:
            raise BadOrder(f"no such {name}; there are {', '.join(known)}")
    if not 0 < transfer.amount <= MOST:
        raise BadOrder("an amount is more than nothing")
    if not now - OLDEST <= transfer.at <= now:
        raise BadOrder("a transfer lies in the past, and not more than three years ago")
    accounts = transfer.origin.account, transfer.target.account
    if accounts[0] and accounts[0] == accounts[1]:
        raise BadOrder("money is not sent to the account it comes from")
    for account in accounts:
        if account.isdigit() and len(set(account)) == 1:
            raise BadOrder("an account is not one digit over and over")


def _ends(transfer: Transfer) -> str:
    ends = {
        "origin": {
            "bank": transfer.origin.bank,
            "account": transfer.origin.account,
            "holder": transfer.origin.holder,
        },
        "target": {
            "bank": transfer.target.bank,
            "account": transfer.target.account,
            "holder": transfer.target.holder,
        },
        "serial": transfer.serial,
    }
    return json.dumps(ends, ensure_ascii=False)
