"""What a typed message means to the pathway that is being walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from actions.forms.commands import Command, command, plain
from actions.forms.corrections import asks
from actions.mentions import made_of, mentions
from actions.pathways.clocks import decides, told
from actions.pathways.spec import Answer, Day, Rule
from actions.pathways.walk import UNKNOWN, Trail
from core.messages import Parse

FILE = Path(__file__).with_name("hearing.yml")
# What is longer tells a story or asks something else.
LONGEST = 30
BRIEF = 12
# Intents that carry nothing of their own: beside a question they are answers to it.
EMPTY = frozenset({"inform", "affirm", "deny", "followup", "repeat", "feedback", "out_of_scope"})
DAY = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer to a node; ``mended`` says that it replaces one given before."""

    name: str
    value: str
    mended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A button of the pathway said in words, by the button's argument."""

    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Meant for the pathway but no answer; ``why`` is a key of the wording."""

    why: str


Heard = Said | Asked | Unclear
BUTTONS: Mapping[Command, str] = {
    Command.BACK: "back",
    Command.CHANGE: "back",
    Command.RESTART: "restart",
    Command.CANCEL: "stop",
    Command.RESUME: "on",
    Command.AGAIN: "on",
    Command.KEEP: "on",
    Command.MORE: "whole",
}


def hear(trail: Trail, parse: Parse, *, weak: bool, today: date) -> Heard | None:
    """The answer, the button meant, what is unclear; None leaves the message to others."""
    text, question = parse.text, asks(parse.text)
    pressed = next((k for k in ("others", "whole") if plain(text) in _words()[k]), None)
    if pressed is not None:
        return Asked(button="other" if pressed == "others" else pressed)
    found = None if question else _answer(trail, parse, today)
    if found is not None:
        return found
    if (meant_for_it := command(text)) is not None:
        return _commanded(trail, meant_for_it)
    return Unclear(why="pathway_unfit") if parse.intent in EMPTY or weak else None


def meant(ways: Mapping[str, Answer], text: str) -> str | None:
    """The one answer whose words stand in the text; a single character must be all of it.

    A longer word covers those in it: 没签 is no, though 签 may be yes. Two answers are none.
    """
    bare = plain(text)
    found = [
        (word, key)
        for key, answer in ways.items()
        for word in map(plain, (answer.title, *answer.words))
        if word and (word in bare if len(word) > 1 else word == bare)
    ]
    # Whatever lies inside a longer match says nothing of its own.
    outer = {k for w, k in found if not any(w != o and w in o for o, _ in found)}
    return outer.pop() if len(outer) == 1 else None


def is_bare(trail: Trail, parse: Parse) -> bool:
    """Whether a message is a command, or nothing but the words of an answer and a day.

    Models are worst at short answers; these need none. An answer that speaks of danger does.
    """
    if command(parse.text) is not None:
        return True
    answers = trail.node.answers.values()
    harmless = [w for a in answers if not a.danger for w in (a.title, *a.words)]
    rest = parse.text
    for entity in (e for e in parse.entities if e.name == DAY):
        rest = rest.replace(parse.text[entity.start : entity.end], " ")
    known = _words()
    return made_of(rest, (*harmless, *known["light"], *known["mends"]))


def _answer(trail: Trail, parse: Parse, today: date) -> Heard | None:
    node, value = trail.node, parse.value(DAY)
    if len(parse.text) > LONGEST:
        return None
    if isinstance(node, Day):
        return _dated(trail, trail.at, value, today) if value else None
    if value and mentions(parse.text, _words()["mends"]) and trail.dates:
        return _dated(trail, list(trail.dates)[-1], value, today)
    ways = node.answers
    key = meant(ways, parse.text)
    if key is None and len(parse.text) <= BRIEF:
        key = {"affirm": "yes", "deny": "no"}.get(parse.intent)
    return Said(name=trail.at, value=key) if key in ways and key else None


def _dated(trail: Trail, name: str, value: str, today: date) -> Heard:
    start = told(value)
    if start is None:
        return Unclear(why="pathway_unfit")
    if start.first > today:
        return Unclear(why="pathway_future")
    if not all(decides(rule, start, today) for rule in _rules(trail, name)):
        return Unclear(why="pathway_too_vague")
    return Said(name=name, value=value, mended=name in trail.answers)


def _rules(trail: Trail, name: str) -> Iterator[Rule]:
    """The periods by which this day decides the way."""
    for at, node in trail.pathway.nodes.items():
        if isinstance(node, Day) and node.rule is not None and name in (at, node.uses):
            yield node.rule


def _commanded(trail: Trail, said: Command) -> Heard:
    if said in BUTTONS:
        return Asked(button=BUTTONS[said])
    node = trail.node
    if said is Command.CONFIRM and "yes" in node.exits:
        return Said(name=trail.at, value="yes")
    if said is Command.SKIP:
        # 不知道 and 没有 are said to questions; where there is nothing to skip they are unfit.
        if isinstance(node, Day):
            return Said(name=trail.at, value=UNKNOWN)
        if "unsure" in node.exits:
            return Said(name=trail.at, value="unsure")
    return Unclear(why="pathway_unfit")


@cache
def _words() -> Mapping[str, frozenset[str]]:
    document: dict[str, list[str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(listed) for name, listed in document.items()}
