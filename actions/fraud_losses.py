"""The sheet after the emergency: each transfer, the story; a fraud report, its statement, a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from actions import documents
from actions.base import answer
from actions.forms import moments, rows
from actions.forms.asking import full
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED, Slot
from actions.forms.values import show, told_row
from actions.intake import given, pictures_of, title, with_pictures
from actions.phrases import reply, speaking, words
from actions.receipts import with_page
from core.effects import FileFraudReport, RequestHandoff
from core.fraud_reports import FEN, Account, FraudReport, Transfer
from core.messages import CHINESE
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "fraud_report/loss"
STATEMENT = "document_request/fraud_report"
MORE = "more"
PERSON = frozenset({"who", "phone"})
TOLD = frozenset({"contact", "reported"})
# What a way of paying is called in ``cases/transfers.yml``; wallets are told apart by their bank.
METHODS = {
    "bank": "bank",
    "wechat": "wallet",
    "alipay": "wallet",
    "card": "card",
    "cash": "cash",
    "crypto": "crypto",
}
# More than a form should carry; staff add what is beyond.
MOST = 20
OTHER_SORT = "other"
DIGITS = re.compile(r"\d(?:[\d -]*\d)?")
SHORTEST = 6
# As far back as a transfer is recorded; an older one is told in the story alone.
OLDEST = timedelta(days=3 * 365)


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Go on to one more transfer, or file what was confirmed, with its statement, urgently."""
    desk = Desk(turn=turn, tools=tools, finishes={draft.form.intent: file})
    if _is_odd(rows.rows(draft)[-1]):
        return desk.again(FORM, "theirs", line=words("fraud_loss_odd_account"))
    count = len(rows.rows(draft))
    if draft.how == MORE and count >= MOST:
        return desk.show(draft, line=words("fraud_loss_many", count=count))
    if draft.how == MORE:
        return desk.show(rows.another(draft), line=words("fraud_loss_next"))
    statement = await documents.issue(turn, tools, _statement(draft))
    effects = (
        FileFraudReport(report=_report(turn, tools, draft)),
        *statement.effects,
        RequestHandoff(reason="fraud", urgent=True),
    )
    called = draft.value("reported") == "yes"
    first = words("fraud_loss_call_back" if called else "fraud_loss_call_now")
    receipt = replace(
        reply("fraud_loss_filed", first=first),
        citations=draft.form.citations,
        source="case:{case.reference}",
    )
    # A person comes next: buttons that the bot would have to answer lead nowhere until then.
    papers = (replace(told, quick_replies=()) for told in statement.replies)
    filed = answer(turn, with_page(with_pictures(receipt, draft)), *papers, effects=effects)
    return replace(filed, session=replace(filed.session, acknowledged=False))


def transfers(draft: Draft, now: datetime) -> tuple[Transfer, ...]:
    """Every transfer that has an amount and a time; the others are told in the story alone."""
    sent = (_transfer(draft, row) for row in rows.rows(draft))
    return tuple(t for t in sent if t is not None and now - OLDEST <= t.at <= now)


def _transfer(draft: Draft, row: Mapping[str, str]) -> Transfer | None:
    told = moments.moment(row.get("time", ""))
    amount = int(Decimal(row.get("amount", 0)) * FEN)
    if told is None or amount <= 0:
        return None
    how = row.get("how", "")
    method = METHODS.get(how, "other")
    wallet = _title(draft, how) if method == "wallet" else ""
    theirs = row.get("theirs", "")
    return Transfer(
        amount=amount,
        at=told.at,
        precision=told.precision,
        origin=Account(bank=wallet, account=_account(row.get("mine", ""))),
        target=Account(bank=wallet, account=_account(theirs), holder=row.get("holder", "")),
        method=method,
        serial=row.get("serial", ""),
    )


def _report(turn: Turn, tools: Tools, draft: Draft) -> FraudReport:
    kind = tools.scams.check(draft.slots["story"]).type
    # Staff read Chinese, whatever the citizen was spoken to in.
    with speaking(CHINESE):
        return FraudReport(
            fraud_type=tools.scams.family(kind.key) if kind else OTHER_SORT,
            title=title(draft),
            story=full(draft),
            area=draft.slots["district"],
            person=given(draft, PERSON),
            victim=given(draft, {"victim"}),
            details={name: _shown(draft, name) for name in TOLD if draft.value(name)},
            transfers=transfers(draft, turn.now),
            uploads=pictures_of(draft),
        )


def _statement(draft: Draft) -> Draft:
    """What was told, as the form of the statement keeps it; what it has no word of stays blank."""
    # Those who read the document read Chinese.
    with speaking(CHINESE):
        sent = rows.rows(draft)
        known = {
            "facts": draft.slots["story"],
            "time": _listed(draft, sent, "time"),
            "amount": _sum(sent),
            "mine": _listed(draft, sent, "mine"),
            "theirs": _listed(draft, sent, "theirs", "holder", "serial"),
            "suspect": draft.value("contact"),
            "transfers": _each(draft, sent) if len(sent) > 1 else None,
            "name": _name(draft),
            "phone": draft.value("phone"),
        }
    form = forms()[STATEMENT]
    return Draft.new(form, {slot.name: known.get(slot.name) or SKIPPED for slot in form.slots})


def _name(draft: Draft) -> str | None:
    who, victim = draft.value("who"), draft.value("victim")
    if victim is None:
        return who
    return words("fraud_loss_for", who=who or words("fraud_loss_unnamed"), victim=victim)


def _listed(draft: Draft, sent: tuple[Mapping[str, str], ...], *names: str) -> str:
    told = (told_row(_only(draft, names), row) for row in sent)
    return words("form_separator").join(dict.fromkeys(filter(None, told)))


def _each(draft: Draft, sent: tuple[Mapping[str, str], ...]) -> str:
    slot = rows.slot_of(draft)
    if slot is None:
        raise ValueError("the form keeps no rows")
    return "\n".join(f"{n}. {told_row(slot, row)}" for n, row in enumerate(sent, start=1))


def _only(draft: Draft, names: tuple[str, ...]) -> Slot:
    """The slot of the rows, with some of its columns."""
    slot = rows.slot_of(draft)
    if slot is None:
        raise ValueError("the form keeps no rows")
    return replace(slot, columns=tuple(c for c in slot.columns if c.name in names))


def _sum(sent: tuple[Mapping[str, str], ...]) -> str:
    total = sum((Decimal(row.get("amount", 0)) for row in sent), Decimal(0))
    return f"{total:f}" if total else ""


def _is_odd(row: Mapping[str, str]) -> bool:
    """Whether the account told cannot be one: a single digit over and over, or the sender's own."""
    mine, theirs = _account(row.get("mine", "")), _account(row.get("theirs", ""))
    return theirs.isdigit() and (len(set(theirs)) == 1 or theirs == mine)


def _account(told: str) -> str:
    """The number in what was told of an account, else all of it: names and addresses have none."""
    found = max(DIGITS.findall(told), key=len, default="")
    digits = re.sub(r"[ -]", "", found)
    return digits if len(digits) >= SHORTEST else told


def _title(draft: Draft, how: str) -> str:
    slot = draft.form.slot("how")
    chosen = slot.choice(how) if slot else None
    return chosen.titles[CHINESE] if chosen else ""


def _shown(draft: Draft, name: str) -> str:
    slot = draft.form.slot(name)
    return show(slot, draft.slots[name]) if slot else ""
