"""Only a bound worker reports; zero is said expressly; mended, late and stood-in reports say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions import zero_report
from actions.forms.draft import Draft
from actions.forms.listed import forms
from core.effects import BindGrid, CountFailedLookup, ReportGrid
from core.grids import CodeState, DayReport, Grid
from core.messages import Entity
from tests.unit.actions.conftest import MakeTurn, Toolset, entry

OWN = Grid(id="g1", name="东塘12网格")
OTHER = Grid(id="g2", name="东塘13网格", own=False)
TODAY = date(2026, 11, 22)
CODE = Entity(name="query_code", value="7QK2M9XD", start=0, end=8)


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.roll.grids = (OWN, OTHER)
    tools.shelf.entries = (entry("zero", "zero_report", title="零报告"),)
    return tools


def filled(**slots: str) -> Draft:
    known = {"grid": "g1 东塘12网格", "screened": "26", "result": "zero"}
    return Draft.new(forms()["zero_report/daily"], {**known, **slots})


async def test_anybody_else_is_answered_and_told_how_one_is_bound(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.roll.grids = ()
    outcome = await zero_report.report(make_turn("zero_report", "今天零报告"), tools)

    first, last = outcome.replies
    assert first.text.startswith("先投诉")
    assert [b.payload for b in last.quick_replies] == ["zero_report/bind"]
    assert outcome.session.form is None


async def test_a_worker_says_it_and_is_asked_the_rest(make_turn: MakeTurn, tools: Toolset) -> None:
    said = make_turn("zero_report", "今天零报告，没有纠纷")
    outcome = await zero_report.report(said, tools)

    assert outcome.session.form == "zero_report/daily"
    assert outcome.session.requested_slot == "screened"
    assert outcome.session.slots == {"grid": "g1 东塘12网格", "result": "zero"}


async def test_a_question_is_answered_with_the_report_beside_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await zero_report.report(make_turn("zero_report", "没有纠纷也要零报告吗"), tools)

    assert outcome.session.form is None
    assert outcome.replies[0].quick_replies[0].payload == "zero_report/daily"


async def test_another_grid_is_named(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await zero_report.report(make_turn("zero_report", "替东塘13网格报零"), tools)

    assert outcome.session.slots["grid"] == "g2 东塘13网格"


async def test_zero_is_kept_as_zero(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await zero_report.finish(make_turn("affirm", "确认"), tools, filled())

    report = DayReport(day=TODAY, screened=26, found=0)
    assert outcome.effects == (ReportGrid(grid="g1", report=report),)
    assert "零报告" in outcome.replies[0].text
    assert "更正" not in outcome.replies[0].text


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"day": "2026-11-21"}, ["补报"]),
        ({"grid": "g2 东塘13网格"}, ["代报"]),
        ({"result": "some", "found": "2", "disputes": "漏水"}, ["纠纷 2 起"]),
    ],
)
async def test_what_is_special_is_said(
    make_turn: MakeTurn, tools: Toolset, slots: dict[str, str], words: list[str]
) -> None:
    tools.roll.before = DayReport(day=TODAY, screened=1, found=0)
    outcome = await zero_report.finish(make_turn("affirm", "确认"), tools, filled(**slots))

    [effect] = outcome.effects
    assert isinstance(effect, ReportGrid)
    assert all(word in outcome.replies[0].text for word in (*words, "更正"))
    assert bool(effect.report.disputes) == bool(effect.report.found)


async def test_what_is_too_old_or_not_ones_own_is_not_kept(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    old = await zero_report.finish(make_turn("affirm", "确认"), tools, filled(day="2026-10-01"))
    tools.roll.grids = (replace(OWN, id="g9"),)
    gone = await zero_report.finish(make_turn("affirm", "确认"), tools, filled())

    assert (old.effects, gone.effects) == ((), ())
    assert "一个月" in old.replies[0].text


@pytest.mark.parametrize(
    ("state", "effects", "said"),
    [
        (CodeState.FITS, (BindGrid(code="7QK2M9XD"),), "绑好了"),
        (CodeState.WRONG, (CountFailedLookup(reference="grid"),), "用不了"),
        (CodeState.LOCKED, (), "歇半小时"),
    ],
)
async def test_a_code_binds_is_wrong_or_shut_out(
    make_turn: MakeTurn, tools: Toolset, state: CodeState, effects: tuple[object, ...], said: str
) -> None:
    tools.roll.grids, tools.roll.state = (), state
    turn = make_turn("zero_report", "我的绑定码 7QK2M9XD", entities=(CODE,))
    outcome = await zero_report.report(turn, tools)

    assert outcome.effects == effects
    assert said in outcome.replies[0].text
