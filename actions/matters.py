"""What a citizen does with a case: urge, rate, ask for review, take back, reopen, add to it.

Their own need no query code; another's is opened by its receipt. Each is a form that asks for
what is missing and ends in one effect, or in the reason why it cannot be done now.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from actions import legal
from actions.base import Action, answer, choice, say
from actions.forms.conduct import Desk, Finish
from actions.forms.draft import Draft
from actions.forms.spec import SKIPPED
from actions.intake import pictures_of, with_pictures
from actions.petition import opened, owned
from actions.phrases import reply, spoken, words
from core.case_views import CaseView, UrgeState
from core.effects import (
    AddToCase,
    AskReview,
    Effect,
    RateCase,
    ReopenCase,
    UrgeCase,
    WithdrawCase,
)
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

REFERENCE = re.compile(r"[A-Z]{2}[0-9A-Z]{19}")
URGE = "petition_urge"
PETITION = "XF"
NOT_URGED = {
    UrgeState.NOT_DUE: "petition_urge_not_due",
    UrgeState.ASKED: "petition_urge_asked",
    UrgeState.NOTHING_RUNS: "petition_urge_nothing_runs",
    UrgeState.CLOSED: "petition_urge_closed",
}
# What is said once a review was asked for, by the step that was.
REVIEWED = {
    "request_review": "petition_review_done",
    "request_recheck": "petition_recheck_done",
    "contest": "case_contest_done",
}
NOT_NOW = {
    "petition_rate": "petition_rate_no",
    "petition_review": "petition_review_no",
    "case_withdraw": "case_withdraw_no",
    "case_reopen": "case_reopen_no",
    "case_update": "case_update_no",
}
MOST_SHOWN = 5
TAIL = 7

Made = tuple[Effect, Reply]
Make = Callable[[CaseView, Draft, str | None], Made | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing to do with a case: the steps it stands for, and what is made of a filled form."""

    steps: tuple[str, ...]
    make: Make


async def list_own(turn: Turn, tools: Tools) -> Outcome:
    """Everything the citizen has filed here, with a button each."""
    own = await tools.cases.mine(turn.contact_id, language=spoken())
    if not own:
        return say(turn, "case_mine_none")
    shown = own[:MOST_SHOWN]
    listed = Reply(
        text=words("case_mine", lines="\n".join(map(_line, shown))),
        quick_replies=tuple(_button(case, "petition_status") for case in shown),
        source="case:own",
    )
    return answer(turn, listed)


def begin(intent: str) -> Action:
    """The action of one of ``ACTS``: which case is meant, then what else it needs."""

    async def act(turn: Turn, tools: Tools) -> Outcome:
        desk = Desk(turn=turn, tools=tools, finishes=FINISHES)
        pressed = choice(turn) or ""
        named = pressed if REFERENCE.fullmatch(pressed) else turn.parse.value("case_ref")
        if named is not None:
            is_own = await owned(turn, tools, named) is not None
            known = {"case_ref": named.upper(), **({"query_code": SKIPPED} if is_own else {})}
            return await desk.begin(intent, known)
        if pressed:
            return await legal.ask(turn, tools)
        own = [
            case
            for case in await tools.cases.mine(turn.contact_id, language=spoken())
            if _is_meant(intent, case)
        ]
        if len(own) == 1:
            known = {"case_ref": own[0].reference, "query_code": SKIPPED}
            return await desk.begin(intent, known)
        if own:
            asked = Reply(
                text=words("case_which"),
                quick_replies=tuple(_button(case, intent) for case in own[:MOST_SHOWN]),
            )
            return answer(turn, asked)
        # Whoever has nothing here asks how it is done.
        return await legal.ask(turn, tools)

    return act


def finish(intent: str) -> Finish:
    """What is done with the filled form of one of ``ACTS``."""

    async def end(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
        code = draft.value("query_code")
        own = await owned(turn, tools, draft.slots["case_ref"])
        found = own or await opened(turn, tools, _with_code(draft))
        if isinstance(found, Outcome):
            return found
        made = ACTS[intent].make(found, draft, None if own else code)
        if made is None:
            return answer(turn, _refusal(intent, found))
        effect, told = made
        done = replace(told, source=f"case:{found.reference}")
        return answer(turn, done, effects=[effect])

    return end


def _urge(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    if case.urging.state is not UrgeState.YES:
        return None
    key = "petition_urge_done" if case.kind == PETITION else "petition_urge_done_else"
    return UrgeCase(reference=case.reference, code=code), reply(key)


def _rate(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    if "rate" not in case.steps_open:
        return None
    said = draft.value("words") or ""
    score = int(draft.slots["score"])
    effect = RateCase(reference=case.reference, code=code, score=score, words=said)
    return effect, reply("petition_rate_done")


def _review(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    step = next((step for step in case.steps_open if step in REVIEWED), None)
    if step is None:
        return None
    effect = AskReview(reference=case.reference, code=code, words=draft.slots["words"])
    return effect, reply(REVIEWED[step])


def _withdraw(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    if "withdraw" not in case.steps_open or draft.slots["sure"] != "yes":
        return None
    return WithdrawCase(reference=case.reference, code=code), reply("case_withdraw_done")


def _reopen(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    if "reopen" not in case.steps_open:
        return None
    effect = ReopenCase(reference=case.reference, code=code, words=draft.slots["words"])
    return effect, reply("case_reopen_done")


def _add(case: CaseView, draft: Draft, code: str | None) -> Made | None:
    if "supplement" not in case.steps_open:
        return None
    said = draft.value("words") or draft.value("note") or ""
    sent = pictures_of(draft)
    effect = AddToCase(reference=case.reference, code=code, words=said, uploads=sent)
    return effect, with_pictures(reply("case_update_done"), draft)


ACTS: dict[str, Act] = {
    URGE: Act(steps=("urge",), make=_urge),
    "petition_rate": Act(steps=("rate",), make=_rate),
    "petition_review": Act(steps=tuple(REVIEWED), make=_review),
    "case_withdraw": Act(steps=("withdraw",), make=_withdraw),
    "case_reopen": Act(steps=("reopen",), make=_reopen),
    "case_update": Act(steps=("supplement",), make=_add),
}
FINISHES: dict[str, Finish] = {intent: finish(intent) for intent in ACTS}


def _refusal(intent: str, case: CaseView) -> Reply:
    """Why it cannot be done now."""
    if intent == URGE:
        until = case.urging.until
        day = words("day_long").format(until) if until else ""
        return reply(NOT_URGED[case.urging.state], until=day)
    if intent == "case_withdraw" and "withdraw" in case.steps_open:
        return reply("case_withdraw_kept")
    if intent == "petition_review" and case.kind != PETITION:
        return reply("case_review_no")
    return reply(NOT_NOW[intent])


def _is_meant(intent: str, case: CaseView) -> bool:
    # Somebody who wants to urge is told why not, if it is not the time.
    if intent == URGE:
        return not case.closed
    return any(step in case.steps_open for step in ACTS[intent].steps)


def _with_code(draft: Draft) -> Draft:
    # A case that was their own when the form began may have been another contact's all along.
    return replace(draft, slots={**draft.slots, "query_code": draft.value("query_code") or ""})


def _button(case: CaseView, intent: str) -> QuickReply:
    title = words("case_number", tail=case.reference[-TAIL:], state=case.state)
    return QuickReply(title=title, payload=f"{intent}/{case.reference}")


def _line(case: CaseView) -> str:
    due = case.deadline
    told = (
        words("case_mine_due", what=due.what, due=words("day_long").format(due.due)) if due else ""
    )
    return words(
        "case_mine_line",
        kind=case.kind_name,
        reference=case.reference,
        state=case.state,
        due=told,
    )
