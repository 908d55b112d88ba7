"""Fraud: check what was received, act when money is leaving, explain how a kind of scam works."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from actions.base import answer, choice, say
from actions.phrases import card, phrases, reply, words
from core.knowledge import FraudType, ScamCheck, ScamVerdict
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "fraud_check"
REASONS = 4
NUMBERS = "①②③④⑤⑥"
NEXT = {
    "paid": "fraud_paid",
    "on_line": "fraud_on_line",
    "hung_up": "fraud_hung_up",
    "relative": "fraud_relative",
    "minutes": "fraud_minutes",
    "half_hour": "fraud_minutes",
    "later": "fraud_later",
    "filled": "fraud_filled",
    "safe": "fraud_safe",
    "reported": "fraud_reported",
}


async def check(turn: Turn, tools: Tools) -> Outcome:
    """Look at a text; a bare “is this a scam” asks for the text first."""
    if choice(turn) == "money":
        return say(turn, "fraud_money")
    if turn.message.payload is not None:
        return _ask_for_text(turn)
    result = tools.scams.check(turn.parse.text)
    if result.verdict is ScamVerdict.CANNOT_TELL and turn.session.form != FORM:
        return _ask_for_text(turn)
    return answer(turn, verdict(result))


async def emergency(turn: Turn, tools: Tools) -> Outcome:
    """Money is leaving or has left: stop, 110, the bank; then one question at a time."""
    return answer(turn, card(NEXT.get(choice(turn) or "paid", "fraud_paid")))


async def explain(turn: Turn, tools: Tools) -> Outcome:
    """How a kind of scam goes; which one is read from the words or chosen by button."""
    key = choice(turn)
    kind = tools.scams.type(key) if key else _asked_for(turn.parse.text, tools)
    if kind is None:
        buttons = tuple(
            QuickReply(title=t.title, payload=f"fraud_knowledge/{t.key}")
            for t in tools.scams.types()
        )
        return answer(turn, Reply(text=words("fraud_types"), quick_replies=buttons))
    steps = "\n".join(f"{n} {s}" for n, s in zip(NUMBERS, kind.steps, strict=False))
    told = reply(
        "fraud_type",
        title=kind.title,
        steps=steps,
        flags=words("phone_separator").join(kind.red_flags),
        never=kind.never,
        advice=kind.advice,
    )
    return answer(turn, replace(told, quick_replies=phrases()["fraud_buttons"].buttons))


def verdict(result: ScamCheck) -> Reply:
    """A check's result in words: verdict, the words that gave it away, what to do."""
    if result.verdict is ScamVerdict.NO_SIGN:
        return reply("fraud_no_sign")
    if result.verdict is ScamVerdict.CANNOT_TELL:
        return reply("fraud_cannot_tell")
    reasons = "\n".join(
        f"{n} “{harmless(r.quote)}”：{r.meaning}"
        for n, r in zip(NUMBERS, result.reasons[:REASONS], strict=False)
    )
    if result.verdict is ScamVerdict.SCAM:
        lines = [words("fraud_scam", type=_named(result.type), reasons=reasons)]
    else:
        lines = [words("fraud_suspicious", reasons=reasons)]
    if result.type is not None:
        lines.append(words("fraud_never", never=result.type.never))
    lines.append(words("fraud_check_phone"))
    return Reply(text="\n".join(lines), quick_replies=phrases()["fraud_buttons"].buttons)


def harmless(quote: str) -> str:
    """A quote whose links cannot be pressed: ``a.top`` → ``a［点］top``."""
    return quote.replace("http://", "").replace("https://", "").replace(".", "［点］")


def _asked_for(text: str, tools: Tools) -> FraudType | None:
    """The kind whose title shares a pair of characters with the text that no other title has."""
    types = tools.scams.types()
    seen = Counter(pair for t in types for pair in _pairs(t.title))
    for kind in types:
        if any(seen[pair] == 1 and pair in text for pair in _pairs(kind.title)):
            return kind
    return tools.scams.check(text).type


def _pairs(title: str) -> set[str]:
    return {title[i : i + 2] for i in range(len(title) - 1)}


def _named(kind: FraudType | None) -> str:
    if kind is None:
        return words("fraud_unnamed")
    return words("fraud_type_named", title=kind.title)


def _ask_for_text(turn: Turn) -> Outcome:
    waiting = replace(turn.session, form=FORM, requested_slot="text", slots={})
    return answer(turn, reply("fraud_ask"), session=waiting)
