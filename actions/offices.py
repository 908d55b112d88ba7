"""Where to go: offices of a kind in a district, from the directory that maintainers import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import yaml

from actions import legal
from actions.base import answer, choice
from actions.forms.conduct import Desk
from actions.forms.draft import Draft, let_go
from actions.mentions import mentions, size
from actions.phrases import FOLDER, words
from core.clock import SUZHOU
from core.knowledge import Office, OfficeKind
from core.messages import QuickReply, Reply
from core.ports import Offices, Tools
from core.turns import Outcome, Turn

FORM = "find_office"
CITY = "320500"
# Begins the argument of the button that asks for another district.
IN = "in:"
PLACES = ("district", "town")
# Read so, a question for the place of an office is meant for the directory all the same.
NEAR = frozenset({
    FORM, "notary_info", "hotline", "mediation_info", "mediation_apply", "legal_aid_apply",
    "legal_aid_eligibility", "lawyer_booking", "petition_rules", "pathway", "inform", "followup",
    "out_of_scope",
})  # fmt: skip
# A longer message has a story of its own; “那昆山的呢” has none.
QUESTION, ASKED_ON = 40, 12
# What a phone shows at once.
SHOWN, SCREEN = 3, 230


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is looked for; ``area`` is a key, None where no place was named."""

    kind: OfficeKind
    area: str | None
    day: date


def is_meant(turn: Turn, tools: Tools) -> bool:
    """Whether a message asks for the place of offices that the directory holds."""
    kind = _kind(turn, tools)
    return kind is not None and bool(tools.offices.of_kind(kind.key))


async def find(turn: Turn, tools: Tools) -> Outcome:
    """The offices of the kind and district asked for; without a directory, whom to call."""
    pressed = choice(turn) or ""
    if pressed.startswith(IN):
        kind = tools.offices.kind(pressed.removeprefix(IN))
        return await legal.ask(turn, tools) if kind is None else _ask(turn, tools, kind)
    kind = _kind(turn, tools)
    if kind is None or not tools.offices.of_kind(kind.key):
        return await legal.ask(turn, tools)
    asked = replace(turn, parse=replace(turn.parse, intent=FORM))
    area = _area(turn, tools.offices)
    if area is None and len(tools.offices.of_kind(kind.key)) > SHOWN:
        return _ask(asked, tools, kind)
    return _tell(asked, tools.offices, _Wanted(kind=kind, area=area, day=_today(turn)))


async def show(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """The offices in the district that was asked for."""
    kind = tools.offices.kind(draft.slots.get("kind", ""))
    if kind is None:
        return await legal.ask(turn, tools)
    wanted = _Wanted(kind=kind, area=draft.slots["district"], day=_today(turn))
    return _tell(turn, tools.offices, wanted)


def _kind(turn: Turn, tools: Tools) -> OfficeKind | None:
    """The kind a message asks for: by its words, or by those before where only a place is new."""
    text, intent = turn.parse.text, turn.parse.intent
    if turn.message.payload is not None or intent not in NEAR or size(text) > QUESTION:
        return None
    named = tools.offices.kind_in(text)
    if named is not None:
        return named if intent == FORM or mentions(text, _asking()) else None
    goes_on = turn.session.last_intent == FORM and turn.session.topic is not None
    if goes_on and size(text) <= ASKED_ON and _area(turn, tools.offices) is not None:
        return tools.offices.kind_in(turn.session.topic or "")
    return None


def _ask(turn: Turn, tools: Tools, kind: OfficeKind) -> Outcome:
    desk = Desk(turn=turn, tools=tools, finishes={FORM: show})
    return desk.ask(FORM, {"kind": kind.key})


def _tell(turn: Turn, offices: Offices, wanted: _Wanted) -> Outcome:
    of_kind = offices.of_kind(wanted.kind.key)
    here = [o for o in of_kind if o.area == wanted.area] if wanted.area else list(of_kind)
    city = [o for o in of_kind if o.area == CITY]
    found = here or city
    lines = [] if here else [_none_here(offices, wanted, of_kind)]
    lines += _told(offices, found, wanted.day)
    lines.append(
        words("find_office_first" if found else "find_office_ask", phones=_phones(wanted))
    )
    kind = wanted.kind
    other = QuickReply(title=words("find_office_other"), payload=f"{FORM}/{IN}{kind.key}")
    person = QuickReply(title=words("legal_person"), payload="human_handoff")
    told = Reply(text="\n".join(lines), quick_replies=(other, person), source=f"office:{kind.key}")
    return answer(turn, told, session=replace(let_go(turn.session), entry=None, topic=kind.title))


def _told(offices: Offices, found: Sequence[Office], day: date) -> list[str]:
    """As many offices as a screen holds, those first that somebody vouches for."""
    ordered = sorted(found, key=lambda office: office.valid_until < day)
    told: list[str] = []
    for office in ordered[:SHOWN]:
        entry = _entry(office, offices.area_name(office.area), day)
        if told and sum(map(len, told)) + len(entry) > SCREEN:
            break
        told.append(entry)
    more = len(ordered) - len(told)
    return [*told, words("find_office_more", count=more)] if more else told


def _entry(office: Office, area: str, day: date) -> str:
    lines = [words("find_office_name", name=office.name, area=area)]
    lines.append(words("find_office_address", address=office.address))
    if office.phone:
        lines.append(words("find_office_phone", phone=office.phone))
    if office.hours:
        lines.append(words("find_office_hours", hours=office.hours))
    key = "find_office_expired" if office.valid_until < day else "find_office_confirmed"
    long = words("day_long")
    lines.append(
        words(key, day=long.format(office.confirmed_on), until=long.format(office.valid_until))
    )
    return "\n".join(lines)


def _none_here(offices: Offices, wanted: _Wanted, of_kind: Iterable[Office]) -> str:
    others = dict.fromkeys(offices.area_name(o.area) for o in of_kind if o.area != CITY)
    area = offices.area_name(wanted.area or CITY)
    where = words("phone_separator").join(others)
    key = "find_office_none_here" if where else "find_office_none"
    return words(key, kind=wanted.kind.title, area=area, others=where)


def _phones(wanted: _Wanted) -> str:
    return words("phone_separator").join(
        words("legal_phone_one", number=h.number, name=h.name) for h in wanted.kind.phones
    )


def _area(turn: Turn, offices: Offices) -> str | None:
    """The area of the first district or town that a message names."""
    places = (offices.area_of(e.value) for e in turn.parse.entities if e.name in PLACES)
    return next((area for area in places if area is not None), None)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(SUZHOU).date()


@cache
def _asking() -> tuple[str, ...]:
    document = yaml.safe_load((FOLDER / "office_words.yml").read_text(encoding="utf-8"))
    return tuple(document["asking"])
