"""What a message means to the form that is open: a move in it, or nothing of its business."""

from __future__ import annotations

from dataclasses import dataclass

from actions.forms.commands import Command, command, plain
from actions.forms.corrections import Correction, asks, correction, named
from actions.forms.draft import CHOOSING, SUMMARY, Draft, may_blank
from actions.forms.listed import forms_of, meant
from actions.forms.moments import is_alone
from actions.forms.spec import Slot, Takes
from actions.forms.values import MOST, heard, read
from core.messages import Parse

# Intents that carry nothing of their own: beside a form they are answers to it.
EMPTY = frozenset({"inform", "affirm", "deny", "followup", "repeat", "feedback", "out_of_scope"})
REFERENCE = "case_ref"
COURTESY = frozenset({"greet", "thanks", "goodbye"})
# What is said to the service, not to the form; in a long text these are guesses.
SERVICE = frozenset({"human_handoff", "help", "cancel", "privacy_request", "change_language"})
TOLD = ("legal_", "report_", "wage_")
BRIEF = 12
# A question in between is short; what is longer is the story itself.
QUESTION = 40
# So much beside the value asked for is worth keeping.
MORE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Values for the form; they replace what stood there."""

    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Ask for a slot again, or for which one is meant."""

    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One of several ways to say yes to the summary."""

    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """Meant for the form, but no answer to what it asks."""


Move = Command | Fill | Reopen | Confirmed | Unfit


def read_move(draft: Draft, parse: Parse, *, weak: bool) -> Move | None:
    """The move a message makes, or None if it is for somebody else to answer.

    ``weak`` says that the reading of its intent is not to be trusted.
    """
    text, slot = parse.text, draft.slot
    if slot is not None and slot.anything:
        return _anything(slot, parse, weak=weak)
    # 不用 and 可以 are answers where a choice is asked for, commands elsewhere.
    if slot is not None and slot.takes is Takes.CHOICE and len(text) <= BRIEF:
        chosen = read(slot, text, parse.entities)
        if chosen is not None and not (asks(text) and _is_aside(draft, parse, weak=weak)):
            return Fill(values=_with_rest(draft, parse, {slot.name: chosen}))
    if (how := _confirms(draft, text)) is not None:
        return Confirmed(how=how)
    told = command(text)
    if told is not None:
        return told if _applies(draft, told) else Unfit()
    if (mended := correction(draft, text, parse.entities)) is not None:
        return _correcting(mended)
    if _is_aside(draft, parse, weak=weak):
        return None
    return _at_summary(draft, parse) if slot is None else _answer(draft, slot, parse)


def brings(draft: Draft, parse: Parse) -> bool:
    """Whether a message holds the very thing asked for, recognisably."""
    slot = draft.slot
    if slot is not None and (slot.takes is Takes.QUANTITY or slot.foreign):
        return read(slot, parse.text, parse.entities) is not None
    return slot is not None and any(e.name in slot.entities for e in parse.entities)


def mends(finished: Draft, parse: Parse) -> Move | None:
    """What changes a sum that was told: a correction, or little more than another value."""
    mended = correction(finished, parse.text, parse.entities)
    if mended is not None and mended.reopen not in (SUMMARY, CHOOSING):
        return _correcting(mended)
    form, text = finished.form, parse.text
    others = (f for f in forms_of(form.intent) if f.name != form.name)
    if len(text) > BRIEF or any(word in text for other in others for word in other.means):
        return None
    values = heard(form, (), parse.entities, text)
    covered = sum(e.end - e.start for e in parse.entities)
    telling = covered >= MOST * len(text) or parse.intent in {*EMPTY, form.intent}
    return Fill(values=values) if values and telling else None


def is_answer(draft: Draft, parse: Parse) -> bool:
    """Whether a message can be nothing but an answer: a command, a choice, hardly more than a value.

    Short answers are what a model is worst at; these need none.
    """
    slot, bare = draft.slot, plain(parse.text)
    choices = slot.choices if slot is not None else ()
    said = {plain(word) for c in choices for word in (*c.words, *c.titles.values())}
    if command(parse.text) is not None or bare in said:
        return True
    if slot is not None and slot.takes is Takes.QUANTITY and read(slot, parse.text, ()):
        return True
    if slot is not None and slot.takes is Takes.MOMENT and is_alone(parse.text):
        return True
    asked = slot.entities if slot is not None else ()
    covered = sum(e.end - e.start for e in parse.entities if e.name in asked)
    return covered > 0 and covered >= MOST * len(parse.text)


def _anything(slot: Slot, parse: Parse, *, weak: bool) -> Move | None:
    told = command(parse.text)
    if told is Command.CANCEL or (told is Command.SKIP and slot.skippable):
        return told
    if parse.intent in {*SERVICE, "deny"} and not weak:
        return None
    return Fill(values={slot.name: parse.text})


def _confirms(draft: Draft, text: str) -> str | None:
    """The key of the yes that a whole text says, where the summary offers several."""
    ways = draft.form.confirms if draft.asked == SUMMARY else ()
    return next((c.key for c in ways if plain(text) in map(plain, c.words)), None)


def _applies(draft: Draft, told: Command) -> bool:
    match told:
        case Command.CONFIRM:
            return draft.asked == SUMMARY
        case Command.SKIP | Command.CLEAR:
            return draft.slot is not None and draft.slot.skippable
        case Command.CHANGE:
            return bool(draft.shown)
        case Command.BLANKS:
            return may_blank(draft)
        case _:
            return True


def _correcting(mended: Correction) -> Move:
    if mended.reopen is not None:
        return Reopen(where=mended.reopen)
    return Fill(values=mended.values)


def _is_aside(draft: Draft, parse: Parse, *, weak: bool) -> bool:
    """Whether a message asks for something else than the form does."""
    references = not any(REFERENCE in slot.entities for slot in draft.form.slots)
    if references and parse.value(REFERENCE) is not None:
        return True
    if parse.intent == draft.form.intent:
        # Another form of the same kind is asked for: 帮我写个起诉状 while an application is open.
        other = meant(draft.form.intent, parse.text)
        return other not in (None, draft.form) and _is_question(draft, parse)
    if weak or parse.intent in EMPTY:
        return False
    if parse.intent in SERVICE | COURTESY:
        return len(parse.text) <= BRIEF
    if draft.form.growing is None:
        return not brings(draft, parse)
    if draft.slot == draft.form.growing and not parse.intent.startswith(TOLD):
        # What a story may be about is read as a matter of law or a report.
        return len(parse.text) <= BRIEF
    return _is_question(draft, parse)


def _is_question(draft: Draft, parse: Parse) -> bool:
    claims = draft.slot is not None and draft.slot.claims
    return len(parse.text) <= QUESTION and asks(parse.text, claims=claims)


def _answer(draft: Draft, slot: Slot, parse: Parse) -> Move:
    value = read(slot, parse.text, parse.entities)
    others = heard(draft.form, {*draft.slots, slot.name}, parse.entities, parse.text)
    if value is not None:
        extra = others if slot.takes is Takes.WORDS else _with_rest(draft, parse, others)
        return Fill(values={**extra, slot.name: value})
    grown = _with_rest(draft, parse, others)
    return Fill(values=grown) if grown else Unfit()


def _with_rest(draft: Draft, parse: Parse, values: dict[str, str]) -> dict[str, str]:
    """The values, with the words that are more than a value added to the slot that grows."""
    others = heard(draft.form, {*draft.slots, *values}, parse.entities, parse.text)
    growing = draft.form.growing
    if draft.slot is not None and not draft.slot.volunteered:
        # Who adds a word to their number does not tell the story.
        return {**others, **values}
    if growing is None or growing.name not in draft.slots or growing.name == draft.asked:
        return {**others, **values}
    covered = sum(e.end - e.start for e in parse.entities)
    if len(plain(parse.text)) - covered < MORE:
        return {**others, **values}
    story = draft.value(growing.name)
    whole = f"{story}\n{parse.text}" if story else parse.text
    return {**others, growing.name: whole, **values}


def _at_summary(draft: Draft, parse: Parse) -> Move:
    """At the summary a bare value of some kind replaces what stands there of that kind."""
    if draft.asked == CHOOSING and (slot := named(draft, parse.text)) is not None:
        return Reopen(where=slot.name)
    values = heard(draft.form, (), parse.entities, parse.text)
    if values and len(parse.text) <= BRIEF:
        return Fill(values=values)
    if parse.intent == "deny" and len(parse.text) <= BRIEF:
        return Command.CHANGE
    grown = _with_rest(draft, parse, {})
    return Fill(values=grown) if grown else Unfit()
