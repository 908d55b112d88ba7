"""What is filed in chat: taken down by a form, told about first to whoever only asks, and filed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import yaml

from actions import legal
from actions.base import Action, answer, choice
from actions.forms.asking import full
from actions.forms.conduct import Desk, Finish
from actions.forms.dates import first_day
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from actions.forms.values import pictures_in, shortened
from actions.phrases import FOLDER, reply, speaking, words
from actions.receipts import with_page
from core.clock import SUZHOU
from core.effects import FileCase
from core.messages import CHINESE, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

BEGIN = "start"
FILE = FOLDER / "intake.yml"
# As much as a case's title holds.
TITLE = 40
CLAUSE = re.compile(r"[。！？!?；;\n]|，(?=.{20})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How a filled form becomes a case.

    ``kind`` are the two letters; ``sort`` is the slot with the sub-kind, ``sub_kind`` what it is
    where none is asked; ``place`` is the slot that says where. ``person`` are the slots about the
    citizen, which are kept apart. A day in the slot ``pressing`` that is at most ``within`` away
    brings one more reply, ``<form>_pressing``.
    """

    kind: str
    person: frozenset[str]
    sort: str = "sort"
    sub_kind: str = ""
    place: str = ""
    pressing: str = ""
    within: timedelta = timedelta(days=7)


APPLICATIONS = ("mediation_apply", "legal_aid_apply", "wage_complaint")
INTAKES: Mapping[str, Intake] = {
    # Staff decide what it is when they register it; a claim has the most rights of the three.
    "petition_submit": Intake(kind="XF", person=frozenset({"who", "phone"}), sub_kind="claim"),
    "report_hazard": Intake(kind="YH", person=frozenset({"phone"}), place="place"),
    "mediation_apply": Intake(kind="TJ", person=frozenset({"who", "phone"})),
    # 《法律援助法》第四十四条: with less than seven days left, aid may come before the papers.
    "legal_aid_apply": Intake(kind="FY", person=frozenset({"who", "phone"}), pressing="due"),
    "wage_complaint": Intake(kind="QX", person=frozenset({"who", "phone"})),
}


def begin(form: str, finish: Finish) -> Action:
    """The action that opens a form; whoever asks about the matter is told that first."""

    async def act(turn: Turn, tools: Tools) -> Outcome:
        wanted = turn.message.payload is not None or _opens(form, turn.parse.text, form)
        if choice(turn) in {None, BEGIN} and wanted:
            return await Desk(turn=turn, tools=tools, finishes={form: finish}).begin(form)
        told = await legal.ask(turn, tools)
        here = QuickReply(title=words(f"{form}_begin"), payload=f"{form}/{BEGIN}")
        *others, last = told.replies
        last = replace(last, quick_replies=(here, *last.quick_replies))
        return replace(told, replies=(*others, last))

    return act


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """File what was confirmed; ``{case.…}`` in the receipt is filled once it is stored."""
    form = draft.form
    told = replace(
        reply(f"{form.name}_filed"), citations=form.citations, source="case:{case.reference}"
    )
    pressing = (reply(f"{form.name}_pressing"),) if _presses(turn, draft) else ()
    return answer(turn, with_page(with_pictures(told, draft)), *pressing, effects=[_filed(draft)])


def title(draft: Draft) -> str:
    """The story's first words that say something, short enough for a list of cases."""
    story = draft.slots["story"]
    wishes = sorted(draft.form.bare, key=len, reverse=True)
    rest = re.sub("^(?:" + "|".join(map(re.escape, wishes)) + r"|[\s，,。：:、！!])+", "", story)
    first = next((part for part in CLAUSE.split(rest) if part.strip()), story)
    return shortened(first.strip(), TITLE)


def given(draft: Draft, names: Collection[str]) -> dict[str, str]:
    """The slots of these names that were not skipped; pictures go another way."""
    slot = draft.form.pictures
    names = {*names} - {slot.name if slot else ""}
    return {n: v for n, v in draft.slots.items() if n in names and v != SKIPPED}


def pictures_of(draft: Draft) -> tuple[str, ...]:
    """The ids of the pictures that a form has taken."""
    slot = draft.form.pictures
    return pictures_in(draft.value(slot.name)) if slot else ()


def with_pictures(receipt: Reply, draft: Draft) -> Reply:
    """What is said when it is filed, with how many pictures went along."""
    count = len(pictures_of(draft))
    if not count:
        return receipt
    line = words("pictures_filed", count=count)
    return replace(receipt, text=f"{receipt.text}\n{line}")


def _filed(draft: Draft) -> FileCase:
    taken = INTAKES[draft.form.name]
    # Staff read Chinese, whatever the citizen was spoken to in.
    with speaking(CHINESE):
        text = full(draft)
    return FileCase(
        kind=taken.kind,
        sub_kind=taken.sub_kind or draft.slots[taken.sort],
        title=title(draft),
        text=text,
        area=draft.slots["district"],
        place=draft.value(taken.place) or "",
        person=given(draft, taken.person),
        details=given(draft, draft.slots.keys() - taken.person),
        uploads=pictures_of(draft),
    )


def is_wanted(turn: Turn, _tools: Tools) -> bool:
    """Whether a message says which of these it is, whatever its story was read as."""
    return _named(turn) is not None


async def wanted(turn: Turn, tools: Tools) -> Outcome:
    """Open the form that a message names."""
    form = _named(turn)
    if form is None:
        raise ValueError("no form was named")
    return await Desk(turn=turn, tools=tools, finishes=dict.fromkeys(APPLICATIONS, file)).begin(
        form
    )


def _named(turn: Turn) -> str | None:
    parse = turn.parse
    return next((form for form in APPLICATIONS if _opens(form, parse.text, parse.intent)), None)


def _opens(form: str, text: str, intent: str) -> bool:
    """Whether a text asks to file, and not merely about filing."""
    return forms()[form].opens(text, intent) and not _asks(text)


def _asks(text: str) -> bool:
    longest, pattern = _questions()
    return len(text) <= longest and pattern.search(text) is not None


@cache
def _questions() -> tuple[int, re.Pattern[str]]:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return document["question"], re.compile(document["asks"])


def _presses(turn: Turn, draft: Draft) -> bool:
    taken = INTAKES[draft.form.name]
    day = first_day(draft.value(taken.pressing) or "") if taken.pressing else None
    if day is None:
        return False
    today = turn.now.astimezone(SUZHOU).date()
    return today <= day <= today + taken.within
