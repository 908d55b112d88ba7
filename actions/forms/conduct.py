"""A form in the course of a conversation: opened, answered, corrected, brought to its end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from actions.base import choice, say
from actions.forms import asking, moments
from actions.forms.commands import Command, command
from actions.forms.draft import (
    CHOOSING,
    DONE,
    SUMMARY,
    Draft,
    blanked,
    draft_of,
    hold,
    may_blank,
    settled,
    shelved,
)
from actions.forms.limits import broken
from actions.forms.listed import forms, pressed_form
from actions.forms.pausing import newest, put_aside, rests, stop, takes_pictures, wake
from actions.forms.reading import Confirmed, Fill, Move, Reopen, Unfit, mends, read_move
from actions.forms.spec import SKIPPED, Slot, Takes
from actions.forms.values import heard, opened, with_pictures
from actions.phrases import words
from core.clock import SUZHOU
from core.messages import Reply
from core.ports import Tools
from core.turns import Outcome, Pause, Session, Turn

Finish = Callable[[Turn, Tools, Draft], Awaitable[Outcome]]
"""What is done with a form that is filled in and, where that is wanted, confirmed."""
Finishes = Mapping[str, Finish]
"""How forms end, by their intent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a turn meets its form: what it may read with, and how each form ends."""

    turn: Turn
    tools: Tools
    finishes: Finishes

    async def begin(self, name: str, known: Mapping[str, str] | None = None) -> Outcome:
        """Open a form with what is ``known`` and the message says; one begun is offered first."""
        form, session = forms()[name], self.turn.session
        before = draft_of(session) if session.form == name else shelved(session, name)
        before = None if before is None or before.finished else self._joined(before)
        if form.confirmed and before is not None and before.begun:
            offered = self._told(before, asking.offer(before))
            return replace(offered, session=replace(offered.session, pause=Pause.OFFERED))
        parse = self.turn.parse
        said = {**opened(form, parse.text), **heard(form, (), parse.entities, parse.text)}
        named = any(slot in said for slot in form.together)
        rest = dict.fromkeys(form.together, SKIPPED) if named else {}
        kept = before.slots if before and known is None else {}
        empty = self._joined(Draft.new(form, {**rest, **kept}))
        line = asking.heard(empty.asking(SUMMARY), said) if form.confirmed or form.repeats else ""
        return await self._fill(empty, {**said, **(known or {})}, line=line)

    def ask(self, name: str, known: Mapping[str, str] = MappingProxyType({})) -> Outcome:
        """Open a form with nothing but what is known, whatever the message said."""
        return self._say(Draft.new(forms()[name], dict(known)))

    def show(self, draft: Draft, *, line: str = "") -> Outcome:
        """Open a form as it was filled in before."""
        return self._say(draft, line=line)

    async def fill(self, name: str, values: Mapping[str, str], *, line: str = "") -> Outcome:
        """Go on with values chosen outside the form's own lists; opens it where it is not."""
        return await self._fill(self._kept(name), values, line=line)

    def again(self, name: str, slot: str, *, line: str = "") -> Outcome:
        """Ask for a slot once more, without the value it had."""
        draft = self._kept(name)
        left = {n: v for n, v in draft.slots.items() if n != slot}
        return self._say(replace(draft, slots=left, asked=slot), line=line)

    async def take(self, *, weak: bool) -> Outcome | None:
        """Answer a typed message if it is for the open form; None leaves it to others."""
        draft = draft_of(self.turn.session)
        if draft is None or draft.finished:
            return await self._beside(draft)
        draft = self._joined(draft)
        if self.turn.message.pictures and draft.slot == draft.form.pictures:
            captioned = await self._captioned(draft)
            if captioned is not None:
                return captioned
        if rests(self.turn.session, self.turn.now):
            meant = wake(self.turn, draft, weak=weak)
        else:
            meant = read_move(draft, self.turn.parse, weak=weak)
            if meant is None and self.turn.parse.intent == "cancel" and not weak:
                # Only the word itself throws a longer form away.
                kept = draft.form.confirmed and draft.begun
                return put_aside(self.turn, draft) if kept else stop(self.turn)
        if meant is None or isinstance(meant, Outcome):
            return meant
        return await self._move(draft, meant)

    async def pictured(self) -> Outcome | None:
        """Go on after pictures without a word; None if no open form takes them."""
        draft = draft_of(self.turn.session)
        if not takes_pictures(self.turn.session) or draft is None:
            return None
        return await self._on(settled(draft), line="")

    async def press(self) -> Outcome | None:
        """A button of a form; None if its argument has nothing to do with one."""
        form, argument = pressed_form(f"{self.turn.parse.intent}/{choice(self.turn) or ''}")
        word, _, value = argument.partition("=")
        if form is None or not (form.slot(word) or word in set(Command)):
            return None
        here = self.turn.session.form == form.name
        draft = draft_of(self.turn.session) if here else shelved(self.turn.session, form.name)
        if draft is None and form.reopens:
            return None
        if draft is None and form.confirmed:
            return say(self.turn, "form_gone")
        draft = self._joined(draft or Draft.new(form, {}))
        slot = form.slot(word)
        if slot is None:
            return await self._press(draft, Command(word), value)
        if slot.choice(value) is None:
            return await self._on(draft, line="")
        return await self._move(draft, Fill(values={word: value}))

    def _kept(self, name: str) -> Draft:
        """The form as far as it is filled in, open or put aside; else a new one."""
        session = self.turn.session
        kept = draft_of(session) if session.form == name else shelved(session, name)
        return kept or Draft.new(forms()[name], {})

    async def _press(self, draft: Draft, pressed: Command, value: str) -> Outcome:
        if pressed is Command.CONFIRM and not draft.form.confirmed:
            return await self._on(draft, line="")
        if pressed is Command.CONFIRM:
            sealed, _, how = value.partition(".")
            if not draft.complete or sealed != asking.seal(draft):
                # The button of an old summary never files what that did not show.
                return self._say(draft.asking(SUMMARY) if draft.complete else draft)
            return await self._finish(replace(draft, how=how))
        name, _, page = value.partition(".")
        named = draft.asking(name) if draft.form.slot(name) is not None else draft
        if pressed is Command.MORE:
            return self._say(named, page=int(page) if page.isdecimal() else 1)
        if pressed is Command.CHANGE and named is not draft:
            return self._say(named)
        return await self._move(named, pressed)

    async def _move(self, draft: Draft, move: Move) -> Outcome:
        match move:
            case Unfit():
                return self._unfit(draft)
            case Fill(values=values):
                values = self._fixed(draft, values)
                return await self._fill(draft, values, line=asking.heard(draft, values))
            case Reopen(where=where):
                return self._say(draft.asking(where))
            case Confirmed(how=how):
                return await self._finish(replace(draft, how=how))
            case Command.CANCEL:
                return stop(self.turn)
            case Command.CONFIRM if draft.asked == SUMMARY:
                return await self._finish(draft)
            case Command.BACK if draft.before is None:
                return self._say(draft, line=words("form_at_start"))
            case command_given:
                return await self._on(_moved(draft, command_given), line="")

    async def _beside(self, finished: Draft | None) -> Outcome | None:
        """What is said with nothing being asked: “接着填”, or another number for what was told."""
        parse, shelf = self.turn.parse, newest(self.turn.session)
        if finished is not None and (mended := mends(finished, parse)) is not None:
            return await self._move(finished, mended)
        wanted = shelf is not None and command(parse.text) is Command.RESUME
        return self._say(shelf) if shelf is not None and wanted else None

    async def _captioned(self, draft: Draft) -> Outcome | None:
        """What is written under a picture that was asked for belongs to the story."""
        slot, text = draft.form.growing, self.turn.parse.text
        if slot is None or command(text) is not None:
            return None
        before = draft.value(slot.name)
        grown = {slot.name: f"{before}\n{text}" if before else text}
        return await self._on(settled(draft.filled(grown)), line="")

    def _joined(self, draft: Draft) -> Draft:
        """The draft with the pictures that wait for a place."""
        loose = self.turn.session.pictures
        return settled(with_pictures(draft, loose)) if loose else draft

    def _held(self, draft: Draft) -> Session:
        held = hold(self.turn.session, draft, self.turn.now)
        return replace(held, pictures=()) if draft.form.pictures is not None else held

    async def _fill(self, draft: Draft, values: Mapping[str, str], *, line: str) -> Outcome:
        """Go on with new values; the first that cannot be right is asked for again."""
        filled = draft.filled(values)
        for slot in draft.form.slots:
            asked_again = self._doubted(draft, filled, slot) if slot.name in values else None
            if asked_again is not None:
                return asked_again
        return await self._on(filled, line=line)

    def _doubted(self, draft: Draft, filled: Draft, slot: Slot) -> Outcome | None:
        """What is said to a value that cannot be right, or with which nothing can be done here."""
        value = filled.value(slot.name)
        if value is None:
            return None
        today = self.turn.now.astimezone(SUZHOU).date()
        bound = (
            "future"
            if slot.takes is Takes.MOMENT and moments.is_ahead(value, self.turn.now)
            else broken(slot.limits, value, filled.slots, today)
        )
        chosen = slot.choice(value)
        refuses = chosen.refuses if chosen is not None else ""
        if bound is None and not refuses:
            return None
        kept = {n: v for n, v in filled.slots.items() if n != slot.name}
        before = {slot.name: draft.slots[slot.name]} if slot.name in draft.slots else {}
        asked = replace(draft, slots={**kept, **before}, asked=slot.name)
        told = asking.wrong(asked, bound, value) if bound else asking.refused(asked, refuses)
        return self._told(asked, told)

    def _fixed(self, draft: Draft, values: Mapping[str, str]) -> dict[str, str]:
        """Values with moments told from the present, which passes, counted from it."""
        told = {slot.name for slot in draft.form.slots if slot.takes is Takes.MOMENT}
        now = self.turn.now
        return {n: moments.fixed(v, now) if n in told else v for n, v in values.items()}

    async def _on(self, draft: Draft, *, line: str) -> Outcome:
        today = self.turn.now.astimezone(SUZHOU).date()
        while draft.slot is not None and draft.slot.is_known(draft.slots, today):
            draft = draft.filled({draft.asked: SKIPPED})
        return await self._finish(draft) if draft.asked == DONE else self._say(draft, line=line)

    async def _finish(self, draft: Draft) -> Outcome:
        # Held first: what was open beside it goes on the shelf and is offered afterwards.
        turn = replace(self.turn, session=self._held(draft))
        return await self.finishes[draft.form.intent](turn, self.tools, draft)

    def _say(self, draft: Draft, *, line: str = "", page: int = 0) -> Outcome:
        asked = asking.question(draft, page=page)
        text = "\n".join(part for part in (line, asked.text) if part)
        return self._told(draft, replace(asked, text=text))

    def _unfit(self, draft: Draft) -> Outcome:
        misses = self.turn.session.misses + 1
        return self._told(draft, asking.unfit(draft, again=misses > 1), misses=misses)

    def _told(self, draft: Draft, reply: Reply, *, misses: int = 0) -> Outcome:
        # Whatever the words were read as: they belonged to the form.
        session = replace(self._held(draft), last_intent=draft.form.intent, misses=misses)
        return Outcome(replies=(reply,), session=session)


def _moved(draft: Draft, move: Command) -> Draft:
    match move:
        case Command.BACK if draft.asked == CHOOSING:
            return draft.asking(SUMMARY)
        case Command.BACK if draft.before is not None:
            return draft.asking(draft.before.name)
        case Command.SKIP if draft.slot is not None and draft.slot.skippable:
            return draft.passed()
        case Command.KEEP:
            has = draft.slot is None or draft.value(draft.asked) is not None
            return draft.passed() if has else draft
        case Command.CLEAR if draft.slot is not None and draft.slot.skippable:
            return draft.cleared()
        case _:
            return _leapt(draft, move)


def _leapt(draft: Draft, move: Command) -> Draft:
    """The moves that leave the slot asked for alone."""
    match move:
        case Command.CHANGE:
            return draft.asking(CHOOSING)
        case Command.BLANKS if may_blank(draft):
            return blanked(draft)
        case Command.RESTART:
            return Draft.new(draft.form, {})
        case _:
            return draft
