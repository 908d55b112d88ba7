"""What somebody who was defrauded tells: the story, and each transfer of the money that went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

FEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One end of a transfer: the bank or wallet, the account, whose it is."""

    bank: str = ""
    account: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Money sent: ``amount`` in fen, ``at`` as exact as ``precision`` says (minute, hour, day).

    ``method`` and ``source`` are codes of ``cases/transfers.yml``; ``serial`` is the bank's number of it.
    """

    amount: int
    at: datetime
    precision: str = "minute"
    currency: str = "CNY"
    origin: Account = field(default_factory=Account)
    target: Account = field(default_factory=Account)
    method: str = "other"
    serial: str = ""
    source: str = "memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudReport:
    """What is told of a fraud: its sort, the area, the story, the money.

    ``fraud_type`` is a code of ``cases/kinds/fraud_report.yml``, ``area`` a key of
    ``cases/districts.yml``; a title has at most 40 characters. ``person`` is who tells it, ``victim``
    who was defrauded where that is somebody else, ``details`` what else is known (telephone
    numbers, programs, addresses of the fraudster …), all by field. ``transfers`` may be none.
    ``uploads`` are ids of pictures sent in the conversation.
    """

    fraud_type: str
    title: str
    story: str
    area: str
    person: Mapping[str, str] = field(default_factory=dict)
    victim: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    transfers: tuple[Transfer, ...] = ()
    uploads: tuple[str, ...] = ()
