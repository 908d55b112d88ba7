"""What was published about matters like an answer's: typical cases, figures, bulletins."""

from __future__ import annotations

from actions import legal
from actions.base import answer, choice, say
from actions.phrases import words
from core.knowledge import Clipping
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

SIMILAR = "similar"
PERSON = "human_handoff"


async def detail(turn: Turn, tools: Tools) -> Outcome:
    """Go on from the last answer; by its button, with what was published about such matters."""
    word, _, place = (choice(turn) or "").partition("=")
    return _tell(turn, tools, place) if word == SIMILAR else await legal.detail(turn, tools)


def _tell(turn: Turn, tools: Tools, place: str) -> Outcome:
    """One clipping, the newest first; ``place`` is an entry's id and the number, from 1."""
    entry_id, _, number = place.partition("=")
    found = tools.knowledge.clippings(entry_id)
    at = int(number) - 1 if number.isdecimal() else 0
    if not 0 <= at < len(found):
        return say(turn, "stale_button")
    entry, buttons = tools.knowledge.entry(entry_id), []
    if at + 1 < len(found):
        payload = f"followup/{SIMILAR}={entry_id}={at + 2}"
        buttons.append(QuickReply(title=words("similar_next"), payload=payload))
    if entry is not None:
        back = f"{entry.intent}/{entry.id}"
        buttons.append(QuickReply(title=words("similar_back"), payload=back))
    buttons.append(QuickReply(title=words("legal_person"), payload=PERSON))
    told = Reply(
        text=_worded(found[at]), quick_replies=tuple(buttons), source=f"clipping:{found[at].id}"
    )
    return answer(turn, told)


def _worded(clipping: Clipping) -> str:
    lines = [
        words(f"similar_{clipping.kind}", title=clipping.title),
        clipping.text,
        words(
            "similar_source",
            source=clipping.source,
            day=words("day_long").format(clipping.published_on),
        ),
        clipping.url or "",
        words("similar_caution"),
    ]
    return "\n".join(line for line in lines if line)
