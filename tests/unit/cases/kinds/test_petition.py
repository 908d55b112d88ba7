from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import StepNotAllowed, StepNotPossible
from cases.kinds.machine import Actor
from cases.kinds.petition import Command, State, petition

ROOT = Path(__file__).parents[4]
ATTESTED = ROOT / "knowledge_base/attested.csv"
REGULATION = ROOT / "../shared/data/regulations/信访工作条例(2022-02-25).md"

ENDS = {State.REDIRECTED, State.NOT_ACCEPTED, State.CONCLUDED, State.WITHDRAWN, State.MERGED}
WHOLE_COURSE = (
    (Command.REGISTER, State.REGISTERED),
    (Command.TRANSFER, State.TRANSFERRED),
    (Command.OBJECT, State.REGISTERED),
    (Command.TRANSFER, State.TRANSFERRED),
    (Command.ACCEPT, State.ACCEPTED),
    (Command.NOTE, State.ACCEPTED),
    (Command.EXTEND, State.ACCEPTED),
    (Command.REPLY, State.REPLIED),
    (Command.REQUEST_REVIEW, State.UNDER_REVIEW),
    (Command.DECIDE_REVIEW, State.REVIEWED),
    (Command.REQUEST_RECHECK, State.UNDER_RECHECK),
    (Command.DECIDE_RECHECK, State.RECHECKED),
    (Command.CONCLUDE, State.CONCLUDED),
)
PERIODS = {
    "placement": ("第二十二条", 15, "days", "authority"),
    "notice": ("第二十三条", 15, "days", "authority"),
    "objection": ("第二十三条", 5, "workdays", "internal"),
    "handling": ("第三十四条", 60, "days", "authority"),
    "ask_review": ("第三十五条", 30, "days", "citizen"),
    "review": ("第三十五条", 30, "days", "authority"),
    "ask_recheck": ("第三十六条", 30, "days", "citizen"),
    "recheck": ("第三十六条", 30, "days", "authority"),
}


@pytest.fixture(scope="module")
def articles() -> dict[str, str]:
    if not REGULATION.exists():
        pytest.skip(f"the regulation's text is not at {REGULATION}")
    text = re.sub(r"\s", "", REGULATION.read_text(encoding="utf-8"))
    parts = re.split(r"(?<=[。：—])?(第[一二三四五六七八九十]+条)(?=[^第]{4})", text)
    found: dict[str, str] = {}
    for number, body in zip(parts[1::2], parts[2::2], strict=True):
        found[number] = found.get(number, "") + body
    return found


def test_the_whole_course_from_receipt_to_the_last_word() -> None:
    state: str = petition().opening[1].to
    visited = []
    for command, _ in WHOLE_COURSE:
        state = petition().step(state, command, sub_kind="claim", actor=Actor.OFFICER).to
        visited.append(state)

    assert visited == [state for _, state in WHOLE_COURSE]


@given(st.lists(st.tuples(st.sampled_from(Command), st.sampled_from(Actor)), max_size=40))
def test_no_sequence_of_steps_leaves_the_table(steps: list[tuple[Command, Actor]]) -> None:
    machine = petition()
    state: str = machine.opening[1].to
    for command, actor in steps:
        row = machine.moves.get((state, command))
        try:
            move = machine.step(state, command, sub_kind="claim", actor=actor)
        except StepNotPossible:
            assert row is None
        except StepNotAllowed:
            assert row is not None
            assert actor not in row.by
        else:
            assert move is row
            state = move.to
        assert state in set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_an_end_is_an_end(state: State, command: Command) -> None:
    if state not in ENDS:
        assert state in petition().open_states
        return
    with pytest.raises(StepNotPossible):
        petition().step(state, command, sub_kind="claim", actor=Actor.OFFICER)


def test_every_state_can_be_reached_and_left_for_an_end() -> None:
    machine = petition()
    after = {s: {m.to for (a, _), m in machine.moves.items() if a == s} for s in State}
    for state in State:
        reached, frontier = {str(state)}, {str(state)}
        while frontier:
            frontier = {to for s in frontier for to in after[State(s)]} - reached
            reached |= frontier
        assert reached & ENDS
        if state is State.SUBMITTED:
            assert reached == set(State)


def test_every_move_names_periods_that_exist() -> None:
    machine = petition()
    moves = [machine.opening[1], *machine.moves.values()]
    named = {name for move in moves for name in (*move.starts, move.extends) if name}

    assert named == set(machine.clocks) == set(PERIODS)


def test_a_period_that_can_be_extended_is_never_extended_elsewhere() -> None:
    machine = petition()
    extending = {move.extends for move in machine.moves.values() if move.extends}

    assert extending == {name for name, rule in machine.clocks.items() if rule.extend_by}
    assert machine.clocks["handling"].extend_by == 30


def test_everything_has_a_label() -> None:
    machine = petition()

    assert set(machine.state_labels) == set(State)
    assert set(machine.command_labels) == set(Command)


def test_only_an_officer_decides() -> None:
    deciding = {
        command for (_, command), move in petition().moves.items() if Actor.CITIZEN not in move.by
    }

    assert deciding == {
        Command.REGISTER, Command.TRANSFER, Command.OBJECT, Command.ACCEPT, Command.REDIRECT,
        Command.REFUSE, Command.EXTEND, Command.REPLY, Command.DECIDE_REVIEW,
        Command.DECIDE_RECHECK, Command.MERGE,
    }  # fmt: skip
    with pytest.raises(StepNotAllowed):
        petition().step("submitted", "register", sub_kind="claim", actor=Actor.CITIZEN)


def test_a_suggestion_has_no_sixty_days_and_no_review() -> None:
    machine = petition()
    limited = {name for name, rule in machine.clocks.items() if not rule.applies_to("suggestion")}

    assert limited == {"handling", "ask_review", "review", "ask_recheck", "recheck"}
    with pytest.raises(StepNotPossible):
        machine.step("replied", "request_review", sub_kind="suggestion", actor=Actor.CITIZEN)


@pytest.mark.parametrize("name", PERIODS)
def test_the_periods_are_those_of_the_regulation(name: str) -> None:
    rule = petition().clocks[name]

    assert (rule.article, rule.days, rule.unit, rule.binds) == PERIODS[name]
    assert str(rule.days) in rule.quote
    assert len(rule.quote) <= 20


@pytest.mark.parametrize("name", PERIODS)
def test_every_quote_is_attested(name: str) -> None:
    rule = petition().clocks[name]
    with ATTESTED.open(encoding="utf-8", newline="") as file:
        rows = {(row["law"], row["article"], row["key"]) for row in csv.DictReader(file)}

    assert (rule.law, rule.article, rule.quote) in rows


@pytest.mark.parametrize("name", PERIODS)
def test_every_quote_stands_in_its_article(articles: dict[str, str], name: str) -> None:
    rule = petition().clocks[name]

    assert rule.quote in articles[rule.article]
