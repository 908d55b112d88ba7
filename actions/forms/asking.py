"""What a form says: the next question, the summary, the offer to go on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from actions.forms.commands import Command
from actions.forms.draft import CHOOSING, SUMMARY, Draft, may_blank
from actions.forms.spec import SKIPPED, Slot
from actions.forms.values import excerpt, show, told
from actions.phrases import phrases, reply, words
from core.messages import QuickReply, Reply

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# A longer list of choices is shown in two steps: phones carry eight buttons.
CHOICES = 5
LEAF = 6
SLOTS = 8
NOTED = 20
SUMMARISED = 40


def question(draft: Draft, *, page: int = 0) -> Reply:
    """What the form wants now; ``page`` turns the leaves of a long list of choices."""
    if draft.asked == SUMMARY:
        return _summary(draft)
    if draft.asked == CHOOSING:
        return _which(draft, more=page > 0)
    slot = draft.slot
    if slot is None:
        raise ValueError(f"the form {draft.form.name} asks for nothing")
    key = _asks(draft, slot) if draft.slots or draft.form.opening is None else draft.form.opening
    lines = [words(key)]
    value = draft.value(slot.name)
    if value is not None:
        lines.append(words("form_was", value=excerpt(draft, slot, SUMMARISED)))
    moves = (_press(draft, Command.BACK),) if page else _moves(draft, slot)
    buttons = (*_choices(draft, slot, page=page), *phrases()[key].buttons, *moves)
    once = {button.payload: button for button in reversed(buttons)}
    shown = tuple(button for button in buttons if once[button.payload] is button)
    return Reply(text="\n".join(lines), quick_replies=shown, citations=slot.citations)


def wrong(draft: Draft, bound: str, value: str) -> Reply:
    """A value that cannot be right, kindly, and the question again."""
    slot = draft.slot
    if slot is None:
        raise ValueError(f"the form {draft.form.name} asks for nothing")
    other = draft.form.slot(slot.limits.after or "")
    said = show(other, draft.slots.get(other.name, "")) if other is not None else ""
    told_wrong = words(
        f"form_wrong_{bound}",
        label=words(slot.label),
        value=show(slot, value),
        other=words(other.label) if other else "",
        said=said,
    )
    asked = question(draft)
    return replace(asked, text="\n".join([told_wrong, asked.text]))


def refused(draft: Draft, key: str) -> Reply:
    """Why nothing can be done with that answer, and the question's own buttons to change it."""
    asked = question(draft)
    return replace(reply(key), quick_replies=(*phrases()[key].buttons, *asked.quick_replies))


def unfit(draft: Draft, *, again: bool) -> Reply:
    """The answer did not fit: say what would; the second time in a row a person is offered."""
    slot = draft.slot
    asked = question(draft)
    if again:
        person = QuickReply(title=words("legal_person"), payload="human_handoff")
        told_again = words("form_unfit_again")
        return replace(asked, text=told_again, quick_replies=(person, *asked.quick_replies))
    return replace(asked, text=words(slot.again if slot else draft.form.unfit))


def heard(draft: Draft, values: Mapping[str, str]) -> str:
    """What new values change, or say beyond the answer itself, so that a mistake shows at once."""
    growing = draft.form.growing
    changed = {n for n in values if draft.value(n) is not None and draft.form.slot(n) != growing}
    names = changed or set(values) - {draft.asked}
    lines = told(draft.filled(values), names, most=NOTED)
    key = "form_changed" if changed else "form_noted"
    return words(key, values=words("form_separator").join(lines)) if lines else ""


def offer(draft: Draft) -> Reply:
    """Ask whether to go on with a form."""
    at = words("form_summary_label" if draft.slot is None else draft.slot.label)
    key = draft.form.resume
    buttons = phrases()[key].buttons or (
        *(_press(draft, c) for c in (Command.RESUME, Command.RESTART)),
        _stop("form_do_stop"),
    )
    return Reply(text=words(key, title=words(draft.form.title), at=at), quick_replies=buttons)


def going_on(draft: Draft) -> QuickReply:
    """The button that leads back to the form."""
    own = phrases()[draft.form.resume].buttons
    return own[0] if own else _press(draft, Command.RESUME)


def put_aside(draft: Draft) -> Reply:
    """The form is left alone but kept."""
    text = words(draft.form.aside, title=words(draft.form.title))
    return Reply(text=text, quick_replies=(going_on(draft), _stop("form_do_stop")))


def full(draft: Draft) -> str:
    """Everything filled in, uncut, a line a slot: what is filed is what was shown."""
    return "\n".join(told(draft, {n for n, v in draft.slots.items() if v != SKIPPED}))


def seal(draft: Draft) -> str:
    """A few characters that tell one summary from another, for its button."""
    slot = draft.form.pictures
    # Of pictures a summary tells the number; the button files those it was shown with.
    shown = full(draft) + (draft.slots.get(slot.name, "") if slot else "")
    return hashlib.blake2s(shown.encode(), digest_size=4).hexdigest()


def _summary(draft: Draft) -> Reply:
    listed = "\n".join(_listed(draft))
    said = full(draft)
    notes = [note for note in draft.form.notes if any(word in said for word in note.words)]
    buttons = (*_confirms(draft), _press(draft, Command.CHANGE), _stop())
    summary = words(draft.form.summary, lines=listed, title=words(draft.form.title))
    return Reply(
        text="\n".join([summary, *(words(n.say) for n in notes)]),
        quick_replies=buttons,
        citations=tuple(note.citation for note in notes),
        source=f"form:{draft.form.name}" if draft.form.kind else None,
    )


def _listed(draft: Draft) -> list[str]:
    """The lines of a summary, numbered; where blanks may be left, they share the last line."""
    lines = told(draft, {s.name for s in draft.shown}, most=SUMMARISED)
    numbered = list(zip(draft.shown, NUMBERS, lines, strict=False))
    blank = [s for s in draft.shown if draft.form.blanks and draft.value(s.name) is None]
    listed = [f"{number} {line}" for slot, number, line in numbered if slot not in blank]
    left = "".join(f"{n}{words(slot.label)} " for slot, n, _ in numbered if slot in blank)
    return [*listed, words(draft.form.blank, blanks=left.strip())] if left else listed


def _confirms(draft: Draft) -> tuple[QuickReply, ...]:
    """A button for each way to say yes."""
    plain = _press(draft, Command.CONFIRM, seal(draft))
    return tuple(
        QuickReply(title=words(way.title), payload=f"{plain.payload}.{way.key}")
        for way in draft.form.confirms
    ) or (plain,)


def _which(draft: Draft, *, more: bool) -> Reply:
    buttons = tuple(
        replace(_press(draft, Command.CHANGE, slot.name), title=words(slot.label))
        for slot in draft.shown
    )
    if len(buttons) > SLOTS:
        first, rest = buttons[: SLOTS - 1], buttons[SLOTS - 1 :]
        buttons = rest if more else (*first, _press(draft, Command.MORE, CHOOSING))
    return replace(reply("form_which"), quick_replies=buttons)


def _asks(draft: Draft, slot: Slot) -> str:
    """The question of a slot; another slot's value may have one of its own."""
    own = f"{slot.ask}_{draft.value(slot.ask_by or '')}"
    return own if own in phrases() else slot.ask


def _choices(draft: Draft, slot: Slot, *, page: int) -> tuple[QuickReply, ...]:
    buttons = tuple(
        QuickReply(title=c.title, payload=f"{draft.form.name}/{slot.name}={c.key}")
        for c in slot.choices
    )
    if len(buttons) <= CHOICES:
        return buttons
    first = CHOICES - 1
    if page == 0:
        return (*buttons[:first], _press(draft, Command.MORE, slot.name))
    leaf = buttons[first + (page - 1) * LEAF : first + page * LEAF]
    if len(buttons) <= first + page * LEAF + 1:
        return buttons[first + (page - 1) * LEAF :]
    return (*leaf, _press(draft, Command.MORE, f"{slot.name}.{page + 1}"))


def _moves(draft: Draft, slot: Slot) -> tuple[QuickReply, ...]:
    # These name their slot: pressed later, they do not touch the one that is asked for then.
    has = draft.value(slot.name) is not None
    moves = [_press(draft, Command.KEEP, slot.name)] if has else []
    if slot.skippable:
        moves.append(_press(draft, Command.CLEAR if has else Command.SKIP, slot.name))
    if may_blank(draft):
        moves.append(_press(draft, Command.BLANKS))
    if draft.before is not None:
        moves.append(_press(draft, Command.BACK))
    return (*moves, _stop())


def _press(draft: Draft, command: Command, value: str = "") -> QuickReply:
    argument = f"{command}={value}" if value else command
    return QuickReply(title=words(f"form_do_{command}"), payload=f"{draft.form.name}/{argument}")


def _stop(key: str = "form_do_cancel") -> QuickReply:
    return QuickReply(title=words(key), payload="cancel")
