"""An appointment moved or cancelled: one's own, or by its reference and code."""

from __future__ import annotations

from dataclasses import replace

from actions import legal
from actions.appointment_times import AT, CHANGE, MORE, TIME, is_gone, offered, pick
from actions.appointments import BEGIN, calendar, slot_id
from actions.base import answer, choice
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.spec import SKIPPED
from actions.matters import REFERENCE
from actions.petition import opened, owned
from actions.phrases import reply, spoken, words
from core.appointments import Appointment
from core.case_views import CaseView
from core.effects import CancelAppointment, MoveAppointment
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = CHANGE
KIND = "YY"
CANCEL = "cancel"
MOST_SHOWN = 5


async def change(turn: Turn, tools: Tools) -> Outcome:
    """Ask which appointment and what is to become of it; whoever has none is told how it is done."""
    pressed = choice(turn) or ""
    desk = Desk(turn=turn, tools=tools, finishes={FORM: finish})
    if pressed.startswith(AT):
        return await pick(turn, tools, FORM, pressed.removeprefix(AT))
    if pressed.startswith(MORE):
        return desk.again(FORM, TIME)
    named = pressed if REFERENCE.fullmatch(pressed) else turn.parse.value("case_ref")
    mine = await tools.appointments.mine(turn.contact_id, language=spoken())
    own = [one for one in mine if named is None or one.reference == named.upper()]
    if len(own) == 1 and pressed in {"", BEGIN, own[0].reference}:
        return await _of_own(turn, desk, own[0])
    if named is not None or pressed == BEGIN:
        known = {"case_ref": named.upper()} if named else {}
        return await desk.begin(FORM, known)
    if own:
        return _which(turn, own)
    return _with_code(await legal.ask(turn, tools))


async def finish(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Move or cancel what was confirmed, or say why that cannot be done now."""
    own = await owned(turn, tools, draft.slots["case_ref"])
    found = own or await opened(turn, tools, _with_slots(draft))
    if isinstance(found, Outcome):
        return found
    booked = await tools.appointments.of(found.reference, language=spoken())
    if found.kind != KIND or booked is None:
        return answer(turn, reply("appointment_change_other"))
    if not booked.may_change(turn.now):
        return answer(turn, _too_late(booked))
    code = None if own else draft.value("query_code")
    if draft.slots["what"] == CANCEL:
        return _cancelled(turn, found, code)
    return await _moved(turn, tools, draft, MoveAppointment(
        reference=found.reference, code=code, slot=slot_id(draft)
    ))  # fmt: skip


def _cancelled(turn: Turn, case: CaseView, code: str | None) -> Outcome:
    effect = CancelAppointment(reference=case.reference, code=code)
    done = replace(reply("appointment_cancelled"), source=f"case:{case.reference}")
    return answer(turn, done, effects=[effect])


async def _moved(turn: Turn, tools: Tools, draft: Draft, effect: MoveAppointment) -> Outcome:
    slot = await tools.appointments.slot(effect.slot, language=spoken())
    if slot is None or is_gone(turn, slot):
        desk = Desk(turn=turn, tools=tools, finishes={})
        gone = desk.again(FORM, TIME, line=words("appointment_full"))
        return await offered(turn, tools, gone)
    told = reply("appointment_moved", when=slot.when, place=slot.place)
    source = f"case:{effect.reference}"
    moved = replace(told, attachments=(calendar(),), source=source)
    return answer(turn, moved, effects=[effect])


async def _of_own(turn: Turn, desk: Desk, own: Appointment) -> Outcome:
    if not own.may_change(turn.now):
        return answer(turn, _too_late(own))
    known = {"case_ref": own.reference, "query_code": SKIPPED}
    return await desk.begin(FORM, known)


def _too_late(own: Appointment) -> Reply:
    key = "appointment_change_late" if own.live else "appointment_change_over"
    told = reply(key, when=own.slot.when, place=own.slot.place)
    return replace(told, source=f"case:{own.reference}")


def _which(turn: Turn, own: list[Appointment]) -> Outcome:
    buttons = tuple(
        QuickReply(
            title=f"{one.slot.service_name} {one.slot.when}", payload=f"{FORM}/{one.reference}"
        )
        for one in own[:MOST_SHOWN]
    )
    return answer(turn, Reply(text=words("case_which"), quick_replies=buttons))


def _with_code(told: Outcome) -> Outcome:
    """Today's answer, with a button for whoever holds a reference of ours."""
    if told.session.misses or not told.replies:
        return told
    *others, last = told.replies
    here = QuickReply(title=words("appointment_change_begin"), payload=f"{FORM}/{BEGIN}")
    buttons = (*last.quick_replies, here)
    return replace(told, replies=(*others, replace(last, quick_replies=buttons)))


def _with_slots(draft: Draft) -> Draft:
    # One that was their own when the form began may have been another contact's all along.
    return replace(draft, slots={**draft.slots, "query_code": draft.value("query_code") or ""})
