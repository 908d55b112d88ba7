"""A form half filled in, and the moves it can make; nothing here knows what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from actions.forms.listed import forms
from actions.forms.spec import SKIPPED, Form, Slot, Takes
from core.turns import Session, Shelved

SUMMARY = "summary"
CHOOSING = "choosing"
DONE = "done"
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``asked`` is the slot asked for, or ``SUMMARY``, ``CHOOSING`` what to change, or ``DONE``.

    ``how`` is the key of the yes that was said, where a form has several.
    """

    form: Form
    slots: Mapping[str, str]
    asked: str
    how: str = ""

    @classmethod
    def new(cls, form: Form, slots: Mapping[str, str]) -> Self:
        """A form with what the first message said."""
        return cls(form=form, slots=dict(slots), asked=_following(form, slots))

    @property
    def slot(self) -> Slot | None:
        """The slot asked for, if one is."""
        return self.form.slot(self.asked)

    @property
    def shown(self) -> tuple[Slot, ...]:
        """The slots a summary lists: filled or skipped, in order."""
        return tuple(s for s in self.form.slots if s.name in self.slots)

    @property
    def begun(self) -> bool:
        """Whether anything would be lost."""
        return any(value != SKIPPED for value in self.slots.values())

    @property
    def finished(self) -> bool:
        """Whether it was answered at once, with nothing to confirm; it waits only to be mended."""
        return self.asked == DONE

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return _following(self.form, self.slots) in (SUMMARY, DONE)

    @property
    def before(self) -> Slot | None:
        """The slot that “back” leads to."""
        names = [s.name for s in self.form.slots]
        until = names.index(self.asked) if self.asked in names else len(names)
        earlier = [
            s for s in self.form.slots[:until] if s.name in self.slots or s.wanted(self.slots)
        ]
        return earlier[-1] if earlier else None

    def value(self, name: str) -> str | None:
        """What was filled in; None where nothing was or it was skipped."""
        value = self.slots.get(name)
        return None if value in (None, SKIPPED) else value

    def filled(self, values: Mapping[str, str]) -> Self:
        """With values filled in; goes on unless what is asked for is still open."""
        slots = {**self.slots, **values}
        waits = self.slot is not None and self.asked not in values
        return replace(self, slots=slots, asked=self.asked if waits else self._next(slots))

    def passed(self) -> Self:
        """On to the next slot; one that is left without a value counts as skipped."""
        if self.slot is None:
            return replace(self, asked=self._next(self.slots))
        return self.filled({self.asked: self.slots.get(self.asked, SKIPPED)})

    def cleared(self) -> Self:
        """With the slot asked for emptied, as if it had been skipped."""
        return self.filled({self.asked: SKIPPED})

    def asking(self, name: str) -> Self:
        """At another slot, or at ``SUMMARY`` or ``CHOOSING``."""
        return replace(self, asked=name)

    def _next(self, slots: Mapping[str, str]) -> str:
        return _following(self.form, slots)


def settled(draft: Draft) -> Draft:
    """Past the slot asked for where pictures have just answered it or made it needless."""
    slot = draft.slot
    if slot is None:
        return draft
    answered = slot.takes is Takes.PICTURES and slot.name in draft.slots
    needless = slot.asked and not slot.wanted(draft.slots)
    going_on = _following(draft.form, draft.slots)
    return draft.asking(going_on) if answered or needless else draft


def may_blank(draft: Draft) -> bool:
    """Whether all that is still to be asked may be left blank at once."""
    left = _left(draft)
    return draft.form.blanks and bool(left) and all(slot.skippable for slot in left)


def blanked(draft: Draft) -> Draft:
    """The draft with all that was not said yet left blank, at its summary."""
    left = {slot.name: SKIPPED for slot in _left(draft)}
    return replace(draft, slots={**draft.slots, **left}, asked=SUMMARY)


def draft_of(session: Session) -> Draft | None:
    """The form a session holds, if it is one of the catalogue; foreign slots are passed over."""
    return _draft(session.form, session.requested_slot, session.slots)


def shelved(session: Session, name: str) -> Draft | None:
    """A form that was put aside."""
    kept = session.shelved.get(name)
    return _draft(name, kept.requested_slot, kept.slots) if kept else None


def hold(session: Session, draft: Draft, now: datetime) -> Session:
    """The session with this draft open; another form that was begun goes on the shelf."""
    shelf = {name: kept for name, kept in session.shelved.items() if name != draft.form.name}
    other = draft_of(session)
    waits = other is not None and other.begun and not other.finished
    if other is not None and waits and other.form.name != draft.form.name:
        shelf[other.form.name] = Shelved(
            requested_slot=other.asked, slots=dict(other.slots), touched_at=session.touched_at
        )
    return replace(
        session,
        form=draft.form.name,
        requested_slot=draft.asked,
        slots=dict(draft.slots),
        touched_at=now.isoformat(),
        pause=None,
        shelved=shelf,
    )


def let_go(session: Session) -> Session:
    """The session without its open form."""
    return replace(session, form=None, requested_slot=None, slots={}, touched_at=None, pause=None)


def without_old(session: Session, now: datetime) -> Session:
    """The session without forms that nobody touched for ``KEPT_FOR``."""
    shelf = {n: kept for n, kept in session.shelved.items() if not _old(kept.touched_at, now)}
    kept = let_go(session) if _old(session.touched_at, now) else session
    return kept if shelf == session.shelved else replace(kept, shelved=shelf)


def untouched_for(session: Session, now: datetime) -> timedelta:
    """How long ago the open form was touched."""
    return now - datetime.fromisoformat(session.touched_at) if session.touched_at else timedelta()


def _old(touched_at: str | None, now: datetime) -> bool:
    return touched_at is not None and now - datetime.fromisoformat(touched_at) > KEPT_FOR


def _draft(name: str | None, asked: str | None, slots: Mapping[str, str]) -> Draft | None:
    form = forms().get(name or "")
    if form is None:
        return None
    known = {k: v for k, v in slots.items() if v and form.slot(k) is not None}
    places = {SUMMARY, CHOOSING, *(s.name for s in form.slots)}
    return Draft(
        form=form, slots=known, asked=asked if asked in places else _following(form, known)
    )


def _left(draft: Draft) -> list[Slot]:
    return [slot for slot in draft.form.slots if slot.asked and slot.name not in draft.slots]


def _following(form: Form, slots: Mapping[str, str]) -> str:
    missing = (s.name for s in form.slots if s.name not in slots and s.wanted(slots))
    return next(missing, SUMMARY if form.confirmed else DONE)
