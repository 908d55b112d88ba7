"""`python -m bot case …`: listing, showing, moving, and finding what was tampered with."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.preparation import migrate
from bot.settings import Settings
from cases.clues import ClueDesk, Tip
from cases.opening import open_case
from cases.orders import Filing
from cases.persons import Party
from cases.references import Kind
from cases.service import apply
from core.clock import utc_now
from tests.integration.bot.cli.typed import complaint, run
from tests.integration.cases.filings import officer
from tests.pictures import photo

PHONE = "13812345678"


@pytest.fixture
def references(home: Path) -> tuple[str, str]:
    """Two petitions: one with an office since 70 days, one just received."""

    async def work() -> tuple[str, str]:
        db = open_store(Settings())
        await migrate(db)
        async with db.write() as session:
            old = await open_case(session, db.vault, filing(days=75))
            for days, command in ((74, "register"), (73, "transfer"), (70, "accept")):
                at = utc_now() - timedelta(days=days)
                await apply(session, db.vault, old.case, officer(command, at, f"{command}。"))
            new = await open_case(session, db.vault, filing(days=0))
        await db.close()
        return old.case.reference, new.case.reference

    return asyncio.run(work())


def filing(days: int) -> Filing:
    return Filing(
        kind=Kind.PETITION,
        sub_kind="claim",
        title="路灯坏了半年",
        district="320508",
        at=utc_now() - timedelta(days=days),
        words=f"路灯坏了，请打{PHONE}",
        persons=(Party(block={"phone": PHONE}),),
    )


def test_what_is_overdue_stands_at_the_head(references: tuple[str, str]) -> None:
    old, new = references
    listed, overdue = run("case", "list"), run("case", "list", "--only", "overdue", "--json")

    assert (listed.exit_code, listed.stderr) == (0, "")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [old, new]
    assert words("case_overdue") in listed.stdout.splitlines()[0]
    [row] = json.loads(overdue.stdout)
    assert (row["reference"], row["overdue"], row["state"]) == (old, True, "办理中")


def test_a_clue_is_handled_like_any_case(home: Path) -> None:
    tip = Tip(once="o" * 43, sub_kind="official", district="320508", text=f"收钱，他电话{PHONE}")

    async def work() -> str:
        db = open_store(Settings())
        await migrate(db)
        receipt = await ClueDesk(db, utc_now).drop(tip)
        await db.close()
        return receipt

    receipt = asyncio.run(work())
    [row] = json.loads(run("case", "list", "--kind", "XS", "--json").stdout)
    reference = row["reference"]
    shown = run("case", "show", reference)
    screened = run("case", "move", reference, "screen", "--text", "在看。")
    refused = run("case", "assign", reference, "被举报的单位")
    sent = run("case", "move", reference, "to_discipline", "--text", "已转。")

    assert row["title"] == "公职人员违纪违法"
    assert "收钱" in shown.stdout
    assert PHONE not in shown.stdout
    assert receipt not in shown.stdout
    assert [done.exit_code for done in (screened, refused, sent)] == [0, FAILED, 0]
    assert "纪检监察机关" in run("case", "list", "--kind", "XS").stdout


def test_an_empty_list_says_so_and_a_wrong_word_is_refused(references: tuple[str, str]) -> None:
    assert run("case", "list", "--kind", "YH").stdout.strip() == words("case_empty")
    refused = run("case", "list", "--only", "late")
    assert (refused.exit_code, complaint(refused)) == (USAGE, words("case_only"))


def test_a_sheet_shows_everything_but_peoples_numbers(references: tuple[str, str]) -> None:
    told, as_json = (
        run("case", "show", references[0]),
        run("case", "show", references[0], "--json"),
    )

    assert (told.exit_code, told.stderr) == (0, "")
    assert PHONE not in told.stdout + as_json.stdout
    assert "138****5678" in told.stdout
    sheet = json.loads(as_json.stdout)
    assert sheet["reference"] == references[0]
    assert [entry["command"] for entry in sheet["entries"]][:2] == ["submit", "register"]
    assert "reply" in sheet["possible"]


def test_a_case_is_moved_assigned_extended_and_supervised(references: tuple[str, str]) -> None:
    old, new = references
    steps = (
        ("case", "move", new, "register", "--text", "已登记。", "--as", "王"),
        ("case", "assign", new, "姑苏区住建部门", "--text", "已转送。"),
        ("case", "move", new, "accept"),
        ("case", "assign", new, "姑苏区城管部门"),
        ("case", "extend", new, "--days", "30", "--approver", "局长", "--text", "情况复杂"),
        ("case", "supervise", old, "--reason", "overdue"),
    )
    for step in steps:
        done = run(*step)
        assert (done.exit_code, done.stderr) == (0, ""), step

    sheet = json.loads(run("case", "show", new, "--json").stdout)
    assert (sheet["state"], sheet["agency"]) == ("办理中", "姑苏区城管部门")
    assert [e["command"] for e in sheet["entries"]] == [
        "submit", "register", "transfer", "accept", "reassign", "extend",
    ]  # fmt: skip
    assert sheet["entries"][1]["author"] == "staff:王"
    assert "经批准延长 30 日" in sheet["deadlines"][0]["computed"]
    supervised = json.loads(run("case", "show", old, "--json").stdout)
    assert supervised["supervision"] == "supervised"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("move", "{new}", "reply"), FAILED),
        (("move", "{new}", "register", "--with", "days=soon"), USAGE),
        (("move", "{new}", "register", "--with", "colour=red"), USAGE),
        (("move", "XF3205082610120001236", "register"), FAILED),
        (("assign", "{new}", " "), USAGE),
        (("extend", "{old}", "--days", "31", "--approver", "局长", "--text", "难"), FAILED),
        (("supervise", "{new}", "--reason", "overdue"), FAILED),
        (("supervise", "{old}", "--reason", "because"), FAILED),
        (("verify", "--against", "nowhere.json"), USAGE),
    ],
)
def test_what_is_refused_says_why_in_one_line(
    references: tuple[str, str], arguments: tuple[str, ...], code: int
) -> None:
    old, new = references
    refused = run("case", *(a.format(old=old, new=new) for a in arguments))

    assert refused.exit_code == code
    assert complaint(refused)


def test_whole_records_are_said_to_be_whole(references: tuple[str, str]) -> None:
    checked = run("case", "verify")

    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.strip() == words("case_verified", count=2, broken=0)


def test_a_record_cut_short_shows_against_what_was_noted(
    references: tuple[str, str], tmp_path: Path
) -> None:
    noted = tmp_path / "heads.json"
    noted.write_text(run("case", "verify", "--json").stdout, encoding="utf-8")
    assert run("case", "verify", "--against", str(noted)).exit_code == 0
    forget(references[1])

    assert run("case", "verify").exit_code == 0
    found = run("case", "verify", "--against", str(noted))
    assert found.exit_code == FAILED
    assert words("case_gone", reference=references[1]) in found.stdout


def test_a_changed_record_is_named_and_fails(references: tuple[str, str]) -> None:
    tamper("UPDATE case_events SET agency = 'x' WHERE command = 'accept'")

    told, as_json = run("case", "verify"), run("case", "verify", references[0], "--json")
    assert (told.exit_code, as_json.exit_code) == (FAILED, FAILED)
    assert words("case_broken", reference=references[0], at=4) in told.stdout
    [finding] = json.loads(as_json.stdout)
    assert (finding["whole"], finding["at"]) == (False, 4)


def test_a_photo_is_added_and_shown(references: tuple[str, str], tmp_path: Path) -> None:
    stairs = tmp_path / "楼道.png"
    stairs.write_bytes(photo())
    done = run("case", "attach", references[0], str(stairs), "--stage", "after")

    assert (done.exit_code, done.stderr) == (0, "")
    [file] = json.loads(run("case", "show", references[0], "--json").stdout)["files"]
    assert (file["name"], file["mime"], file["stage"]) == ("楼道.jpg", "image/jpeg", "after")
    assert run("case", "sweep").stdout.strip() == words("case_swept", count=0)
    assert run("case", "verify").exit_code == 0


def test_a_photo_is_written_to_a_file_of_ones_own(
    references: tuple[str, str], tmp_path: Path
) -> None:
    stairs, out = tmp_path / "楼道.png", tmp_path / "out.jpg"
    stairs.write_bytes(photo())
    run("case", "attach", references[0], str(stairs))
    [file] = json.loads(run("case", "show", references[0], "--json").stdout)["files"]

    done = run("case", "fetch", references[0], file["id"], str(out))
    assert (done.exit_code, done.stderr) == (0, "")
    content = out.read_bytes()
    assert content.startswith(b"\xff\xd8\xff")
    assert out.stat().st_mode & 0o777 == 0o600
    told = words("case_fetched", name="楼道.jpg", path=out, size=len(content))
    assert done.stdout.strip() == told
    assert run("case", "fetch", references[0], file["id"], str(out)).exit_code == FAILED
    assert run("case", "fetch", references[1], file["id"], str(tmp_path / "x")).exit_code == FAILED
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "case_file_empty"),
        (b"<html>", "case_file_type"),
        (photo()[:300], "case_file_broken"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(
    references: tuple[str, str], tmp_path: Path, content: bytes, key: str
) -> None:
    page = tmp_path / "page.jpg"
    page.write_bytes(content)

    refused = run("case", "attach", references[0], str(page))
    assert (refused.exit_code, complaint(refused)) == (FAILED, words(key))
    wrong = run("case", "attach", references[0], str(page), "--stage", "later")
    assert (wrong.exit_code, complaint(wrong)) == (USAGE, words("case_stage"))


def test_heads_that_are_no_heads_are_refused(references: tuple[str, str], tmp_path: Path) -> None:
    wrong = tmp_path / "heads.json"
    wrong.write_text('{"a": 1}', encoding="utf-8")

    refused = run("case", "verify", "--against", str(wrong))
    assert (refused.exit_code, complaint(refused)) == (
        USAGE,
        words("case_heads_unread", path=wrong),
    )


def tamper(*statements: str) -> None:
    async def work() -> None:
        db = open_store(Settings())
        async with db.write() as session:
            for statement in statements:
                await session.execute(text(statement))
        await db.close()

    asyncio.run(work())


def forget(reference: str) -> None:
    """As someone with the database in hand would, leaving no trace."""
    case = f"(SELECT id FROM cases WHERE reference = '{reference}')"
    tamper(
        f"DELETE FROM case_clocks WHERE case_id = {case}",
        f"DELETE FROM case_events WHERE case_id = {case}",
        f"DELETE FROM case_persons WHERE case_id = {case}",
        f"DELETE FROM cases WHERE reference = '{reference}'",
    )
