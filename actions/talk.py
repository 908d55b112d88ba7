"""Small talk and everything that carries no question of its own."""

from __future__ import annotations

from dataclasses import replace

from actions.base import Action, answer, choice, say
from actions.mentions import mentions
from actions.phrases import LANGUAGES, language_names, phrases, reply, reply_in
from core.effects import EraseMe
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

CLARIFY = 3


def phrase(key: str) -> Action:
    """An action that says one phrase."""

    async def action(turn: Turn, tools: Tools) -> Outcome:
        return say(turn, key)

    return action


async def show_help(turn: Turn, tools: Tools) -> Outcome:
    """What the service can do; by button, the legal topics asked most."""
    return say(turn, "help_legal" if choice(turn) == "legal" else "help")


async def privacy(turn: Turn, tools: Tools) -> Outcome:
    """What is held of the citizen, and erasing it after a second yes."""
    match choice(turn):
        case "erase":
            return say(turn, "privacy_confirm")
        case "erase_confirmed":
            return say(turn, "privacy_erased", effects=[EraseMe()])
        case _:
            return say(turn, "privacy")


async def change_language(turn: Turn, tools: Tools) -> Outcome:
    """Speak the language that was named or pressed, from now on; ask which where none was."""
    named = [choice(turn)] if choice(turn) else _languages_in(turn.parse.text)
    if len(named) != 1 or named[0] not in LANGUAGES:
        return answer(turn, reply("change_language"), session=turn.session)
    chosen = replace(turn.session, language=named[0], language_chosen=True)
    return answer(turn, reply_in(named[0], "language_changed"), session=chosen)


def clarify(turn: Turn, titles: dict[str, str]) -> Outcome:
    """The reading is weak: offer the likeliest topics; at the second miss in a row, a person."""
    names = [name for name, _ in turn.parse.ranking if name in titles][:CLARIFY]
    if turn.session.misses or not names:
        return miss(turn, reply("not_understood_again"))
    buttons = tuple(QuickReply(title=titles[name], payload=name) for name in names)
    return miss(turn, Reply(text=reply("not_understood").text, quick_replies=buttons))


def miss(turn: Turn, told: Reply) -> Outcome:
    """Say something to a message that was not understood, and count it."""
    outcome = answer(turn, told, session=turn.session)
    return replace(outcome, session=replace(outcome.session, misses=turn.session.misses + 1))


def intent_titles() -> dict[str, str]:
    """Button titles of the intents that may be offered."""
    return {b.payload: b.title for b in phrases()["intent_titles"].buttons}


def _languages_in(text: str) -> list[str]:
    return [key for key, names in language_names().items() if mentions(text, names)]
