"""A petition that its writer confirmed: what is filed, and the receipt."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from actions import legal
from actions.base import answer, choice
from actions.forms.asking import full
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from actions.forms.values import pictures_in, shortened
from actions.phrases import reply, speaking, words
from core.effects import FileCase
from core.messages import CHINESE, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

FORM = "petition_submit"
KIND = "XF"
# Staff decide what it is when they register it; a claim has the most rights of the three.
SUB_KIND = "claim"
# These are about the person, and are kept apart.
PERSON = frozenset({"who", "phone"})
# The source of a receipt, filled once the case has its number.
FILED = "case:{case.reference}"
# As much as a case's title holds.
TITLE = 40
CLAUSE = re.compile(r"[。！？!?；;\n]|，(?=.{20})")


async def submit(turn: Turn, tools: Tools) -> Outcome:
    """Take a petition down, one thing at a time; by button, tell how else to hand one in."""
    if choice(turn) is not None:
        return await legal.ask(turn, tools)
    return await Desk(turn=turn, tools=tools, finishes={FORM: file}).begin(FORM)


def is_wanted(turn: Turn, _tools: Tools) -> bool:
    """Whether a message says that it is a petition, whatever its story was read as."""
    return forms()[FORM].opens(turn.parse.text, turn.parse.intent)


async def file(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """File what was confirmed; ``{case.…}`` in the receipt is filled once it is stored."""
    # Staff read Chinese, whatever the citizen was spoken to in.
    with speaking(CHINESE):
        text = full(draft)
    filed = FileCase(
        kind=KIND,
        sub_kind=SUB_KIND,
        title=title(draft),
        text=text,
        area=draft.slots["district"],
        person=given(draft, PERSON),
        details=given(draft, draft.slots.keys() - PERSON),
        uploads=pictures_of(draft),
    )
    receipt = with_pictures(reply("petition_filed"), draft)
    receipt = replace(receipt, citations=draft.form.citations, source=FILED)
    return answer(turn, receipt, effects=[filed])


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


def title(draft: Draft) -> str:
    """The story's first words that say something, short enough for a list of cases."""
    story = draft.slots["story"]
    wishes = sorted(forms()[FORM].bare, key=len, reverse=True)
    rest = re.sub("^(?:" + "|".join(map(re.escape, wishes)) + r"|[\s，,。：:、！!])+", "", story)
    first = next((part for part in CLAUSE.split(rest) if part.strip()), story)
    return shortened(first.strip(), TITLE)
