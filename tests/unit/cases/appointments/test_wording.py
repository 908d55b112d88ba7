"""Times and services as people read them, in each language alike."""

from __future__ import annotations

import string
from datetime import UTC, datetime

from cases.appointments.models import AppointmentSlot
from cases.appointments.wording import _read, clock_time, service_name, told, when, words

SLOT = AppointmentSlot(
    id="s",
    service="leader_day",
    area="320500",
    place="某处",
    starts_at=datetime(2026, 11, 30, 1, 5, tzinfo=UTC),
    ends_at=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
    capacity=3,
    taken=1,
    bring="身份证",
    demo=False,
    closed_at=None,
)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_a_time_is_told_in_suzhous_hours() -> None:
    assert when(SLOT) == "11月30日 周一 9:05–17:00"
    assert when(SLOT, "en") == "Mon 30 November 9:05–17:00"
    assert clock_time(SLOT.ends_at) == "17:00"


def test_a_slot_as_citizens_see_it() -> None:
    shown = told(SLOT)

    assert (shown.left, shown.service_name, shown.bring) == (2, "领导接访日", "身份证")
    assert service_name("leader_day", "en") == "officials' reception day"


def test_a_closed_one_has_no_place() -> None:
    closed = AppointmentSlot(
        **{c.name: getattr(SLOT, c.name) for c in AppointmentSlot.__table__.columns}
        | {"closed_at": SLOT.starts_at, "closed_reason": ""}
    )

    assert told(closed).left == 0


def test_both_languages_say_the_same_things() -> None:
    chinese, english = _read()["zh"], _read()["en"]

    assert chinese.keys() == english.keys()
    dated = {"month", "month_name"}
    for key in chinese.keys() - {"weekdays"}:
        assert fields(chinese[key]) - dated == fields(english[key]) - dated, key
    assert len(english["weekdays"]) == 7
    assert words("en", "bring", bring="x") == "Bring: x. "
