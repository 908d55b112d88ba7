"""Where someone stands follows from the answers alone, in whatever order they came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.pathways.loading import pathways
from actions.pathways.spec import Step
from actions.pathways.walk import KEPT_FOR, ahead, answered, back, follow, held, walking
from core.turns import Session
from tests.unit.actions.conftest import NOW
from tests.unit.actions.pathways.ways import TODAY, answers

WAGES = pathways()["wages"]
LEFT = {"employer": "unit", "iou": "no", "still_there": "no"}


def test_answers_lead_as_far_as_they_go() -> None:
    trail = follow(WAGES, LEFT, TODAY)

    assert (trail.at, trail.passed) == ("ended", ("employer", "iou", "still_there"))
    assert follow(WAGES, {**LEFT, "ended": "2026-08-01"}, TODAY).at == "complain"
    assert follow(WAGES, {**LEFT, "ended": "2024-08-01"}, TODAY).at == "labour_restarted"
    assert follow(WAGES, {**LEFT, "ended": "unknown"}, TODAY).at == "complain"


def test_the_way_changes_on_the_day_after_the_last() -> None:
    given_answers = {**LEFT, "ended": "2025-11-22"}

    assert follow(WAGES, given_answers, date(2026, 11, 22)).at == "complain"
    assert follow(WAGES, given_answers, date(2026, 11, 23)).at == "labour_restarted"


def test_a_day_asked_for_once_serves_every_period() -> None:
    authority = pathways()["authority"]
    given_answers = {"what": "decision", "first_review": "no", "told_rights": "yes"}

    def at(day: str) -> str:
        return follow(authority, {**given_answers, "decided": day}, TODAY).at

    assert at("2026-11-01") == "reconsider"
    assert at("2026-08-01") == "administrative_suit"
    assert at("2026-01-01") == "administrative_late"
    assert at("unknown") == "reconsider"


def test_an_answer_that_does_not_exist_is_none() -> None:
    assert follow(WAGES, {"employer": "moon"}, TODAY).at == "employer"


def test_back_takes_away_the_last_answer_of_the_way() -> None:
    trail = follow(WAGES, {**LEFT, "ended": "2026-08-01"}, TODAY)

    assert back(trail) == LEFT
    assert back(follow(WAGES, {}, TODAY)) is None


def test_the_usual_way_ahead_ends() -> None:
    for pathway in pathways().values():
        names = list(ahead(follow(pathway, {}, TODAY), TODAY))
        assert pathway.nodes[names[-1]].exits == {}
        assert sum(isinstance(pathway.nodes[n], Step) for n in names) >= 2


def test_a_walk_is_kept_for_thirty_days() -> None:
    session = held(Session(), "wages", LEFT, NOW)

    assert walking(Session.from_json(session.as_json()), NOW + KEPT_FOR) == session.walk
    assert walking(session, NOW + KEPT_FOR + timedelta(seconds=1)) is None
    assert session.walk is not None
    gone = replace(session, walk=replace(session.walk, pathway="gone"))
    assert walking(gone, NOW) is None


@pytest.mark.parametrize("name", list(pathways()))
@settings(deadline=None)  # a year's holidays are read when first needed
@given(data=st.data())
def test_any_answers_end_at_a_step_and_back_leads_home(name: str, data: st.DataObject) -> None:
    trail = follow(pathways()[name], {}, TODAY)
    seen = {trail.at}
    while options := answers(trail):
        value = data.draw(st.sampled_from(options))
        trail = follow(trail.pathway, answered(trail, trail.at, value), TODAY)
        assert trail.at not in seen
        seen.add(trail.at)

    assert isinstance(trail.node, Step)
    assert trail.node.do
    assert trail.node.hotlines
    for _ in range(len(seen)):
        before = back(trail)
        if before is None:
            break
        trail = follow(trail.pathway, before, TODAY)
    assert trail.at == trail.pathway.start
    assert trail.answered == ()


@pytest.mark.parametrize("name", list(pathways()))
@settings(deadline=None)  # a year's holidays are read when first needed
@given(data=st.data())
def test_the_order_of_the_answers_does_not_matter(name: str, data: st.DataObject) -> None:
    trail = follow(pathways()[name], {}, TODAY)
    while options := answers(trail):
        value = data.draw(st.sampled_from(options))
        trail = follow(trail.pathway, {**trail.answers, trail.at: value}, TODAY)
    shuffled = dict(data.draw(st.permutations(list(trail.answers.items()))))

    again = follow(trail.pathway, shuffled, TODAY)
    assert (again.at, again.passed) == (trail.at, trail.passed)
