"""Numbers, addresses, accounts and programs: reported, found in a check, appealed against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.base import answer
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.phrases import reply, words
from actions.sightings import counted
from core.effects import AppealThings, ReportThings
from core.knowledge import ListedThing, Reason, ScamCheck, ScamVerdict
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "fraud_report/attempt"
APPEAL = "fraud_report/appeal"
FLAGGED = frozenset({ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS})


async def note(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Note what is reported; a text that names nothing of that sort is asked for again."""
    told = draft.slots["things"]
    named = tools.watchlist.named(told)
    if not named:
        return _again(turn, tools, draft)
    shown = words("phone_separator").join(_harmless(name) for name in named)
    outcome = answer(
        turn, reply("fraud_attempt_noted", things=shown), effects=[ReportThings(text=told)]
    )
    kind = tools.scams.check(told).type
    return outcome if kind is None else await counted(turn, tools, kind.key, outcome)


async def hear_appeal(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Pass on what an owner says; whether the thing is listed at all is not told."""
    told = draft.slots["things"]
    if not tools.watchlist.named(told):
        return _again(turn, tools, draft)
    appeal = AppealThings(text=told, why=draft.slots["why"])
    return answer(turn, reply("fraud_appeal_heard"), effects=[appeal])


def with_listed(result: ScamCheck, listed: Sequence[ListedThing]) -> ScamCheck:
    """A check that also knows what staff have confirmed: such a thing is suspicious at least."""
    if not listed:
        return result
    known = tuple(
        Reason(
            rule="listed",
            quote=thing.quote,
            meaning=words(f"fraud_listed_{thing.sort}", day=words("day_long").format(thing.on)),
        )
        for thing in listed
    )
    verdict = result.verdict if result.verdict in FLAGGED else ScamVerdict.SUSPICIOUS
    return replace(result, verdict=verdict, reasons=(*known, *result.reasons))


def with_appeal(told: Reply) -> Reply:
    """What is told of a listed thing, with a way for its owner."""
    button = QuickReply(title=words("fraud_appeal_begin"), payload=APPEAL)
    return replace(told, quick_replies=(*told.quick_replies, button))


def _again(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    desk = Desk(turn=turn, tools=tools, finishes={draft.form.intent: note})
    return desk.again(draft.form.name, "things", line=words("fraud_attempt_things_again"))


def _harmless(name: str) -> str:
    """An address that cannot be pressed."""
    return name.replace(".", words("link_dot"))
