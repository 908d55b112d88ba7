"""The whole way as a timeline."""

from __future__ import annotations

from actions.pathways.drawing import drawn
from actions.pathways.loading import pathways
from actions.pathways.walk import follow
from tests.unit.actions.pathways.ways import TODAY, places


def test_what_is_behind_is_done_and_the_rest_is_ahead() -> None:
    given = {"employer": "unit", "iou": "no", "still_there": "no", "ended": "2026-08-01"}
    trail = follow(pathways()["wages"], {**given, "complain": "failed"}, TODAY)

    steps = drawn(trail, TODAY)

    assert [step.at for step in steps] == [f"第{n}步" for n in range(1, len(steps) + 1)]
    assert [(s.label, s.done) for s in steps][:2] == [
        ("投诉劳动监察", True),
        ("申请劳动仲裁", False),
    ]
    assert steps[1].text == "最晚2027年8月1日，费用：不收费"
    assert steps[-1].label == "申请强制执行"


def test_every_place_can_be_drawn() -> None:
    for name in pathways():
        for trail in places(name):
            steps = drawn(trail, TODAY)
            assert steps
            assert len({step.at for step in steps}) == len(steps)
