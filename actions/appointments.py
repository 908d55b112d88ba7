"""An appointment: a time to choose, what it is about, and the receipt with its calendar file."""

from __future__ import annotations

from dataclasses import replace

from actions import appointment_times, appointment_waiting, legal
from actions.appointment_times import TIME, by_asking, is_gone, kept_from, offered, pick
from actions.appointment_waiting import none_left
from actions.base import Action, answer, choice
from actions.forms.asking import full
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.intake import given
from actions.phrases import reply, speaking, spoken, words
from core.appointments import SERVICES
from core.effects import BookAppointment
from core.messages import CHINESE, Attachment, QuickReply
from core.ports import Tools
from core.turns import Outcome, Turn

BEGIN = "start"
PERSON = frozenset({"who", "phone"})
MIME = "text/calendar"


def begin(intent: str) -> Action:
    """The action of one of ``SERVICES``: a plain wish is asked which time, a question answered.

    The answer stays what it is; where times are free, a button to them stands beside it.
    """

    async def act(turn: Turn, tools: Tools) -> Outcome:
        pressed = choice(turn) or ""
        if (done := await _pressed(turn, tools, intent, pressed)) is not None:
            return done
        desk = Desk(turn=turn, tools=tools, finishes={intent: file})
        free = await tools.appointments.free(SERVICES[intent], holder=turn.contact_id)
        said = turn.message.payload is None and forms()[intent].opens(turn.parse.text, intent)
        if (said or pressed == BEGIN) and free:
            return await by_asking(turn, tools, SERVICES[intent]) or await desk.begin(intent)
        told = await legal.ask(turn, tools)
        # Where no time was ever put up, the answer stands alone.
        if pressed == BEGIN or (said and await tools.appointments.full(SERVICES[intent])):
            return replace(told, replies=(await none_left(tools, intent), *told.replies))
        return _with_times(told, intent) if free else told

    return act


async def _pressed(turn: Turn, tools: Tools, intent: str, pressed: str) -> Outcome | None:
    """What a button under a list of times or of full places does; None for any other."""
    what, _, which = pressed.partition(":")
    match f"{what}:":
        case appointment_times.AT:
            return await pick(turn, tools, intent, which)
        case appointment_times.MORE:
            return Desk(turn=turn, tools=tools, finishes={intent: file}).again(intent, TIME)
        case appointment_waiting.FULL:
            return await appointment_waiting.shown(turn, tools, intent)
        case appointment_waiting.WAIT:
            return await _wait(turn, tools, intent, which)
        case appointment_waiting.LEAVE:
            return appointment_waiting.left(turn, intent, which)
        case _:
            return None


async def _wait(turn: Turn, tools: Tools, intent: str, which: str) -> Outcome:
    """Put them on the list, unless they have an appointment or a seat is free right now."""
    slot = await tools.appointments.slot(which, holder=turn.contact_id, language=spoken())
    if slot is None:
        return await appointment_waiting.shown(turn, tools, intent)
    if (kept := await kept_from(turn, tools, slot)) is not None:
        return kept
    if not is_gone(turn, slot):
        return await pick(turn, tools, intent, which)
    return appointment_waiting.joined(turn, intent, slot)


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Book what was confirmed; a time that was taken meanwhile is said to be, and others offered."""
    intent = draft.form.intent
    slot = await tools.appointments.slot(slot_id(draft), holder=turn.contact_id, language=spoken())
    if slot is not None and (told := await kept_from(turn, tools, slot)) is not None:
        return told
    if slot is None or is_gone(turn, slot):
        desk = Desk(turn=turn, tools=tools, finishes={})
        gone = desk.again(intent, TIME, line=words("appointment_full"))
        return await offered(turn, tools, gone)
    # Those who keep the time read Chinese, whatever the citizen was spoken to in.
    with speaking(CHINESE):
        text = full(draft)
    booked = BookAppointment(
        slot=slot.id,
        text=text,
        person=given(draft, PERSON),
        details=given(draft, draft.slots.keys() - PERSON - {TIME}),
    )
    receipt = reply(
        "appointment_booked",
        demo=words("petition_demo") if slot.demo else "",
        when=slot.when,
        place=slot.place,
        bring=words("appointment_bring", bring=slot.bring) if slot.bring else "",
    )
    kept = replace(receipt, attachments=(calendar(),), source="case:{case.reference}")
    return answer(turn, kept, effects=[booked])


def slot_id(draft: Draft) -> str:
    """The id of the time that was chosen."""
    return draft.slots.get(TIME, "").partition(" ")[0]


def calendar() -> Attachment:
    """The calendar file, whose link is filled in once it is kept."""
    caption = words("appointment_calendar")
    return Attachment(kind="file", url="{document.ics}", mime=MIME, caption=caption)


def _with_times(told: Outcome, intent: str) -> Outcome:
    """The answer with a button to the free times; one that only asks back stays as it is."""
    if told.session.misses or not told.replies:
        return told
    *others, last = told.replies
    here = QuickReply(title=words("appointment_begin"), payload=f"{intent}/{BEGIN}")
    return replace(
        told, replies=(*others, replace(last, quick_replies=(here, *last.quick_replies)))
    )
