"""Buttons under an answer that lead on: the pathway of its dispute, what was published about it."""

from __future__ import annotations

from dataclasses import replace

from actions.pathways.choosing import INTENT, of_entry
from actions.pathways.walk import is_fresh
from actions.phrases import spoken, words
from core.messages import CHINESE, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

FAQ = "faq:"
# What leads on by itself.
OTHERS = ("pathway:", "clipping:", "case:")
PERSON = "human_handoff"
# Phones carry eight buttons.
MOST = 8


def linked(turn: Turn, outcome: Outcome, tools: Tools) -> Outcome:
    """The outcome with these buttons under its answers from the knowledge base."""
    if spoken() != CHINESE:
        return outcome
    replies = tuple(_with_links(turn, reply, tools) for reply in outcome.replies)
    return replace(outcome, replies=replies)


def _with_links(turn: Turn, reply: Reply, tools: Tools) -> Reply:
    source = reply.source or ""
    if not source or source.startswith(OTHERS) or reply.safety:
        return reply
    # Articles are shown as their own source; they belong to no entry.
    entry_id = source.removeprefix(FAQ).partition("@")[0] if source.startswith(FAQ) else ""
    links = [*_similar(entry_id, tools), *_way(turn, entry_id, tools)]
    first = [b for b in reply.quick_replies if b.payload != PERSON]
    last = [b for b in reply.quick_replies if b.payload == PERSON]
    links = links[: max(0, MOST - len(first) - len(last))]
    return replace(reply, quick_replies=(*first, *links, *last))


def _way(turn: Turn, entry_id: str, tools: Tools) -> list[QuickReply]:
    # A way is gone on with by button while it is in mind; later it is asked for.
    if is_fresh(turn.session, turn.now):
        return [QuickReply(title=words("pathway_on"), payload=f"{INTENT}/on")]
    pathway, entry = of_entry(entry_id), tools.knowledge.entry(entry_id)
    general = entry is not None and entry.intent == INTENT
    if pathway is None and not general:
        return []
    name = pathway.name if pathway else "other"
    return [QuickReply(title=words("pathway_step_by_step"), payload=f"{INTENT}/{name}")]


def _similar(entry_id: str, tools: Tools) -> list[QuickReply]:
    if not tools.knowledge.clippings(entry_id):
        return []
    return [QuickReply(title=words("similar_cases"), payload=f"followup/similar={entry_id}")]
