"""Pictures that come with a message: into the open form, else asked about; never read."""

from __future__ import annotations

from dataclasses import replace

from actions.base import answer
from actions.forms.draft import draft_of
from actions.forms.pausing import takes_pictures
from actions.forms.values import pictures_in, with_pictures
from actions.phrases import reply, spoken, words
from core.effects import EraseMe, RequestHandoff
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Session, Turn

# As many as a case takes from one form.
MOST = 9
MOST_CASES = 3
TAIL = 7


def noted(turn: Turn) -> Turn:
    """The turn with its pictures in the open form, or among those that wait for a place."""
    sent, session = turn.message.pictures, turn.session
    if not sent or turn.status is not ConversationStatus.BOT:
        return turn
    draft = draft_of(session)
    if draft is None or not takes_pictures(session):
        loose = tuple(dict.fromkeys((*session.pictures, *sent)))[-MOST:]
        return replace(turn, session=replace(session, pictures=loose))
    slots = dict(with_pictures(draft, sent).slots)
    return replace(turn, session=replace(session, slots=slots))


async def ask(turn: Turn, tools: Tools) -> Outcome:
    """What a picture out of the blue is for: a case of theirs, a new one, somebody to look at it.

    An open form waits as it is: its own question would stand in the way of this one.
    """
    asked = reply("picture_asked", count=len(turn.message.pictures))
    buttons = (*await _places(turn, tools), *asked.quick_replies)
    return answer(turn, replace(asked, quick_replies=buttons), session=turn.session)


async def told(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    """The outcome with what became of the pictures; what nobody found a place for is let go."""
    if turn.status is ConversationStatus.BOT:
        outcome = await _placed(turn, tools, outcome)
    if turn.message.lost:
        lost = reply("picture_lost", count=turn.message.lost)
        outcome = replace(outcome, replies=(*outcome.replies, lost))
    return outcome


async def _placed(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    loose, sent = outcome.session.pictures, turn.message.pictures
    if loose and not sent and turn.message.payload is None:
        # The talk has moved on: days later they must not slip into another matter.
        return replace(outcome, session=replace(outcome.session, pictures=()))
    if loose and sent:
        return await _beside(turn, tools, outcome)
    if sent or turn.session.pictures:
        return _received(turn, outcome)
    return outcome


def _received(turn: Turn, outcome: Outcome) -> Outcome:
    """Say before the next question how many pictures the form has."""
    line = _count(outcome.session, turn.message.pictures)
    at = next((n for n, told in enumerate(outcome.replies) if not told.safety), None)
    if not line or at is None:
        return outcome
    first = outcome.replies[at]
    replies = [*outcome.replies]
    replies[at] = replace(first, text=f"{line}\n{first.text}")
    return replace(outcome, replies=tuple(replies))


def _count(session: Session, sent: tuple[str, ...]) -> str:
    draft = draft_of(session)
    slot = draft.form.pictures if draft is not None else None
    held = pictures_in(draft.value(slot.name)) if draft is not None and slot is not None else ()
    if not held:
        return ""
    key = "form_pictures_full" if set(sent) - set(held) else "form_pictures"
    return words(key, count=len(held))


async def _beside(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    """Words were answered; the picture beside them is asked about below."""
    handed = any(isinstance(effect, RequestHandoff | EraseMe) for effect in outcome.effects)
    if handed or not outcome.replies or not _has_words(turn):
        return outcome
    asked = reply("picture_beside")
    buttons = (*await _places(turn, tools), *asked.quick_replies)
    *others, last = outcome.replies
    return replace(outcome, replies=(*others, _joined(last, asked.text, buttons)))


def _joined(last: Reply, text: str, buttons: tuple[QuickReply, ...]) -> Reply:
    known = {button.payload for button in last.quick_replies}
    new = [button for button in buttons if button.payload not in known]
    return replace(last, text=f"{last.text}\n{text}", quick_replies=(*last.quick_replies, *new))


async def _places(turn: Turn, tools: Tools) -> tuple[QuickReply, ...]:
    """A button for each of their cases that takes more."""
    own = await tools.cases.mine(turn.contact_id, language=spoken())
    return tuple(
        QuickReply(
            title=words("picture_add", tail=case.reference[-TAIL:], state=case.state),
            payload=f"case_update/{case.reference}",
        )
        for case in [case for case in own if "supplement" in case.steps_open][:MOST_CASES]
    )


def _has_words(turn: Turn) -> bool:
    return any(char.isalnum() for char in turn.parse.text)
