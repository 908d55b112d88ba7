from __future__ import annotations

from datetime import date

import pytest

from cases.errors import KindNotOffered
from cases.kinds.appointment import appointment
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.clue import clue
from cases.kinds.fraud_report import fraud_report
from cases.kinds.hazard import hazard
from cases.kinds.legal_aid import legal_aid
from cases.kinds.machine import Actor
from cases.kinds.mediation import mediation
from cases.kinds.petition import petition
from cases.kinds.wage_complaint import wage_complaint
from cases.references import Kind
from cases.translation import translation
from knowledge_base.attested import attested
from knowledge_base.statutes import Statutes, open_statutes

DAY = date(2026, 11, 30)
OFFERED = (
    Kind.PETITION,
    Kind.HAZARD,
    Kind.CLUE,
    Kind.MEDIATION,
    Kind.LEGAL_AID,
    Kind.WAGE_COMPLAINT,
    Kind.FRAUD_REPORT,
    Kind.APPOINTMENT,
)


@pytest.fixture(scope="module")
def library() -> Statutes:
    return open_statutes(DAY)


def test_each_kind_has_its_table() -> None:
    assert machine_of("XF") is petition()
    assert machine_of("YH") is hazard()
    assert machine_of("XS") is clue()
    assert machine_of("TJ") is mediation()
    assert machine_of("FY") is legal_aid()
    assert machine_of("QX") is wage_complaint()
    assert machine_of("ZP") is fraud_report()
    assert machine_of("YY") is appointment()
    assert [machine.kind for machine in machines()] == list(OFFERED)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OFFERED])
def test_other_kinds_are_refused(kind: Kind) -> None:
    with pytest.raises(KindNotOffered):
        machine_of(kind)


@pytest.mark.parametrize("kind", OFFERED)
def test_every_law_a_table_cites_is_in_force_and_says_so(kind: Kind, library: Statutes) -> None:
    machine = machine_of(kind)
    cited = [(r.law, r.article, r.quote, r.in_force) for r in machine.clocks.values() if r.law]
    cited += [
        (why.law, why.article, why.quote, library.article(why.law, why.article) is not None)
        for codes in machine.reasons.values()
        for why in codes.values()
        if why.law
    ]

    for law, number, quote, in_force in cited:
        assert 0 < len(quote) <= 20
        article = library.article(law, number)
        assert (article is not None) is in_force, (law, number)
        if article is None:
            assert attested().attests(law, number, quote), (law, number, quote)
        else:
            assert quote in article.text, (law, number, quote)


@pytest.mark.parametrize("kind", OFFERED)
def test_every_kind_can_be_told_in_english(kind: Kind) -> None:
    machine, words = machine_of(kind), translation("en").kinds[kind]

    assert words.states.keys() == machine.state_labels.keys()
    assert words.commands.keys() == machine.command_labels.keys()
    assert words.periods.keys() == machine.clocks.keys()
    assert words.explained.keys() == machine.explained.keys()


@pytest.mark.parametrize("kind", [k for k in OFFERED if k not in {Kind.CLUE, Kind.APPOINTMENT}])
def test_every_kind_can_be_urged_rated_taken_back_and_opened_again(kind: Kind) -> None:
    machine = machine_of(kind)
    may = {c for (_, c), move in machine.moves.items() if Actor.CITIZEN in move.by}

    assert may >= {"urge", "rate", "withdraw", "reopen", "supplement"}
    assert all(
        why.told.endswith("。") for codes in machine.reasons.values() for why in codes.values()
    )
