"""Warnings of surges: subscribed to by district and type, left by one tap or one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import yaml

from actions import legal
from actions.base import answer, choice, say
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.mentions import made_of, mentions
from actions.phrases import FOLDER, reply, spoken, words
from core.alerts import Subscription
from core.effects import SubscribeAlerts, UnsubscribeAlerts
from core.messages import QuickReply, Reply
from core.ports import ScamChecker, Tools
from core.turns import Outcome, Turn

INTENT = "subscribe_alerts"
STOP, NEW = "stop", "new"
# Behind the area in a button: which type; nothing asks for it.
OF = ":"


def is_wanted(turn: Turn, tools: Tools) -> bool:
    """Whether nothing but 退订 or 订阅预警 is said, whatever it was read as."""
    said = turn.parse.text
    ways = (_said()["stop"], _said()["start"])
    return any(mentions(said, words) and made_of(said, words) for words in ways)


def is_left(turn: Turn) -> bool:
    """Whether warnings are to end: by the button, or by the word alone."""
    if turn.parse.intent == INTENT and choice(turn) == STOP:
        return True
    said = turn.parse.text
    words = _said()["stop"]
    # A picture or a “？” is made of no words at all, so the word must be there too.
    return turn.message.payload is None and mentions(said, words) and made_of(said, words)


async def manage(turn: Turn, tools: Tools) -> Outcome:
    """Subscribe, leave, or tell what there is; a question is answered, with both buttons."""
    if is_left(turn):
        return await leave(turn, tools)
    pressed, text = choice(turn), turn.parse.text
    if pressed not in (None, NEW):
        return await _pressed(turn, tools, pressed)
    if pressed is None and turn.message.payload is None:
        if mentions(text, _said()["asks"]):
            return await _explained(turn, tools)
        if mentions(text, _said()["stop"]):
            return await leave(turn, tools)
    known = await tools.alerts.of(turn.conversation_id)
    if known and pressed is None and not turn.parse.value("district"):
        return answer(turn, _held(known, tools))
    return await Desk(turn=turn, tools=tools, finishes={INTENT: finish}).begin(INTENT)


async def finish(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Subscribe to every type in the district that was asked for."""
    return _subscribed(turn, tools, Subscription(area=draft.slots["district"]))


async def leave(turn: Turn, tools: Tools) -> Outcome:
    """End every warning at once; who has none is told so."""
    asked = replace(turn, parse=replace(turn.parse, intent=INTENT))
    if not await tools.alerts.of(turn.conversation_id):
        return say(asked, "subscribe_alerts_none")
    return say(asked, "subscribe_alerts_stopped", effects=[UnsubscribeAlerts()])


async def _pressed(turn: Turn, tools: Tools, pressed: str) -> Outcome:
    area, asked, kind = pressed.partition(OF)
    if area not in _areas():
        return say(turn, "stale_button")
    if asked and not kind:
        buttons = tuple(
            QuickReply(title=one.title, payload=f"{INTENT}/{area}{OF}{one.key}")
            for one in tools.scams.into(spoken()).types()
        )
        return answer(turn, Reply(text=words("subscribe_alerts_which"), quick_replies=buttons))
    if kind and tools.scams.type(kind) is None:
        return say(turn, "stale_button")
    return _subscribed(turn, tools, Subscription(area=area, fraud_type=kind))


def _subscribed(turn: Turn, tools: Tools, wanted: Subscription) -> Outcome:
    told = reply("subscribe_alerts_done", what=_named(wanted, tools.scams.into(spoken())))
    if not wanted.fraud_type:
        one = QuickReply(
            title=words("subscribe_alerts_one"), payload=f"{INTENT}/{wanted.area}{OF}"
        )
        told = replace(told, quick_replies=(*told.quick_replies, one))
    return answer(turn, told, effects=[SubscribeAlerts(wanted=wanted)])


def _held(known: Sequence[Subscription], tools: Tools) -> Reply:
    scams = tools.scams.into(spoken())
    listed = words("form_separator").join(_named(one, scams) for one in known)
    return reply("subscribe_alerts_held", what=listed)


async def _explained(turn: Turn, tools: Tools) -> Outcome:
    told = await legal.ask(turn, tools)
    *others, last = told.replies
    buttons = (*reply("subscribe_alerts_both").quick_replies, *last.quick_replies)
    return replace(told, replies=(*others, replace(last, quick_replies=buttons)))


def _named(one: Subscription, scams: ScamChecker) -> str:
    kind = scams.type(one.fraud_type) if one.fraud_type else None
    every = words("subscribe_alerts_every")
    return words(
        "subscribe_alerts_named", area=_areas()[one.area], kind=kind.title if kind else every
    )


def _areas() -> dict[str, str]:
    """Titles of the areas that one can subscribe to, by key."""
    slot = forms()[INTENT].slot("district")
    return {one.key: one.title for one in slot.choices} if slot else {}


@cache
def _said() -> dict[str, tuple[str, ...]]:
    document = yaml.safe_load((FOLDER / "alert_words.yml").read_text(encoding="utf-8"))
    return {key: tuple(said) for key, said in document.items()}
