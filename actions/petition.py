"""Where a petition stands: reference and query code, then the timeline and the deadline."""

from __future__ import annotations

from actions import legal, numbers
from actions.base import answer, choice, say
from actions.forms.conduct import Desk
from actions.forms.draft import Draft, hold
from actions.phrases import phrases, reply, spoken, words
from core.case_views import CaseLookup, CaseStep, CaseView, Deadline, LookupState
from core.clock import SUZHOU
from core.effects import CountFailedLookup
from core.messages import Citation, QuickReply, Reply, Step
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "petition_status"
# Kinds that can be looked up here, by the letters their references begin with.
LOOKED_UP = ("XF", "YH", "TJ", "FY", "QX", "ZP", "YY")
# Kinds that nobody answers: there is nothing to urge and no answer to object to.
UNANSWERED = frozenset({"YY"})
# The intent behind each step a citizen may take, and what its button says.
ACTS = {
    "urge": "petition_urge",
    "request_review": "petition_review",
    "request_recheck": "petition_review",
    "contest": "petition_review",
    "rate": "petition_rate",
    "supplement": "case_update",
    "reopen": "case_reopen",
    "withdraw": "case_withdraw",
    "rebook": "appointment_change",
    "cancel": "appointment_change",
}
TITLES = {
    "petition_urge": "case_act_urge",
    "petition_review": "case_act_review",
    "petition_rate": "case_act_rate",
    "case_update": "case_act_supplement",
    "case_reopen": "case_act_reopen",
    "case_withdraw": "case_act_withdraw",
    "appointment_change": "case_act_appointment",
}
ASKED = {"petition_urge", "petition_review"}
ASKED_ELSE = {"petition_urge"}
PETITION = "XF"
OTHERS = 2
TRANSFERS = 3
INFORMATION = {"lost": "petition_lost", "elsewhere": "petition_elsewhere"}


async def status(turn: Turn, tools: Tools) -> Outcome:
    """Ask for what is missing, one thing at a time, then look the case up.

    What the citizen has filed here themselves is shown without a code.
    """
    own = await owned(turn, tools, choice(turn) or turn.parse.value("case_ref"))
    if own is not None:
        return answer(turn, tell(own))
    return await Desk(turn=turn, tools=tools, finishes={FORM: look_up}).begin(FORM)


async def status_of_other(turn: Turn, tools: Tools) -> Outcome:
    """Some kinds of case cannot be looked up here yet; the others can, whatever they are called.

    So can any that a body has under a number of its own.
    """
    reference = choice(turn) or turn.parse.value("case_ref") or ""
    if reference.upper().startswith(LOOKED_UP):
        return await status(turn, tools)
    if not reference and (number := numbers.mentioned(turn.parse.text)):
        desk = Desk(turn=turn, tools=tools, finishes={FORM: look_up})
        return await desk.begin(FORM, {"case_ref": number})
    return say(turn, "case_kind_later")


async def rules(turn: Turn, tools: Tools) -> Outcome:
    """How petitions work; by button, help for someone without a receipt."""
    key = INFORMATION.get(choice(turn) or "")
    return say(turn, key) if key else await legal.ask(turn, tools)


async def look_up(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Look for the case of this reference and code, and tell what was found."""
    found = await opened(turn, tools, draft)
    return found if isinstance(found, Outcome) else answer(turn, tell(found))


async def opened(turn: Turn, tools: Tools, draft: Draft) -> CaseView | Outcome:
    """The case that a form's reference and code lead to, or what is said instead of it."""
    reference, code = draft.slots["case_ref"], draft.slots["query_code"]
    found = await tools.cases.look_up(
        reference, code, contact_id=turn.contact_id, language=spoken()
    )
    if found.case is not None:
        return found.case
    if found.state is LookupState.LOCKED:
        return answer(turn, _locked(found))
    # Nothing is kept of a wrong pair: the citizen copies both from the receipt again.
    waiting = hold(turn.session, Draft.new(draft.form, {}), turn.now)
    failed = CountFailedLookup(reference=reference)
    told = (
        reply("petition_wrong")
        if numbers.is_own(reference)
        else numbers.where_to_ask(reference, found.system)
    )
    return answer(turn, told, session=waiting, effects=[failed])


async def owned(turn: Turn, tools: Tools, reference: str | None) -> CaseView | None:
    """The case of that reference, if the citizen has filed it here."""
    if reference is None:
        return None
    own = await tools.cases.mine(turn.contact_id, language=spoken())
    return next((case for case in own if case.reference == reference.upper()), None)


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
    others = [d for d in case.deadlines if d != case.deadline]
    shown = [d for d in (case.deadline, *others[:OTHERS]) if d is not None]
    money = case.money[:TRANSFERS]
    if len(case.money) > TRANSFERS:
        money = (*money, words("case_money_more", count=len(case.money)))
    explained = (case.explained,) if case.explained else ()
    lines = [summary, *money, *map(_deadline, shown), *explained]
    return Reply(
        text="\n".join(lines),
        quick_replies=(*acts(case), *phrases()["petition_found"].buttons),
        citations=cited(case.deadline),
        timeline=tuple(_step(step) for step in case.steps),
        source=f"case:{case.reference}",
    )


def acts(case: CaseView) -> tuple[QuickReply, ...]:
    """What the citizen can do with it, a button each; what is asked for most as long as it is open."""
    asked = ASKED if case.kind == PETITION else ASKED_ELSE
    able = {ACTS[step] for step in case.steps_open if step in ACTS}
    always = frozenset() if case.closed or case.kind in UNANSWERED else asked
    wanted = [intent for intent in TITLES if intent in able or intent in always]
    return tuple(
        QuickReply(title=words(TITLES[intent]), payload=f"{intent}/{case.reference}")
        for intent in wanted
    )


def _step(step: CaseStep) -> Step:
    day = step.at.astimezone(SUZHOU)
    return Step(at=words("day_short").format(day), label=step.label, text=step.text)


def cited(deadline: Deadline | None) -> tuple[Citation, ...]:
    """The article a deadline rests on, if a law sets it."""
    return (deadline.citation,) if deadline and deadline.citation else ()


def _deadline(deadline: Deadline) -> str:
    key = "petition_deadline" if deadline.citation else "petition_policy"
    told = words(
        key,
        what=deadline.what,
        due=words("day_long").format(deadline.due),
        law=deadline.citation.law if deadline.citation else "",
        article=deadline.citation.article if deadline.citation else "",
        computed=deadline.computed,
    )
    if deadline.paused:
        return told + words("petition_paused")
    return told + words("petition_overdue") if deadline.overdue else told


def _locked(found: CaseLookup) -> Reply:
    until = found.until.astimezone(SUZHOU) if found.until else None
    return reply("petition_locked", until=f"{until:%H:%M}" if until else "")
