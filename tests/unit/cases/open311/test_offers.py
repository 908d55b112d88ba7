"""What is offered fits the kinds of case there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from cases.districts import districts
from cases.kinds.catalogue import machine_of, machines
from cases.open311.offers import OFFERS, Answers, Catalogue, Offer, catalogue, complete
from cases.open311.updates import STATUSES


def offer(code: str) -> Offer:
    found = catalogue().by_code(code)
    assert found is not None
    return found


def test_hazards_are_public_and_petitions_wait_for_a_token() -> None:
    answers = {o.code: (o.kind, o.answers, o.public) for o in catalogue().offers}

    assert answers["hazard"] == ("YH", Answers.REALTIME, True)
    assert answers["petition"] == ("XF", Answers.BATCH, False)
    assert [o.code for o in catalogue().public] == ["hazard"]


def test_a_service_is_there_exactly_when_its_kind_is() -> None:
    written = yaml.safe_load(OFFERS.read_text(encoding="utf-8"))["offers"]
    handled = {machine.kind for machine in machines()}

    assert [o.code for o in catalogue().offers] == [
        row["code"] for row in written if row["kind"] in handled
    ]
    clue = next(row for row in written if row["code"] == "clue")
    assert (clue["kind"], clue["answers"]) == ("XS", "blackbox")
    assert catalogue().by_kind("ZP") is None


def test_stopping_a_payment_is_not_offered_and_says_whom_to_call() -> None:
    told = catalogue().refused["fraud_report"]

    assert catalogue().by_code("fraud_report") is None
    assert "110" in told
    assert "96110" in told


def test_lists_to_choose_from_are_those_of_cases() -> None:
    choices = {a.code: a.choices for a in offer("hazard").attributes}

    assert choices["district"] == districts()
    assert choices["sort"] == machine_of("YH").sub_kind_labels
    assert choices["danger"] == {}


def test_each_state_has_a_status_that_peers_know() -> None:
    for offered in catalogue().offers:
        # Of what goes into the black box nobody hears again.
        seen = offered.answers is not Answers.BLACKBOX
        states = machine_of(offered.kind).state_labels if seen else {}
        assert offered.statuses.keys() == states.keys()
        assert set(offered.statuses.values()) <= STATUSES


@pytest.mark.parametrize("missing", ["statuses", "district", "sort"])
def test_a_service_that_does_not_fit_its_kind_stops_the_start(missing: str) -> None:
    hazard = offer("hazard")
    faulty = {
        "statuses": replace(hazard, statuses={**hazard.statuses, "lost": "closed"}),
        "district": replace(hazard, attributes=hazard.attributes[2:]),
        "sort": replace(hazard, sub_kind="fire"),
    }[missing]

    with pytest.raises(ValueError, match="hazard"):
        complete(faulty, machine_of("YH"))


def test_nothing_is_found_by_a_code_that_is_none() -> None:
    empty = Catalogue(changeset=catalogue().changeset, offers=(), refused={})

    assert empty.by_code("hazard") is None
    assert empty.by_kind("YH") is None
    assert empty.public == ()
