"""A hazard reported: looked for among what is known, then filed."""

from __future__ import annotations

from dataclasses import replace

from actions import legal
from actions.base import answer, choice
from actions.filing import FILED, given, pictures_of, with_pictures
from actions.forms.asking import full
from actions.forms.conduct import Desk
from actions.forms.draft import Draft, hold
from actions.forms.listed import forms
from actions.forms.values import shortened
from actions.phrases import reply, speaking, words
from core.case_views import Nearby
from core.effects import FileCase
from core.messages import CHINESE, QuickReply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "report_hazard"
KIND = "YH"
BEGIN = "start"
TITLE = 40
PERSON = frozenset({"phone"})


async def report(turn: Turn, tools: Tools) -> Outcome:
    """Take a hazard down; whoever asks what to do about one is told that first."""
    wanted = turn.message.payload is not None or forms()[FORM].opens(turn.parse.text, FORM)
    if choice(turn) in {None, BEGIN} and wanted:
        return await Desk(turn=turn, tools=tools, finishes={FORM: file}).begin(FORM)
    told = await legal.ask(turn, tools)
    here = QuickReply(title=words("report_hazard_begin"), payload=f"{FORM}/{BEGIN}")
    *others, last = told.replies
    last = replace(last, quick_replies=(here, *last.quick_replies))
    return replace(told, replies=(*others, last))


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """File what was confirmed, unless one much like it is known and nobody said it is another."""
    sort, area, place = (draft.slots[name] for name in ("sort", "district", "place"))
    if draft.value("alike") is None:
        alike = await tools.cases.nearby(KIND, sort, area, place)
        if alike:
            return _ask(turn, draft, alike[0])
    # Staff read Chinese, whatever the citizen was spoken to in.
    with speaking(CHINESE):
        text = full(draft)
    filed = FileCase(
        kind=KIND,
        sub_kind=sort,
        title=shortened(draft.slots["story"], TITLE),
        text=text,
        area=area,
        place=place,
        person=given(draft, PERSON),
        details=given(draft, draft.slots.keys() - PERSON),
        uploads=pictures_of(draft),
    )
    receipt = replace(with_pictures(reply("report_hazard_filed"), draft), source=FILED)
    return answer(turn, receipt, effects=[filed])


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
