"""Where a petition stands: reference and query code, then the timeline and the deadline."""

from __future__ import annotations

from dataclasses import replace

from actions import legal
from actions.base import answer, choice, say
from actions.phrases import phrases, reply, words
from core.clock import SUZHOU
from core.effects import CountFailedLookup
from core.knowledge import CaseLookup, CaseStep, CaseView, Deadline, LookupState
from core.messages import Reply, Step
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "petition_status"
PETITION = "XF"
INFORMATION = {"lost": "petition_lost", "elsewhere": "petition_elsewhere"}


async def status(turn: Turn, tools: Tools) -> Outcome:
    """Ask for what is missing, one thing at a time, then look the petition up."""
    slots = dict(turn.session.slots) if turn.session.form == FORM else {}
    for name in ("case_ref", "query_code"):
        slots[name] = turn.parse.value(name) or slots.get(name, "")
    if slots["case_ref"] and slots["query_code"]:
        return await _look_up(turn, tools, slots["case_ref"], slots["query_code"])
    missing = "case_ref" if not slots["case_ref"] else "query_code"
    return _ask(turn, slots, missing)


async def status_of_other(turn: Turn, tools: Tools) -> Outcome:
    """Other kinds of case cannot be looked up here yet; a petition named by mistake can."""
    reference = turn.parse.value("case_ref") or ""
    if reference.upper().startswith(PETITION):
        return await status(turn, tools)
    return say(turn, "case_kind_later")


async def rules(turn: Turn, tools: Tools) -> Outcome:
    """How petitions work; by button, help for someone without a receipt."""
    key = INFORMATION.get(choice(turn) or "")
    return say(turn, key) if key else await legal.ask(turn, tools)


def _ask(turn: Turn, slots: dict[str, str], missing: str) -> Outcome:
    if not any(slots.values()):
        key = "petition_ask"
    else:
        key = "petition_ask_code" if missing == "query_code" else "petition_ask_reference"
    waiting = replace(turn.session, form=FORM, requested_slot=missing, slots=slots)
    return answer(turn, reply(key), session=waiting)


async def _look_up(turn: Turn, tools: Tools, reference: str, code: str) -> Outcome:
    found = await tools.cases.look_up(reference, code, contact_id=turn.contact_id)
    if found.case is not None:
        return answer(turn, tell(found.case))
    if found.state is LookupState.LOCKED:
        return answer(turn, _locked(found))
    # Nothing is kept of a wrong pair: the citizen copies both from the receipt again.
    waiting = replace(turn.session, form=FORM, requested_slot="case_ref", slots={})
    failed = CountFailedLookup(reference=reference)
    return answer(turn, reply("petition_wrong"), session=waiting, effects=[failed])


def tell(case: CaseView) -> Reply:
    """A case: how it stands and until when, with its timeline for the channel to draw."""
    summary = words(
        "petition_summary",
        demo=words("petition_demo") if case.demo else "",
        state=case.state,
        reference=case.reference,
        agency=case.agency,
        district=case.district,
    )
    lines = [summary]
    if case.deadline is not None:
        lines.append(_deadline(case.deadline))
    return Reply(
        text="\n".join(lines),
        quick_replies=phrases()["petition_found"].buttons,
        citations=(case.deadline.citation,) if case.deadline else (),
        timeline=tuple(_step(step) for step in case.steps),
        source=f"case:{case.reference}",
    )


def _step(step: CaseStep) -> Step:
    day = step.at.astimezone(SUZHOU)
    return Step(at=f"{day.month}月{day.day}日", label=step.label, text=step.text)


def _deadline(deadline: Deadline) -> str:
    due = deadline.due
    told = words(
        "petition_deadline",
        what=deadline.what,
        due=f"{due.year}年{due.month}月{due.day}日",
        law=deadline.citation.law,
        article=deadline.citation.article,
        computed=deadline.computed,
    )
    return told + words("petition_overdue") if deadline.overdue else told


def _locked(found: CaseLookup) -> Reply:
    until = found.until.astimezone(SUZHOU) if found.until else None
    return reply("petition_locked", until=f"{until:%H:%M}" if until else "")
