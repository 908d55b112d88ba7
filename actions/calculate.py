"""Sums by the law: which calculator a message wants, its form, and the sum with its articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from actions import legal
from actions.base import answer, choice, say
from actions.calculators.laws import laws
from actions.forms.commands import Command, plain
from actions.forms.conduct import Desk, Finishes
from actions.forms.draft import Draft, hold
from actions.forms.listed import forms, forms_of
from actions.forms.spec import Form
from actions.forms.values import heard
from actions.mentions import simplified
from actions.phrases import phrases, words
from actions.sums import (
    annual_leave,
    consumer,
    court_fee,
    deadline,
    house_delay,
    injury,
    interest,
    overtime,
    severance,
)
from actions.sums.lines import Filled, Line, Sum, day, texts
from core.clock import SUZHOU
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Pause, Turn

INTENT = "calculate"
MORE = "more"
SCREEN = 200
# A longer message that was read as something else tells a story, with figures in it.
LONGEST = 50
FILE = Path(__file__).with_name("calculate.yml")
SUMS: Mapping[str, Sum] = {
    "calculate/annual_leave": annual_leave.told,
    "calculate/consumer": consumer.told,
    "calculate/court_fee": court_fee.told,
    "calculate/deadline": deadline.told,
    "calculate/house_delay": house_delay.told,
    "calculate/injury": injury.told,
    "calculate/interest": interest.told,
    "calculate/overtime": overtime.told,
    "calculate/severance": severance.told,
}


async def calculate(turn: Turn, tools: Tools) -> Outcome:
    """Work out what is asked for; a question about the rule is answered as one of law."""
    pressed = choice(turn)
    if pressed == MORE:
        return say(turn, "calc_more")
    if pressed is not None:
        named = forms().get(f"{INTENT}/{pressed}")
        return await _open(turn, tools, named) if named else await legal.ask(turn, tools)
    form = wanted(turn.parse.text)
    if form is None:
        return await _unknown(turn, tools)
    if asks_rule(turn.parse.text) and not _told_figures(turn, form):
        return await _rule(turn, tools, form)
    return await _open(turn, tools, form)


async def finish(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Tell the sum; the form stays in mind, so that a number can still be changed."""
    today = turn.now.astimezone(SUZHOU).date()
    lines = SUMS[draft.form.name](Filled(slots=draft.slots, today=today))
    said = () if turn.session.disclaimed else (words("legal_disclaimer"),)
    stale = today >= laws().valid_until
    checked = words("calc_unchecked" if stale else "calc_checked", day=day(laws().checked_on))
    told = [_part(draft, part) for part in _screens(lines)]
    last = replace(
        told[-1],
        text="\n".join([told[-1].text, checked, *said]),
        quick_replies=(*_buttons(draft, lines), *_moves(draft)),
    )
    held = replace(hold(turn.session, draft, turn.now), pause=Pause.ASIDE, disclaimed=True)
    return answer(turn, *told[:-1], last, session=held)


FINISHES: Finishes = {INTENT: finish}


def wanted(text: str) -> Form | None:
    """The calculator that a text means by its words; None if none or two do alike."""
    bare = plain(simplified(text))
    scores = {
        name: sum(len(word) for word in means if word in bare) for name, means in _means().items()
    }
    best = max(scores.values())
    names = [name for name, score in scores.items() if score == best]
    none = any(word in bare for word in _said()["not_here"])
    return forms()[names[0]] if best and len(names) == 1 and not none else None


@cache
def _means() -> Mapping[str, tuple[str, ...]]:
    """The words of each calculator, as they are looked for."""
    return {form.name: tuple(map(plain, form.means)) for form in forms_of(INTENT)}


def asks_rule(text: str) -> bool:
    """Whether a text asks how something is worked out rather than for the sum."""
    return any(re.search(pattern, text) for pattern in _said()["rule"])


def is_sum(turn: Turn, _tools: Tools) -> bool:
    """Whether a message asks for a sum and tells all that it needs, whatever it was read as."""
    text = turn.parse.text
    form = wanted(text)
    long = len(text) > LONGEST and turn.parse.intent != INTENT
    if form is None or long or not any(re.search(p, text) for p in _said()["sum"]):
        return False
    said = heard(form, (), turn.parse.entities, text)
    missing = (s for s in form.slots if s.name not in said and s.wanted(said))
    chosen = not form.together or any(name in said for name in form.together)
    return bool(_told_figures(turn, form)) and chosen and all(s.skippable for s in missing)


async def _open(turn: Turn, tools: Tools, form: Form) -> Outcome:
    return await Desk(turn=turn, tools=tools, finishes=FINISHES).begin(form.name)


async def _rule(turn: Turn, tools: Tools, form: Form) -> Outcome:
    """The entry about the rule, with a button to the calculator."""
    entry = tools.knowledge.entry(form.entries[0]) if form.entries else None
    told = legal.tell(turn, entry) if entry else await _searched(turn, tools)
    return told or await _open(turn, tools, form)


async def _searched(turn: Turn, tools: Tools) -> Outcome | None:
    parse = turn.parse
    found = await tools.knowledge.search(parse.text, intent=None, vector=parse.vector)
    return legal.tell(turn, found[0].entry) if found and found[0].score >= legal.SURE else None


async def _unknown(turn: Turn, tools: Tools) -> Outcome:
    told = await _searched(turn, tools) if turn.message.payload is None else None
    return told or say(turn, "calc_which")


def _told_figures(turn: Turn, form: Form) -> Mapping[str, str]:
    said = heard(form, (), turn.parse.entities, turn.parse.text)
    return {name: v for name, v in said.items() if (s := form.slot(name)) and s.entities}


def _screens(lines: Sequence[Line]) -> list[list[Line]]:
    """All lines together if they fit a screen; else the sum, then what would change it."""
    asides = [line for line in lines if line.aside]
    if not asides or len("\n".join(texts(lines))) <= SCREEN:
        return [list(lines)]
    return [[line for line in lines if not line.aside], asides]


def _part(draft: Draft, lines: Sequence[Line]) -> Reply:
    return Reply(
        text="\n".join(texts(lines)),
        citations=tuple({c.label: c for line in lines for c in line.citations}.values()),
        source=f"calc:{draft.form.name}@{laws().checked_on}",
    )


def _buttons(draft: Draft, lines: Sequence[Line]) -> tuple[QuickReply, ...]:
    """What to go on with; what has been said already is not offered again."""
    said = {f"{draft.form.name}/{name}={value}" for name, value in draft.slots.items()}
    return tuple(b for b in phrases()[lines[-1].key].buttons if b.payload not in said)


def _moves(draft: Draft) -> tuple[QuickReply, ...]:
    change = QuickReply(title=words("calc_change"), payload=f"{draft.form.name}/{Command.CHANGE}")
    return (change, QuickReply(title=words("legal_person"), payload="human_handoff"))


@cache
def _said() -> Mapping[str, Sequence[str]]:
    """Shapes of texts, by kind."""
    document: Mapping[str, Sequence[str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return document
