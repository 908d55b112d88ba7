"""Free times as buttons, wherever a form asks for one: only a look at the table tells which are free.

What is typed (“周二下午”, “昆山的”) narrows them; where one is left it is taken for chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import yaml

from actions.appointment_waiting import none_left, to_the_list
from actions.base import answer, choice
from actions.forms.asking import NUMBERS
from actions.forms.conduct import Desk
from actions.forms.dates import DATE
from actions.forms.draft import draft_of, let_go
from actions.mentions import mentions
from actions.petition import opened, owned
from actions.phrases import FOLDER, reply, spoken, words
from core.appointments import SERVICES, TimeSlot
from core.clock import SUZHOU
from core.effects import HoldSeat
from core.messages import QuickReply
from core.ports import Tools
from core.turns import Outcome, Session, Turn

TIME = "time"
CHANGE = "appointment_change"
# Begin the arguments of the buttons: a slot's id, the number of a page.
AT, MORE = "at:", "more:"
SHOWN = 4
FORMS = frozenset({*SERVICES, CHANGE})
PLACES = ("district", "town")
CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})(?!\d)")
NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrowed:
    """The times that fit what was said; ``said`` is whether anything was."""

    slots: Sequence[TimeSlot]
    said: bool


async def offered(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    """The outcome with the free times, if its form asks for one now."""
    outcome = _asked_again(turn, tools, outcome)
    form = _asks_time(outcome)
    if form is None:
        return outcome
    services = await _services(turn, tools, outcome.session)
    if isinstance(services, Outcome):
        return services
    holder = "" if form == CHANGE else turn.contact_id
    free = await tools.appointments.free(services, holder=holder, language=spoken())
    if not free:
        none = reply("appointment_none") if form == CHANGE else await none_left(tools, form)
        return answer(turn, none, session=let_go(outcome.session))
    narrowed = _narrowed(turn, tools, free)
    if narrowed.said and len(narrowed.slots) == 1:
        held = replace(turn, session=outcome.session)
        return await pick(held, tools, form, narrowed.slots[0].id)
    beside = await to_the_list(tools, form)
    return _listed(turn, outcome, narrowed if narrowed.said else _all(free), beside)


async def pick(turn: Turn, tools: Tools, form: str, slot_id: str) -> Outcome:
    """Go on with a time, kept for them meanwhile; one that is gone is said to be, and others offered.

    Whoever moves an appointment has a place already: none is kept for them.
    """
    desk = Desk(turn=turn, tools=tools, finishes={})
    holder = "" if form == CHANGE else turn.contact_id
    slot = await tools.appointments.slot(slot_id, holder=holder, language=spoken())
    if slot is None or is_gone(turn, slot):
        return await offered(turn, tools, desk.again(form, TIME, line=words("appointment_full")))
    if form != CHANGE and (own := await kept_from(turn, tools, slot)) is not None:
        return own
    told = words("appointment_at", when=slot.when, place=slot.place)
    if form == CHANGE:
        line = words("appointment_picked", time=told)
        return await desk.fill(form, {TIME: f"{slot.id} {told}"}, line=line)
    line = words("appointment_held", time=told)
    filled = await desk.fill(form, {TIME: f"{slot.id} {told}"}, line=line)
    return replace(filled, effects=(*filled.effects, HoldSeat(slot=slot.id)))


async def kept_from(turn: Turn, tools: Tools, slot: TimeSlot) -> Outcome | None:
    """What is said to whoever cannot book this service by themselves now; None to everybody else.

    They have an appointment of it already, or were missed twice and have to ask a person.
    """
    if (asking := await by_asking(turn, tools, [slot.service])) is not None:
        return asking
    mine = await tools.appointments.mine(turn.contact_id, language=spoken())
    own = next((one for one in mine if one.slot.service == slot.service), None)
    if own is None:
        return None
    told = reply(
        "appointment_already",
        service=own.slot.service_name,
        when=own.slot.when,
        place=own.slot.place,
        reference=own.reference,
    )
    change = QuickReply(title=words("case_act_appointment"), payload=f"{CHANGE}/{own.reference}")
    source = f"case:{own.reference}"
    return answer(turn, replace(told, quick_replies=(change,), source=source))


async def by_asking(turn: Turn, tools: Tools, services: Sequence[str]) -> Outcome | None:
    """What is said to whoever was missed twice lately: a person books for them."""
    until = await tools.appointments.by_asking_until(turn.contact_id, services)
    if until is None:
        return None
    told = reply("appointment_by_asking", until=words("day_long").format(until))
    return answer(turn, told, session=let_go(turn.session))


def is_gone(turn: Turn, slot: TimeSlot) -> bool:
    """Whether nobody can book it any more."""
    return not slot.left or slot.starts_at <= turn.now


def _asked_again(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    """A day that was named is no time yet: the form asks for one, of that day."""
    session = outcome.session
    if session.form not in FORMS or not DATE.fullmatch(session.slots.get(TIME, "")):
        return outcome
    desk = Desk(turn=replace(turn, session=session), tools=tools, finishes={})
    return desk.again(session.form, TIME)


def _asks_time(outcome: Outcome) -> str | None:
    """The form that asks for a time in this outcome, if one does."""
    session = outcome.session
    listening = session.requested_slot == TIME and session.pause is None and outcome.replies
    # What was offered already stands there; it is not offered twice.
    source = outcome.replies[-1].source if outcome.replies else None
    known = session.form in FORMS and source != _source(session.form or "")
    return session.form if listening and known else None


async def _services(turn: Turn, tools: Tools, session: Session) -> tuple[str, ...] | Outcome:
    """What may be chosen from; of an appointment that is changed only its own kind.

    Another's is told only to whoever holds its code.
    """
    draft = draft_of(session)
    if session.form != CHANGE or draft is None:
        return SERVICES[session.form or ""]
    reference = draft.slots["case_ref"]
    if await owned(turn, tools, reference) is None:
        found = await opened(turn, tools, draft)
        if isinstance(found, Outcome):
            return found
    booked = await tools.appointments.of(reference)
    return (booked.slot.service,) if booked else ()


def _all(free: Sequence[TimeSlot]) -> _Narrowed:
    return _Narrowed(slots=free, said=False)


def _narrowed(turn: Turn, tools: Tools, free: Sequence[TimeSlot]) -> _Narrowed:
    """The free times of the places, days and hours that a typed message names."""
    text, parse = turn.parse.text, turn.parse
    if not text:
        return _all(free)
    areas = {tools.offices.area_of(e.value) for e in parse.entities if e.name in PLACES} - {None}
    days = [e.value for e in parse.entities if e.name == "date" and DATE.fullmatch(e.value)]
    clocks = {(int(hour), int(minute)) for hour, minute in CLOCK.findall(text)}
    halves = [half for half, names in _halves().items() if mentions(text, names)]
    said: list[Callable[[TimeSlot], bool]] = []
    if areas:
        said.append(lambda slot: slot.area in areas)
    if days:
        said.append(lambda slot: _local(slot).date().isoformat().startswith(tuple(days)))
    if clocks:
        said.append(lambda slot: (_local(slot).hour, _local(slot).minute) in clocks)
    if halves:
        said.append(lambda slot: _half(slot) in halves)
    found = [slot for slot in free if all(fits(slot) for fits in said)]
    return _Narrowed(slots=found, said=bool(said))


def _listed(
    turn: Turn, outcome: Outcome, narrowed: _Narrowed, beside: tuple[QuickReply, ...]
) -> Outcome:
    """The question with a page of times under it, one button each, and the buttons ``beside``."""
    *others, asked = outcome.replies
    form = outcome.session.form or ""
    page = _page(turn)
    shown = narrowed.slots[page * SHOWN : (page + 1) * SHOWN] or narrowed.slots[:SHOWN]
    lines = [
        words(
            "appointment_option",
            number=number,
            when=slot.when,
            place=slot.place,
            service=slot.service_name,
        )
        for number, slot in zip(NUMBERS, shown, strict=False)
    ]
    if narrowed.said:
        key = "appointment_fitting" if narrowed.slots else "appointment_none_fitting"
        lines.insert(0, words(key))
    buttons = [
        QuickReply(title=f"{number} {slot.when}", payload=f"{form}/{AT}{slot.id}")
        for number, slot in zip(NUMBERS, shown, strict=False)
    ]
    if len(narrowed.slots) > (page + 1) * SHOWN or not narrowed.slots:
        ahead = page + 1 if narrowed.slots else 0
        buttons.append(
            QuickReply(title=words("appointment_more"), payload=f"{form}/{MORE}{ahead}")
        )
    text = "\n".join([asked.text, *lines])
    told = replace(
        asked,
        text=text,
        quick_replies=(*buttons, *beside, *asked.quick_replies),
        source=_source(form),
    )
    # Who named a day has answered, though none was free then.
    session = replace(outcome.session, misses=0) if narrowed.said else outcome.session
    return replace(outcome, replies=(*others, told), session=session)


def _page(turn: Turn) -> int:
    pressed = choice(turn) or ""
    number = pressed.removeprefix(MORE)
    return int(number) if pressed.startswith(MORE) and number.isdecimal() else 0


def _source(form: str) -> str:
    return f"slots:{form}"


def _half(slot: TimeSlot) -> str:
    return "morning" if _local(slot).hour < NOON else "afternoon"


def _local(slot: TimeSlot) -> datetime:
    return slot.starts_at.astimezone(SUZHOU)


@cache
def _halves() -> dict[str, tuple[str, ...]]:
    document = yaml.safe_load((FOLDER / "day_halves.yml").read_text(encoding="utf-8"))
    return {half: tuple(names) for half, names in document.items()}
