"""The duty plan: who is there when, for all staff to see and for supervisors to change."""

from __future__ import annotations

from typing import Any

import aiohttp_jinja2
from aiohttp import web

from console import gate, presence, rosters
from console.keys import CLOCK, DATABASE
from console.permissions import Permission, may
from console.sessions import LoggedIn
from console.wording import error_message
from core.errors import http_status
from handoff.duty import plans
from handoff.duty.plan import EXAMPLE, LONGEST, Plan, read_plan
from handoff.duty.plans import Version
from handoff.errors import FaultyPlan, Outdated

ADDRESS = "/console/duty"
LONGEST_NUMBER = 9


async def show(request: web.Request) -> web.StreamResponse:
    """The next two weeks as the plan has them; for supervisors also its text."""
    who = await gate.allowed(request, Permission.SEE_DUTY)
    await gate.seen(request, who)
    return await _page(request, who)


async def save(request: web.Request) -> web.StreamResponse:
    """Check a plan and, unless only that was asked for, put it into force."""
    who = await gate.allowed(request, Permission.PLAN_DUTY)
    await gate.seen(request, who)
    text, seen, only_check = await gate.fields(request, "text", "seen", "check")
    text = text.replace("\r\n", "\n")
    draft = Version(
        number=_number(seen) + 1,
        text=text,
        author=who.account.name,
        saved_at=request.app[CLOCK](),
    )
    try:
        read_plan(text)
        if only_check:
            return await _page(request, who, draft=draft)
        db = request.app[DATABASE]
        async with db.write() as session:
            await plans.save(session, db.vault, draft)
    except (FaultyPlan, Outdated) as error:
        return await _page(request, who, draft=draft, error=error)
    return web.Response(status=303, headers={"Location": ADDRESS})


async def _page(
    request: web.Request,
    who: LoggedIn,
    *,
    draft: Version | None = None,
    error: FaultyPlan | Outdated | None = None,
) -> web.Response:
    db, now = request.app[DATABASE], request.app[CLOCK]()
    async with db.read() as session:
        kept = await plans.current(session, db.vault)
        staff = await presence.serving(session, now=now)
    # What is being written is shown as it would be; what is wrong in it leaves the plan in force.
    shown = draft if draft and error is None else kept
    plan, outgrown = _readable(shown)
    context = {
        "name": who.account.name,
        "may_plan": may(who.account.role, Permission.PLAN_DUTY),
        "staff": staff,
        "kept": kept,
        "draft": draft,
        "problems": _problems(error) or outgrown,
        "roster": rosters.roster(plan, now) if plan else None,
        "longest": LONGEST,
        **_editing(kept, draft),
    }
    status = 200 if error is None else http_status(error)
    return aiohttp_jinja2.render_template("duty.html", request, context, status=status)


def _readable(version: Version | None) -> tuple[Plan | None, tuple[str, ...]]:
    """What a version says; with what is wrong in it, if a release has become stricter since."""
    try:
        return (version.plan if version else None), ()
    except FaultyPlan as error:
        return None, error.faults


def _editing(kept: Version | None, draft: Version | None) -> dict[str, Any]:  # Any: names
    """The text in the field, and the version that whoever writes it has seen."""
    if draft is not None:
        return {"text": draft.text, "seen": draft.number - 1}
    if kept is not None:
        return {"text": kept.text, "seen": kept.number}
    return {"text": EXAMPLE.read_text(encoding="utf-8"), "seen": 0}


def _problems(error: FaultyPlan | Outdated | None) -> tuple[str, ...]:
    match error:
        case None:
            return ()
        case FaultyPlan(faults=faults):
            return faults
        case _:
            return (error_message("PlanOutdated"),)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
