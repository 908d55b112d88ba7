"""What an action is, and the few moves all of them share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from actions.forms.draft import let_go
from actions.phrases import reply
from core.effects import Effect
from core.messages import Reply
from core.ports import Tools
from core.turns import Outcome, Session, Turn

Action = Callable[[Turn, Tools], Awaitable[Outcome]]
CHOICE = "choice"


def say(turn: Turn, *keys: str, effects: Sequence[Effect] = ()) -> Outcome:
    """Answer with phrases; the message was understood and any form is left."""
    return answer(turn, *(reply(key) for key in keys), effects=effects)


def answer(
    turn: Turn,
    *replies: Reply,
    session: Session | None = None,
    effects: Sequence[Effect] = (),
) -> Outcome:
    """Answer with replies; without a session given, any form is left and misses are forgotten."""
    settled = session or let_go(turn.session)
    return Outcome(
        replies=tuple(replies),
        session=replace(settled, misses=0, last_intent=turn.parse.intent),
        effects=tuple(effects),
    )


def choice(turn: Turn) -> str | None:
    """The argument of the pressed button: ``legal_labour/labour-unpaid`` gives the latter."""
    return turn.parse.value(CHOICE)
