from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import StepNotAllowed, StepNotPossible
from cases.kinds.machine import Actor, Basis
from cases.kinds.petition import Command, State, petition

ROOT = Path(__file__).parents[4]
ATTESTED = ROOT / "knowledge_base/attested.csv"
REGULATION = ROOT / "../shared/data/regulations/信访工作条例(2022-02-25).md"

ENDS = {
    State.REDIRECTED,
    State.NOT_ACCEPTED,
    State.CONCLUDED,
    State.FINAL,
    State.WITHDRAWN,
    State.MERGED,
}
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
    (Command.BEGIN_HEARING, State.UNDER_RECHECK),
    (Command.END_HEARING, State.UNDER_RECHECK),
    (Command.DECIDE_RECHECK, State.RECHECKED),
    (Command.CONCLUDE, State.FINAL),
)
POLICIES = {
    "urge_reply": (5, "workdays", "authority"),
    "supervise_reply": (10, "workdays", "authority"),
    "reopening": (30, "days", "citizen"),
}
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
    state = str(petition().opening[1].to)
    visited = []
    for command, _ in WHOLE_COURSE:
        move = petition().step(state, command, sub_kind="claim", actor=Actor.OFFICER)
        state = move.to or state
        visited.append(state)

    assert visited == [state for _, state in WHOLE_COURSE]


@given(st.lists(st.tuples(st.sampled_from(Command), st.sampled_from(Actor)), max_size=40))
def test_no_sequence_of_steps_leaves_the_table(steps: list[tuple[Command, Actor]]) -> None:
    machine = petition()
    state = str(machine.opening[1].to)
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
            state = move.to or state
        assert state in set(State)


def test_what_is_left_to_do_at_an_end() -> None:
    machine = petition()
    left = {
        state: set(machine.possible(state, sub_kind="claim", actor=Actor.CITIZEN))
        for state in ENDS
    }

    assert machine.ends == ENDS
    assert left == {
        State.REDIRECTED: set(),
        State.NOT_ACCEPTED: set(),
        State.MERGED: set(),
        State.CONCLUDED: {Command.RATE, Command.REOPEN},
        # The second review is the last word: nothing opens it again (第三十六条).
        State.FINAL: {Command.RATE},
        State.WITHDRAWN: {Command.REOPEN},
    }


def test_the_line_ends_where_it_is_explained() -> None:
    assert "不再受理" in petition().explained[State.FINAL]


def test_every_move_names_periods_that_exist() -> None:
    assert set(petition().clocks) == {*PERIODS, *POLICIES}


def test_a_period_that_can_be_extended_is_never_extended_elsewhere() -> None:
    machine = petition()
    extending = {move.extends for move in machine.moves.values() if move.extends}

    assert extending == {name for name, rule in machine.clocks.items() if rule.extend_by}
    assert machine.clocks["handling"].extend_by == 30


def test_everything_has_a_label() -> None:
    machine = petition()

    assert set(machine.state_labels) == set(State)
    assert set(machine.command_labels) == set(Command)


def test_what_a_citizen_may_do() -> None:
    may = {command for (_, command), move in petition().moves.items() if Actor.CITIZEN in move.by}

    assert may == {
        Command.NOTE, Command.SUPPLEMENT, Command.REQUEST_REVIEW, Command.REQUEST_RECHECK,
        Command.CONCLUDE, Command.URGE, Command.RATE, Command.REOPEN, Command.WITHDRAW,
    }  # fmt: skip
    with pytest.raises(StepNotAllowed):
        petition().step("submitted", "register", sub_kind="claim", actor=Actor.CITIZEN)


def test_only_who_filed_it_rates_it() -> None:
    rows = [m for (_, command), m in petition().moves.items() if command == Command.RATE]

    assert {actor for row in rows for actor in row.by} == {Actor.CITIZEN}


def test_where_to_go_instead_is_told_with_its_article() -> None:
    reasons = petition().reasons
    with ATTESTED.open(encoding="utf-8", newline="") as file:
        rows = {(row["law"], row["article"], row["key"]) for row in csv.DictReader(file)}

    assert set(reasons) == {"elsewhere", "refusal", "supervision"}
    assert set(reasons["refusal"]) == {"in_hand", "ended", "not_ours"}
    assert {(why.law, why.article, why.quote) for why in reasons["elsewhere"].values()} <= rows
    assert {(why.law, why.article, why.quote) for why in reasons["refusal"].values()} <= rows
    assert {(why.law, why.article, why.quote) for why in reasons["supervision"].values()} <= rows
    assert all(why.told.endswith("。") for codes in reasons.values() for why in codes.values())


def test_at_most_five_speak_for_many() -> None:
    assert petition().most_persons == 5


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


@pytest.mark.parametrize("name", POLICIES)
def test_what_this_service_promises_is_no_law(name: str) -> None:
    rule = petition().clocks[name]

    assert (rule.days, rule.unit, rule.binds) == POLICIES[name]
    assert (rule.basis, rule.law, rule.article, rule.quote) == (Basis.POLICY, "", "", "")


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
