"""Which dispute a message is about."""

from __future__ import annotations

from collections.abc import Sequence

from actions.mentions import mentions
from actions.pathways.loading import pathways
from actions.pathways.spec import Pathway
from actions.phrases import words
from core.messages import Parse, QuickReply, Reply

INTENT = "pathway"
# Phones carry eight buttons.
FIRST = 7
# A reading rarer than this is no hint.
LIKELY = 0.03


def disputes(parse: Parse) -> list[Pathway]:
    """The pathways a message may mean, likeliest first: by its words, else by its reading.

    One that is named by a longer word, or by more of them, goes before the others.
    """
    scores = {
        pathway.name: sum(len(word) for word in pathway.words if mentions(parse.text, (word,)))
        for pathway in pathways().values()
    }
    best = max(scores.values())
    if best:
        return [pathways()[name] for name, score in scores.items() if score == best]
    likely = [name for name, share in parse.ranking if share >= LIKELY]
    return [
        pathway for name in likely for pathway in pathways().values() if pathway.intents[0] == name
    ]


def of_entry(entry_id: str) -> Pathway | None:
    """The pathway that an FAQ answer offers."""
    return next((p for p in pathways().values() if entry_id in p.entries), None)


def list_of(named: Sequence[Pathway], *, page: str = "") -> Reply:
    """Ask which dispute it is: those named, else all twelve in two pages."""
    every = list(pathways().values())
    shown = list(named) or (every[FIRST:] if page else every[:FIRST])
    buttons = [QuickReply(title=p.title, payload=f"{INTENT}/{p.name}") for p in shown[:FIRST]]
    if named or not page:
        title, more = words("pathway_more"), f"{INTENT}/other" + ("" if named else "=2")
        buttons.append(QuickReply(title=title, payload=more))
    else:
        buttons.append(QuickReply(title=words("legal_person"), payload="human_handoff"))
    return Reply(text=words("pathway_which"), quick_replies=tuple(buttons))
