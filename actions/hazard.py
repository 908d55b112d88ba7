"""A hazard reported: looked for among what is known, then filed."""

from __future__ import annotations

from dataclasses import replace

from actions import intake
from actions.base import answer
from actions.forms.draft import Draft, hold
from actions.phrases import reply, words
from core.case_views import Nearby
from core.messages import QuickReply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "report_hazard"
KIND = intake.INTAKES[FORM].kind


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """File what was confirmed, unless one much like it is known and nobody said it is another."""
    sort, area, place = (draft.slots[name] for name in ("sort", "district", "place"))
    if draft.value("alike") is None:
        alike = await tools.cases.nearby(KIND, sort, area, place)
        if alike:
            return _ask(turn, draft, alike[0])
    return await intake.file(turn, tools, draft)


def _ask(turn: Turn, draft: Draft, alike: Nearby) -> Outcome:
    told = reply(
        "report_hazard_found_alike",
        place=alike.place,
        state=alike.state,
        reference=alike.reference,
    )
    buttons = (
        QuickReply(title=words("report_hazard_same"), payload="cancel"),
        QuickReply(title=words("report_hazard_other"), payload=f"{FORM}/alike=other"),
    )
    held = hold(turn.session, draft.asking("alike"), turn.now)
    return answer(turn, replace(told, quick_replies=buttons, source="case:alike"), session=held)


report = intake.begin(FORM, file)
