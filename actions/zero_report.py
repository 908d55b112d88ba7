"""A grid worker's daily report: bound by a one-time code, zero said expressly, mended and made up for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from actions import legal
from actions.base import answer, choice
from actions.forms.conduct import Desk
from actions.forms.corrections import asks
from actions.forms.draft import Draft
from actions.phrases import reply, words
from core.clock import SUZHOU
from core.effects import BindGrid, CountFailedLookup, ReportGrid
from core.grids import CodeState, DayReport, Grid
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

INTENT = "zero_report"
DAILY, BIND = "daily", "bind"
ZERO = "zero"
# What failed codes are counted under.
SUBJECT = "grid"
OLDEST = timedelta(days=31)


async def report(turn: Turn, tools: Tools) -> Outcome:
    """Ask a bound worker for the report; anybody else is answered, and told how one is bound."""
    grids, pressed = await tools.grids.of(turn.contact_id), choice(turn)
    desk = Desk(turn=turn, tools=tools, finishes={INTENT: finish})
    if pressed == BIND or (not grids and turn.parse.value("query_code")):
        return await desk.begin(f"{INTENT}/{BIND}")
    if not grids:
        told = await legal.ask(turn, tools)
        return replace(told, replies=(*told.replies, reply("zero_report_unbound")))
    wanted = pressed == DAILY or (pressed is None and not asks(turn.parse.text))
    if not wanted:
        return _with_button(await legal.ask(turn, tools))
    meant = _meant(turn, grids)
    return await desk.begin(f"{INTENT}/{DAILY}", {"grid": f"{meant.id} {meant.name}"})


async def finish(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Bind by the code that was given, or keep the report that was confirmed."""
    if draft.form.kind == BIND:
        return await _bind(turn, tools, draft.slots["code"])
    grids = {grid.id: grid for grid in await tools.grids.of(turn.contact_id)}
    grid = grids.get(draft.slots.get("grid", "").partition(" ")[0])
    if grid is None:
        return answer(turn, reply("zero_report_unbound"))
    today = turn.now.astimezone(SUZHOU).date()
    day = date.fromisoformat(draft.value("day") or today.isoformat())
    if today - day > OLDEST:
        return answer(turn, reply("zero_report_old"))
    told = _report(draft, day)
    before = await tools.grids.reported(grid.id, day)
    return answer(
        turn,
        _receipt(told, _notes(late=day < today, grid=grid, again=before is not None)),
        effects=[ReportGrid(grid=grid.id, report=told)],
    )


async def _bind(turn: Turn, tools: Tools, code: str) -> Outcome:
    state = await tools.grids.code(code, contact_id=turn.contact_id)
    if state is CodeState.LOCKED:
        return answer(turn, reply("zero_report_locked"))
    if state is CodeState.WRONG:
        failed = CountFailedLookup(reference=SUBJECT)
        return answer(turn, reply("zero_report_wrong_code"), effects=[failed])
    return answer(turn, reply("zero_report_bound"), effects=[BindGrid(code=code)])


def _meant(turn: Turn, grids: Sequence[Grid]) -> Grid:
    """The grid that a message names, the longest name counting; else the worker's own."""
    named = [grid for grid in grids if grid.name in turn.parse.text]
    return max(named, key=lambda grid: len(grid.name), default=grids[0])


def _report(draft: Draft, day: date) -> DayReport:
    zero = draft.slots["result"] == ZERO
    return DayReport(
        day=day,
        screened=int(float(draft.slots["screened"])),
        found=0 if zero else int(float(draft.slots["found"])),
        disputes="" if zero else draft.slots["disputes"],
    )


def _notes(*, late: bool, grid: Grid, again: bool) -> str:
    said = {
        "zero_report_corrected": again,
        "zero_report_late": late,
        "zero_report_substitute": not grid.own,
    }
    return "".join(words(key) for key, holds in said.items() if holds)


def _receipt(told: DayReport, notes: str) -> Reply:
    key = "zero_report_kept_some" if told.found else "zero_report_kept_zero"
    day = words("day_long").format(told.day)
    text = words(key, day=day, screened=told.screened, found=told.found, notes=notes)
    return Reply(text=text, source="grid:report")


def _with_button(told: Outcome) -> Outcome:
    *others, last = told.replies
    here = QuickReply(title=words("zero_report_begin"), payload=f"{INTENT}/{DAILY}")
    buttons = (here, *last.quick_replies)
    return replace(told, replies=(*others, replace(last, quick_replies=buttons)))
