"""Effects, carried out inside the commit of the turn that decided them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.moments import told_moment, told_wait
from actions.phrases import speaking, words
from alerts import subscriptions
from antifraud import reports
from bot.appointing import carry_out, keep_place
from bot.gridding import bind_or_report
from bot.waits import expected_wait
from bot.warning import count_or_subscribe, report_or_appeal
from cases import uploads
from cases.appointments.holding import leave
from cases.attachments import room_in
from cases.attempts import count_failure
from cases.citizens import REVIEW, due_of, reach, take
from cases.erasing import erase_closed
from cases.filing import Receipt, Told, file_case
from cases.fraud_reports import Source, file_fraud_report
from cases.kinds.machine import Actor
from cases.orders import Order
from cases.references import page_of
from conversations.privacy import erase_words
from conversations.threads import Snapshot
from core.appointments import INTENT_OF
from core.effects import (
    AddToCase,
    AppealThings,
    AskReview,
    AwaitSeat,
    BindGrid,
    BookAppointment,
    CancelAppointment,
    CaseStepTaken,
    CountFailedLookup,
    CountFraud,
    Effect,
    EraseMe,
    FileCase,
    FileFraudReport,
    HoldSeat,
    IssueDocument,
    LeaveList,
    LeaveQueue,
    MoveAppointment,
    RateCase,
    ReopenCase,
    ReportGrid,
    ReportThings,
    RequestHandoff,
    SeatWish,
    SubscribeAlerts,
    UnsubscribeAlerts,
    UrgeCase,
    WithdrawCase,
)
from core.messages import Reply
from db.encryption import Vault
from documents import issuing
from documents.links import link_to
from handoff import queue
from handoff.queue import Ticket

COMMANDS: dict[type[CaseStepTaken], str] = {
    UrgeCase: "urge",
    RateCase: "rate",
    WithdrawCase: "withdraw",
    ReopenCase: "reopen",
    AddToCase: "supplement",
    AskReview: REVIEW,
    CancelAppointment: "cancel",
}

Kept = (
    FileCase
    | FileFraudReport
    | IssueDocument
    | BookAppointment
    | MoveAppointment
    | SeatWish
    | BindGrid
    | ReportGrid
    | CaseStepTaken
)
Fills = dict[str, str | date | timedelta]
"""What replies may now say: ``{ticket.label}`` → R-0417; a day is told in the reply's language, as is a wait."""


async def apply(
    session: AsyncSession,
    vault: Vault,
    seen: Snapshot,
    effects: Sequence[Effect],
    *,
    now: datetime,
) -> Fills:
    """Carry the effects out in order; gives the values that replies wait for."""
    fills: Fills = {}
    for effect in effects:
        match effect:
            case RequestHandoff():
                ticket = await queue.enter(session, seen.conversation_id, effect, now=now)
                wait = await expected_wait(session, ticket.ahead, now=now)
                fills |= _place(ticket, wait)
            case LeaveQueue():
                await queue.leave(session, seen.conversation_id, now=now)
            case CountFailedLookup(reference=reference):
                await count_failure(
                    session, vault, reference=reference, contact_id=seen.contact_id, now=now
                )
            case CountFraud() | SubscribeAlerts() | UnsubscribeAlerts():
                await count_or_subscribe(session, seen, effect, now=now)
            case ReportThings() | AppealThings():
                await report_or_appeal(session, vault, seen, effect, now=now)
            case EraseMe():
                await _erase(session, vault, seen, now=now)
            case kept:
                fills |= await _keep(session, vault, seen, kept, now=now)
    return fills


def fill(reply: Reply, fills: Fills) -> Reply:
    """The reply with its waiting places filled: text, source and the links of attachments."""
    text, source = reply.text, reply.source
    with speaking(reply.language):
        told = {place: _worded(value) for place, value in fills.items()}
    for place, value in told.items():
        text, source = text.replace(place, value), source and source.replace(place, value)
    attachments = tuple(
        replace(a, url=told[a.url]) if a.url in told else a for a in reply.attachments
    )
    same = (text, source, attachments) == (reply.text, reply.source, reply.attachments)
    return reply if same else replace(reply, text=text, source=source, attachments=attachments)


def _worded(value: str | date | timedelta) -> str:
    match value:
        case str():
            return value
        case timedelta():
            return told_wait(value)
        case datetime():
            return told_moment(value)
        case day:
            return words("day_long").format(day)


def _place(ticket: Ticket, wait: timedelta | None) -> Fills:
    place: Fills = {
        "{ticket.label}": ticket.label,
        "{ticket.ahead}": str(ticket.ahead),
        "{ticket.wait}": "" if wait is None else wait,
    }
    return place | ({"{ticket.by}": ticket.answer_by} if ticket.answer_by else {})


async def _keep(
    session: AsyncSession, vault: Vault, seen: Snapshot, effect: Kept, *, now: datetime
) -> Fills:
    """What is written down for the citizen, with what its receipt says."""
    match effect:
        case FileCase():
            return await _file(session, vault, seen, effect, now=now)
        case FileFraudReport(report=report):
            source = Source(
                at=now, contact_id=seen.contact_id, conversation_id=seen.conversation_id
            )
            receipt = await file_fraud_report(session, vault, report, source)
            return _receipt(receipt, report.uploads)
        case IssueDocument():
            return await _issue(session, vault, seen, effect, now=now)
        case BookAppointment() | MoveAppointment():
            return {**await carry_out(session, vault, seen, effect, now=now)}
        case HoldSeat() | AwaitSeat() | LeaveList():
            await keep_place(session, seen, effect, now=now)
            return {}
        case BindGrid() | ReportGrid():
            return {**await bind_or_report(session, vault, seen, effect, now=now)}
        case step:
            return await _step(session, vault, seen, step, now=now)


async def _erase(session: AsyncSession, vault: Vault, seen: Snapshot, *, now: datetime) -> None:
    await queue.leave(session, seen.conversation_id, now=now)
    await issuing.forget(session, seen.conversation_id)
    await reports.forget(session, vault, seen.contact_id)
    await subscriptions.forget(session, seen.conversation_id)
    await uploads.forget(session, seen.conversation_id, now=now)
    await leave(session, seen.contact_id, tuple(INTENT_OF))
    await erase_closed(session, seen.contact_id, now=now)
    await erase_words(session, seen.conversation_id)


async def _file(
    session: AsyncSession, vault: Vault, seen: Snapshot, filed: FileCase, *, now: datetime
) -> Fills:
    told = Told(
        kind=filed.kind,
        sub_kind=filed.sub_kind,
        title=filed.title,
        text=filed.text,
        area=filed.area,
        place=filed.place,
        person=filed.person,
        details=filed.details,
        uploads=filed.uploads,
        contact_id=seen.contact_id,
        conversation_id=seen.conversation_id,
        at=now,
    )
    return _receipt(await file_case(session, vault, told), filed.uploads)


def _receipt(receipt: Receipt, pictures: Sequence[str]) -> Fills:
    """What a receipt says; of ``pictures`` that were sent along, how many the case has."""
    fills: Fills = {
        "{case.reference}": receipt.reference,
        "{case.code}": receipt.code,
        "{case.page}": page_of(receipt.reference),
    }
    fills |= {"{case.pictures}": str(receipt.pictures)} if pictures else {}
    return fills | ({"{case.due}": receipt.due} if receipt.due else {})


async def _step(
    session: AsyncSession, vault: Vault, seen: Snapshot, step: CaseStepTaken, *, now: datetime
) -> Fills:
    case = await reach(session, vault, step.reference, contact_id=seen.contact_id, code=step.code)
    wanted = step.uploads if isinstance(step, AddToCase) else ()
    # More than a case holds are left where they are.
    fitting = wanted[: await room_in(session, case)] if wanted else ()
    files = await uploads.claim(session, vault, seen.conversation_id, fitting, now=now)
    order = Order(
        command=COMMANDS[type(step)],
        actor=Actor.CITIZEN,
        at=max(now, case.updated_at),
        words=step.words,
        score=step.score if isinstance(step, RateCase) else None,
        files=files,
    )
    event = await take(session, vault, case, order)
    due = await due_of(session, case, event)
    fills: Fills = {"{case.reference}": case.reference}
    fills |= {"{case.pictures}": str(len(files))} if wanted else {}
    return fills | ({"{case.due}": due} if due else {})


async def _issue(
    session: AsyncSession, vault: Vault, seen: Snapshot, wanted: IssueDocument, *, now: datetime
) -> Fills:
    filled = issuing.Filled(kind=wanted.kind, values=wanted.values, slots=wanted.slots)
    order = issuing.Order(conversation_id=seen.conversation_id, formats=wanted.formats, at=now)
    tokens = await issuing.issue(session, vault, filled, order)
    return {f"{{document.{name}}}": link_to(token) for name, token in tokens.items()}
