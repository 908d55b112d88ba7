"""A pathway as data: questions, days to count from, and steps, each with where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """Read from YAML as it is written; an unknown or missing key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(StrEnum):
    """What a step is, from talking it over to having a judgment enforced."""

    PREPARE = "prepare"
    NEGOTIATE = "negotiate"
    MEDIATE = "mediate"
    ARBITRATE = "arbitrate"
    ADMINISTRATIVE = "administrative"
    SUE = "sue"
    ENFORCE = "enforce"


class Unit(StrEnum):
    """What a rule counts in; a year is twelve months."""

    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"


class Rolls(StrEnum):
    """Which law moves a last day that is a rest day; without one it is not said to move."""

    CIVIL = "civil"
    COURT = "court"


class Cited(Strict):
    """An article with words that stand in it."""

    law: str
    article: str
    quote: str = Field(max_length=20)


class Rule(Strict):
    """A period: ``what`` has to be done (or can be done) and ``since`` when it is counted.

    ``day`` is the node that asks for that day, ``wait`` a period of the same unit that runs
    before. ``restarts`` says that asking for one's due starts it again (limitation).
    """

    what: str
    since: str
    day: str | None = None
    wait: int = Field(default=0, ge=0)
    length: int = Field(ge=1)
    unit: Unit
    rolls: Rolls | None = None
    restarts: bool = False
    source: Cited


class Answer(Strict):
    """One way on: the button's title, the words that mean it, and the node it leads to.

    Words of one that speaks of ``danger`` are still read for danger first.
    """

    to: str
    title: str = Field(default="", max_length=12)
    words: tuple[str, ...] = ()
    danger: bool = False


class Gate(Strict):
    """A question that decides the way; the first answer is the usual one and is drawn."""

    ask: str
    why: str = ""
    answers: Mapping[str, Answer]

    @property
    def exits(self) -> Mapping[str, str]:
        """Where each answer leads."""
        return {key: answer.to for key, answer in self.answers.items()}


class Day(Strict):
    """A day to count from; ``rule`` tells whether a period from it is over.

    ``uses`` takes the day that another node asked for, so that nothing is asked twice; then
    ``ask`` is empty. Without a rule it leads on ``to`` in any case.
    """

    label: str = ""
    ask: str = ""
    uses: str | None = None
    rule: Rule | None = None
    to: str | None = None
    in_time: str | None = None
    run_out: str | None = None
    unknown: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ways = (self.in_time, self.run_out, self.unknown)
        whole = bool(self.to) and not any(ways) if self.rule is None else all(ways) and not self.to
        if not whole:
            raise ValueError("a day has either to, or rule with in_time, run_out and unknown")
        if bool(self.ask) == bool(self.uses) or bool(self.ask) != bool(self.label):
            raise ValueError("a day has either ask with label, or uses")
        return self

    @property
    def answers(self) -> Mapping[str, Answer]:
        """None but a day."""
        return {}

    @property
    def exits(self) -> Mapping[str, str]:
        """Where it leads, in time first."""
        ways = {"in_time": self.in_time, "run_out": self.run_out, "unknown": self.unknown}
        return {"to": self.to} if self.to else {k: to for k, to in ways.items() if to}


class Step(Strict):
    """One thing to do. A step without outcomes ends the pathway.

    ``entry`` is the FAQ entry that tells more; ``go`` another pathway that takes over.
    """

    kind: Kind
    title: str = Field(max_length=12)
    do: str
    note: str = ""
    cost: str
    evidence: tuple[str, ...] = ()
    hotlines: tuple[str, ...] = Field(min_length=1, max_length=3)
    latest: Rule | None = None
    earliest: Rule | None = None
    citations: tuple[Cited, ...] = ()
    entry: str | None = None
    go: str | None = None
    outcomes: Mapping[str, Answer] = Field(default_factory=dict, max_length=3)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What came of it, as the answers to a question are named."""
        return self.outcomes

    @property
    def exits(self) -> Mapping[str, str]:
        """Where each outcome leads."""
        return {key: outcome.to for key, outcome in self.outcomes.items()}


Node = Gate | Day | Step


class Pathway(Strict):
    """The way of one dispute.

    ``words`` name it in a message, ``intents`` are readings that may mean it; ``entries`` are the
    FAQ answers that offer it, ``overview`` the one that tells it as a whole.
    """

    name: str
    rank: int
    title: str = Field(max_length=12)
    words: tuple[str, ...]
    intents: tuple[str, ...]
    entries: tuple[str, ...]
    overview: str | None = None
    start: str
    nodes: Mapping[str, Node]
