"""A form that rests: after something urgent, a question in between, or hours of silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from actions.base import answer, say
from actions.forms import asking
from actions.forms.commands import Command, command
from actions.forms.corrections import correction
from actions.forms.draft import Draft, draft_of, hold, shelved, untouched_for
from actions.forms.reading import BRIEF, COURTESY, EMPTY, Move, brings, read_move
from actions.forms.spec import Takes
from core.effects import EraseMe, RequestHandoff
from core.messages import URGENT, Reply
from core.turns import Outcome, Pause, Session, Turn

RESTS_AFTER = timedelta(hours=6)
# A cry for help is short; what is longer tells the matter as well.
STORY = 30
# These words mean the form even after a question in between.
PLAIN = frozenset({Command.RESUME, Command.RESTART, Command.BACK, Command.CANCEL, Command.AGAIN})


def rests(session: Session, now: datetime) -> bool:
    """Whether the open form listens only to words that must be meant for it."""
    return session.pause is not None or _stale(session, now)


def is_in_need(session: Session) -> bool:
    """Whether an urgent card was the last thing told, and a form waits behind it."""
    return session.pause is Pause.URGENT and session.last_intent in URGENT


def takes_pictures(session: Session) -> bool:
    """Whether a picture that comes now is for the open form."""
    draft = draft_of(session)
    open_form = draft is not None and not draft.finished and not is_in_need(session)
    return open_form and draft is not None and draft.form.pictures is not None


def wake(turn: Turn, draft: Draft, *, weak: bool) -> Move | Outcome | None:
    """What a message means to a form that rests: a move, a word about it, or nothing."""
    told, stale = command(turn.parse.text), _stale(turn.session, turn.now)
    if is_in_need(turn.session):
        # 算了 and 放弃 may be meant for life itself now: only the form's very own word counts.
        return told if told is Command.RESUME else _brought(turn, draft, weak=weak)
    if told in PLAIN:
        return told
    if turn.session.pause is Pause.OFFERED and not stale:
        return _to_offer(turn, draft, told, weak=weak)
    says_little = weak or told is not None or turn.parse.intent in EMPTY | COURTESY
    brought = _brought(turn, draft, weak=weak)
    if brought is None and stale and says_little:
        return _offered(turn, Outcome(session=turn.session), draft)
    return brought


def put_aside(turn: Turn, draft: Draft) -> Outcome:
    """Leave the form alone, but keep it."""
    kept = replace(hold(turn.session, draft, turn.now), pause=Pause.ASIDE)
    return answer(turn, asking.put_aside(draft), session=kept)


def stop(turn: Turn) -> Outcome:
    """Give the form up with all that was filled in."""
    return say(turn, "cancel")


def interrupted(turn: Turn) -> Session:
    """The session when something urgent comes first: an open form waits, nothing told is lost."""
    draft, session = draft_of(turn.session), turn.session
    if draft is None or draft.finished:
        return session
    slot, text = draft.slot, turn.parse.text
    story = len(text) >= STORY or turn.parse.intent in draft.form.tells
    told = slot is not None and slot.grows and story and not rests(session, turn.now)
    if slot is not None and told:
        before = draft.value(slot.name)
        whole = f"{before}\n{text}" if before else text
        session = hold(session, draft.filled({slot.name: whole}), turn.now)
    return replace(session, pause=Pause.URGENT)


def settle(turn: Turn, outcome: Outcome, *, aside: bool) -> Outcome:
    """What a turn leaves unfinished is offered; an ``aside`` was no business of the open form."""
    before, session = draft_of(turn.session), outcome.session
    erased = any(isinstance(effect, EraseMe) for effect in outcome.effects)
    if session.form is not None or before is None or erased or not outcome.replies:
        return outcome
    if before.finished:
        return _kept(turn, outcome) if aside else outcome
    name = before.form.name
    if aside and name not in session.shelved and not (before.slot and before.slot.anything):
        return _mentioned(turn, _kept(turn, outcome), before)
    waiting = newest(session)
    return _offered(turn, outcome, waiting) if waiting else outcome


def newest(session: Session) -> Draft | None:
    """The form put on the shelf last."""
    names = sorted(session.shelved, key=lambda name: session.shelved[name].touched_at or "")
    return shelved(session, names[-1]) if names else None


def _kept(turn: Turn, outcome: Outcome) -> Outcome:
    """The outcome with the form as it was before the turn."""
    was = turn.session
    session = replace(
        outcome.session,
        form=was.form,
        requested_slot=was.requested_slot,
        slots=was.slots,
        touched_at=was.touched_at,
        pause=was.pause,
    )
    return replace(outcome, session=session)


def _stale(session: Session, now: datetime) -> bool:
    return untouched_for(session, now) > RESTS_AFTER


def _to_offer(
    turn: Turn, draft: Draft, told: Command | None, *, weak: bool
) -> Move | Outcome | None:
    """A message right after going on was offered: yes, no, or at once the answer itself."""
    intent = turn.parse.intent if len(turn.parse.text) <= BRIEF and not weak else ""
    if told is Command.CONFIRM or (told is None and intent == "affirm"):
        return Command.RESUME
    if told is not None or intent == "deny":
        return put_aside(turn, draft)
    takes_words = draft.slot is not None and draft.slot.takes is Takes.WORDS
    if takes_words and (weak or turn.parse.intent == "inform"):
        return read_move(draft, turn.parse, weak=weak)
    return _brought(turn, draft, weak=weak)


def _brought(turn: Turn, draft: Draft, *, weak: bool) -> Move | None:
    """The move of a message that holds what the form asks for, or mends what it holds."""
    parse = turn.parse
    if brings(draft, parse) or correction(draft, parse.text, parse.entities) is not None:
        return read_move(draft, parse, weak=weak)
    return None


def _mentioned(turn: Turn, outcome: Outcome, draft: Draft) -> Outcome:
    """Offer to go on; who was offered it already gets a button, who asked for a person nothing."""
    if any(isinstance(effect, RequestHandoff) for effect in outcome.effects):
        return _resting(outcome, Pause.ASIDE)
    known = turn.session.pause in (Pause.OFFERED, Pause.ASIDE)
    if not known or _stale(turn.session, turn.now):
        return _offered(turn, outcome, draft)
    *others, last = outcome.replies
    buttons = (*last.quick_replies, asking.going_on(draft))
    told = (*others, replace(last, quick_replies=buttons))
    return replace(_resting(outcome, Pause.ASIDE), replies=told)


def _offered(turn: Turn, outcome: Outcome, draft: Draft) -> Outcome:
    held = replace(hold(outcome.session, draft, turn.now), misses=0)
    offer: Reply = asking.offer(draft)
    resting = _resting(replace(outcome, session=held), Pause.OFFERED)
    return replace(resting, replies=(*outcome.replies, offer))


def _resting(outcome: Outcome, pause: Pause) -> Outcome:
    return replace(outcome, session=replace(outcome.session, pause=pause))
