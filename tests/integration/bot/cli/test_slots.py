"""`python -m bot slots …`: times put up from a table or one by one, listed, closed."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.speech import FAILED, USAGE, words
from core.clock import SUZHOU, utc_now
from tests.integration.bot.cli.typed import complaint, run
from timekeeping.periods import add_workdays, day_of
from timekeeping.workdays import is_workday

SOON = add_workdays(day_of(utc_now()), 3)
REST = next(d for n in range(1, 15) if not is_workday(d := SOON + timedelta(days=n)))
ROW = {
    "种类": "派出所驻点律师",
    "区域": "姑苏区",
    "地方": "某派出所二楼",
    "日期": SOON.isoformat(),
    "开始": "9:30",
    "结束": "10:00",
    "名额": "2",
}


def table(folder: Path, *rows: dict[str, str]) -> str:
    lines = [",".join(ROW), *(",".join(row.values()) for row in rows)]
    path = folder / "slots.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def put_up(*more: str, day: str = f"{SOON}T14:00") -> list[str]:
    with_ = [part for pair in more for part in ("--with", pair)]
    return ["slots", "add", "counselling", "320508", "某咨询室", day, *with_]


def test_a_table_is_added_once(home: Path) -> None:
    file = table(home, ROW, {**ROW, "开始": "10:30", "结束": "11:00"})

    assert run("slots", "import", "--dry-run", file).stdout.strip() == words(
        "slots_checked", count=2
    )
    assert words("slots_added", count=2, added=2) in run("slots", "import", file).stdout
    assert words("slots_added", count=2, added=0) in run("slots", "import", file).stdout
    listed = run("slots", "list").stdout.splitlines()
    assert len(listed) == 2
    assert "派出所驻点律师  某派出所二楼  约了 0/2" in listed[0]


def test_a_faulty_row_takes_nothing_unless_the_others_are_wanted(home: Path) -> None:
    file = table(home, ROW, {**ROW, "开始": "25:00"})

    refused = run("slots", "import", file)
    assert refused.exit_code == FAILED
    assert "第 3 行  开始" in refused.stdout
    assert run("slots", "list").stdout.strip() == words("slots_empty")
    assert run("slots", "import", "--partial", file).exit_code == 0
    assert len(run("slots", "list").stdout.splitlines()) == 1


def test_one_time_is_put_up_and_closed(home: Path) -> None:
    assert run(*put_up("bring=身份证")).exit_code == 0
    [line] = run("slots", "list", "--service", "心理疏导").stdout.splitlines()
    assert run("slots", "list", "--service", "lawyer_police").stdout.strip() == words(
        "slots_empty"
    )
    slot = line.split()[0]

    assert run("slots", "close", slot, "--reason", " ").exit_code == USAGE
    assert words("slots_closed", count=0) in run("slots", "close", slot, "--reason", "停电").stdout
    again = run("slots", "close", slot, "--reason", "停电")
    assert (again.exit_code, complaint(again)) == (FAILED, words("slots_no_such"))
    assert words("slots_mark_closed") in run("slots", "list").stdout


def test_staff_book_for_somebody_who_rang(home: Path) -> None:
    run(*put_up("lawyer=陈律师"))
    [line] = run("slots", "list").stdout.splitlines()
    slot = line.split()[0]
    assert "某咨询室 陈律师" in line

    wrong = run("slots", "book", slot, "--text", "睡不着", "--with", "age=70")
    assert (wrong.exit_code, complaint(wrong)) == (USAGE, words("slots_book_with"))
    booked = run("slots", "book", slot, "--text", "睡不着", "--with", "phone=13812345678")
    assert booked.exit_code == 0
    [reference] = re.findall(r"YY\w{19}", booked.stdout)
    shown = run("case", "show", reference).stdout
    assert "睡不着" in shown
    assert "13812345678" not in shown
    full = run("slots", "book", slot, "--text", "睡不着")
    assert (full.exit_code, complaint(full)) == (FAILED, words("slots_no_such"))


def test_a_lawyer_who_saw_the_other_side_is_shown_until_staff_have_looked(home: Path) -> None:
    more = ["--with", "lawyer=陈律师", "--with", "capacity=2"]
    run("slots", "add", "lawyer_police", "320508", "某派出所", f"{SOON}T14:00", *more)
    slot = run("slots", "list").stdout.split()[0]
    references = [
        re.findall(r"YY\w{19}", run(*booking(slot, who=who, other=other)).stdout)[0]
        for who, other in (("李建国", "王小明"), ("王小明", "房东李建国"))
    ]

    [listed] = run("case", "list", "--only", "conflict").stdout.splitlines()
    assert references[1] in listed
    assert (
        words("case_counsel_doubted", others=references[0])
        in run("case", "show", references[1]).stdout
    )
    empty = run("case", "clear", references[1], "陈律师", "--text", " ")
    assert empty.exit_code == FAILED
    cleared = run("case", "clear", references[1], "陈律师", "--text", "同名不同人")
    assert cleared.exit_code == 0
    assert run("case", "list", "--only", "conflict").stdout.strip() == words("case_empty")
    assert run("case", "verify").exit_code == 0


def booking(slot: str, **told: str) -> list[str]:
    with_ = [part for pair in told.items() for part in ("--with", "=".join(pair))]
    return ["slots", "book", slot, "--text", "押金", *with_]


def test_a_rest_day_is_opened_only_expressly(home: Path) -> None:
    refused = run(*put_up(day=f"{REST}T14:00"))
    assert (refused.exit_code, complaint(refused)) == (FAILED, words("slots_rest_day"))

    assert run(*put_up("rest_day=yes", day=f"{REST}T14:00")).exit_code == 0


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["capacity=0"], "slots_capacity"),
        (["minutes=-5"], "slots_order"),
        (["minutes=900"], "slots_order"),
    ],
)
def test_what_makes_no_sense_is_refused(home: Path, more: list[str], why: str) -> None:
    refused = run(*put_up(*more))

    assert (refused.exit_code, complaint(refused)) == (FAILED, words(why))


def test_what_is_over_or_unknown_is_refused(home: Path) -> None:
    yesterday = (utc_now().astimezone(SUZHOU) - timedelta(days=1)).date()
    past = run(*put_up(day=f"{yesterday}T14:00"))
    assert complaint(past) == words("slots_past")
    nowhere = run("slots", "add", "notary", "320508", "某处", f"{SOON}T14:00")
    assert nowhere.exit_code == USAGE
    assert run(*put_up("colour=blue")).exit_code == USAGE
    assert run(*put_up("capacity=many")).exit_code == USAGE


def test_the_empty_table_can_be_filled_in(home: Path) -> None:
    path = home / "empty.xlsx"

    assert run("slots", "template", str(path)).exit_code == 0
    assert path.read_bytes()[:2] == b"PK"
