"""Fraud: check what was received, act when money is leaving, explain how a kind of scam works."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from actions.base import answer, choice, say
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.fraud_attempts import with_appeal, with_listed
from actions.mentions import mentions
from actions.phrases import card, phrases, reply, spoken, urgent_words, words
from actions.sightings import counted
from core.knowledge import FraudType, Reason, ScamCheck, ScamVerdict
from core.messages import QuickReply, Reply
from core.ports import ScamChecker, Tools
from core.turns import Outcome, Turn

FORM = "fraud_check"
REASONS = 3
# More than this of a message is not looked at, as the citizen is told.
LONGEST = 2000
# So much of each quote is shown; the rest is passed over.
SHOWN = 24
# Signs that are not seen: they hide a link or turn the text round.
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
BRACKETS, ELLIPSIS = "「」", "…"
NUMBERS = "①②③④⑤⑥"
SMALL_WORDS = frozenset(["and", "or", "of", "for", "the", "fake", "scam", "scams"])
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
# How it was paid; half an hour later another step comes first.
WAYS = ("bank", "wechat", "alipay", "card", "cash", "crypto")
LATER = "later"
NEXT |= {way: f"fraud_{way}" for way in WAYS} | {
    f"{way}_{LATER}": f"fraud_{way}_{LATER}" for way in WAYS
}


async def check(turn: Turn, tools: Tools) -> Outcome:
    """Look at a text; a bare “is this a scam” asks for the text first."""
    desk = Desk(turn=turn, tools=tools, finishes={FORM: judge})
    if choice(turn) == "money":
        return say(turn, "fraud_money")
    if turn.message.payload is not None:
        return desk.ask(FORM)
    result, listed = await _looked_at(tools, _as_it_came(turn))
    if result.verdict is ScamVerdict.CANNOT_TELL and not result.reasons:
        return desk.ask(FORM)
    return await _told(turn, tools, result, listed)


async def judge(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Look at the text that was asked for; one that tells nothing is not asked for twice."""
    told = _as_it_came(turn) or draft.slots["text"]
    return await _told(turn, tools, *(await _looked_at(tools, told)))


async def emergency(turn: Turn, tools: Tools) -> Outcome:
    """Money is leaving or has left: stop, 110, the bank; then one question at a time."""
    outcome = answer(turn, card(NEXT.get(_stage(turn), "fraud_paid")))
    kind = tools.scams.check(turn.parse.text).type
    return outcome if kind is None else await counted(turn, tools, kind.key, outcome)


async def explain(turn: Turn, tools: Tools) -> Outcome:
    """How a kind of scam goes; which one is read from the words or chosen by button."""
    key, scams = choice(turn), tools.scams.into(spoken())
    kind = scams.type(key) if key else _asked_for(turn.parse.text, scams)
    if kind is None:
        buttons = tuple(
            QuickReply(title=t.title, payload=f"fraud_knowledge/{t.key}") for t in scams.types()
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


def _stage(turn: Turn) -> str:
    """What was pressed or answered; “昨天用微信转的” says both how it was paid and that time has passed."""
    stage = choice(turn) or "paid"
    if stage not in WAYS:
        return stage
    long_ago = urgent_words().answers["fraud_emergency"][LATER]
    return f"{stage}_{LATER}" if mentions(turn.parse.text, long_ago) else stage


async def _looked_at(tools: Tools, text: str) -> tuple[ScamCheck, bool]:
    """What a text looks like, and whether it names what staff have confirmed."""
    listed = await tools.watchlist.listed(text)
    return with_listed(tools.scams.into(spoken()).check(text), listed), bool(listed)


async def _told(turn: Turn, tools: Tools, result: ScamCheck, listed: bool) -> Outcome:  # noqa: FBT001
    told = verdict(result)
    outcome = answer(turn, with_appeal(told) if listed else told)
    if result.type is None:
        return outcome
    return await counted(turn, tools, result.type.key, outcome)


def verdict(result: ScamCheck) -> Reply:
    """A check's result in words: verdict, the words that gave it away, what to do."""
    if result.verdict is ScamVerdict.NO_SIGN:
        return reply("fraud_no_sign")
    if result.verdict is ScamVerdict.CANNOT_TELL:
        return _unjudged(result)
    reasons = _listed(result.reasons)
    if result.verdict is ScamVerdict.SCAM:
        lines = [words("fraud_scam", type=_named(result.type), reasons=reasons)]
    else:
        lines = [words("fraud_suspicious", reasons=reasons)]
    if result.type is not None:
        lines.append(words("fraud_never", never=result.type.never))
        lines.append(words("fraud_now", advice=result.type.advice))
    lines.append(words("fraud_check_phone"))
    return Reply(text="\n".join(lines), quick_replies=phrases()["fraud_buttons"].buttons)


def harmless(quote: str) -> str:
    """A quote that does nothing: links cannot be pressed, ``a.top`` → ``a［点］top``, no sign hides or turns."""
    seen = "".join(c for c in quote if unicodedata.category(c) not in INVISIBLE)
    short = seen if len(seen) <= SHOWN else seen[:SHOWN] + ELLIPSIS
    for mark in ("http://", "https://", *BRACKETS):
        short = short.replace(mark, "")
    return short.replace(".", words("link_dot"))


def _as_it_came(turn: Turn) -> str:
    """The message with the signs that hide and turn, which reading for intents takes away."""
    return turn.message.text[:LONGEST] or turn.parse.text


def _unjudged(result: ScamCheck) -> Reply:
    """Nothing to judge; what is known of a number or a program is told first."""
    told = reply("fraud_cannot_tell")
    if not result.reasons:
        return told
    known = words("fraud_known", reasons=_listed(result.reasons))
    return replace(told, text=f"{known}\n{told.text}")


def _listed(reasons: Sequence[Reason]) -> str:
    return "\n".join(
        words("fraud_reason", number=n, quote=harmless(r.quote), meaning=r.meaning)
        for n, r in zip(NUMBERS, _apart(reasons)[:REASONS], strict=False)
    )


def _apart(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """One reason for the same words: the first, which weighs most."""
    seen: dict[tuple[int, int] | int, Reason] = {}
    for number, reason in enumerate(reasons):
        span = (reason.start, reason.end)
        seen.setdefault(span if reason.end else number, reason)
    return tuple(seen.values())


def _asked_for(text: str, scams: ScamChecker) -> FraudType | None:
    """The kind whose title shares a piece with the text that no other title has."""
    types = scams.types()
    seen = Counter(piece for t in types for piece in _pieces(t.title))
    for kind in types:
        if mentions(text, (piece for piece in _pieces(kind.title) if seen[piece] == 1)):
            return kind
    return scams.check(text).type


def _pieces(title: str) -> set[str]:
    """Pairs of characters; words where a title is written in Latin letters."""
    if title.isascii():
        return set(title.lower().split()) - SMALL_WORDS
    return {title[i : i + 2] for i in range(len(title) - 1)}


def _named(kind: FraudType | None) -> str:
    if kind is None:
        return words("fraud_unnamed")
    return words("fraud_type_named", title=kind.title)
